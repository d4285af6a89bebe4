"""Digital signatures: making them, and saying in plain words what one is worth.

No models and no views: bytes, keys and trusted certificates come in, bytes and verdicts
go out.

- `keys`: a key to sign with, from a PKCS#12 file; `tokens`: from the server's token;
- `trust`: the certificates the administrator trusts;
- `verdict`: what a verification says, with one Vietnamese sentence for each problem;
- `pdf_sign` and `pdf_verify`: PAdES; `pdf_place`: where on the page;
- `word_signing` and `word_verifying`: the package signature of a DOCX.
"""
