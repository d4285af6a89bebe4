"""The bytes of issued documents: drawn once, stored for good, handed out as stored."""

import hashlib

from reports import register
from reports.models import IssuedDocument, IssuedFile
from reports.official.pdf import write_pdf
from reports.official.word import write_docx
from reports.publishing import most_signed
from reports.signing_turns import tell_next

WRITERS = {"docx": write_docx, "pdf": write_pdf}
_ANNEX = "Phụ lục"  # it goes under the number of the text it is annexed to


def drawn(paper):
    """`paper` in every format that is kept. Takes seconds: not inside a transaction, for
    SQLite lets nobody else write meanwhile."""
    return {name: write(paper) for name, write in WRITERS.items()}


def file_document(paper, files, *, given, snapshot, by, **owner):
    """Store `files`, what `drawn` gave, as a document of `owner` (plan=, report= or
    inspection=) and enter it in the register. `given` is the number it was given on paper,
    None for the next one, which the paper then carries already. Whose turn it is to sign
    is told so by mail.

    Raises `register.NumberError` where the number is not free."""
    (source,) = owner.values()
    entry = _registered(source, paper, given, by)
    document = IssuedDocument.objects.create(
        number_and_symbol=paper.letterhead.number if paper.letterhead else _ANNEX,
        issued_on=source.issued_on,
        subject=paper.subject,
        snapshot=snapshot,
        code=paper.check_mark.code if paper.check_mark else None,
        created_by=by,
        **owner,
    )
    if entry is not None:
        entry.document = document
        entry.save(update_fields=["document"])
    IssuedFile.objects.bulk_create(
        IssuedFile(
            document=document,
            format=name,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
        )
        for name, content in files.items()
    )
    tell_next(document, by=by)
    return document


def _registered(source, paper, given, by):
    """The line of the register, or None for an annex, which has no number of its own."""
    if source.number is None:
        return None
    facts = register.facts_of(source, subject=f"{paper.title} {paper.subject}")
    # As printed: a record has recipients of its own where nobody wrote any.
    facts["recipients"] = "\n".join(paper.recipients)
    return register.enter(
        register.body_of(source),
        document_type=source.document_type,
        dated=source.issued_on,
        number=given,
        expected=source.number,
        is_paper=given is not None,
        created_by=by,
        **facts,
    )


def current_file(owner, file_format):
    """The stored file of the newest issue of `owner`, a plan or a report, with the most
    signatures there are; None while its texts may change, and for what was issued
    elsewhere."""
    if owner.is_open:
        return None
    documents = owner.issued_documents.defer("snapshot").order_by("-pk")
    document = documents.first()
    return document and most_signed(document, file_format)
