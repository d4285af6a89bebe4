"""How a file leaves the house: as an attachment, under a name every browser reads."""

import unicodedata
from urllib.parse import quote


def ascii_name(name):
    """`name` for programs that know no accents."""
    folded = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in folded if 31 < ord(char) < 127)


def attachment(name):
    """The Content-Disposition header: the ASCII name for old programs, the full one
    (RFC 6266) for the others."""
    plain = ascii_name(name).replace("\\", "_").replace('"', "_").strip()
    if not plain.partition(".")[0].strip():
        plain = f"tep{plain}"  # a name of Chinese letters leaves nothing but ".pdf"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
