"""The bytes of issued documents: drawn once, stored for good, handed out as stored."""

import hashlib

from reports.models import IssuedDocument, IssuedFile
from reports.official.pdf import write_pdf
from reports.official.word import write_docx

WRITERS = {"docx": write_docx, "pdf": write_pdf}
_ANNEX = "Phụ lục"  # it goes under the number of the text it is annexed to


def drawn(paper):
    """`paper` in every format that is kept. Takes seconds: not inside a transaction, for
    SQLite lets nobody else write meanwhile."""
    return {name: write(paper) for name, write in WRITERS.items()}


def file_document(paper, files, *, issued_on, snapshot, by, **owner):
    """Store `files`, what `drawn` gave, as a document of `owner` (plan= or report=)."""
    document = IssuedDocument.objects.create(
        number_and_symbol=paper.letterhead.number if paper.letterhead else _ANNEX,
        issued_on=issued_on,
        subject=paper.subject,
        snapshot=snapshot,
        created_by=by,
        **owner,
    )
    IssuedFile.objects.bulk_create(
        IssuedFile(
            document=document,
            format=name,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
        )
        for name, content in files.items()
    )
    return document


def current_file(owner, file_format):
    """The stored file of the newest issue of `owner`, a plan or a report; None while its
    texts may change, and for what was issued elsewhere."""
    if owner.is_open:
        return None
    files = IssuedFile.objects.filter(
        document__in=owner.issued_documents.all(), format=file_format
    )
    return files.order_by("-document__pk").first()
