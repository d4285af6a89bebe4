"""What anybody may learn about an issued document from its code: that it exists, and
whether the copy in hand is the one that was issued."""

import hashlib
from dataclasses import dataclass, replace

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from inspections.models import Inspection
from reports.enums import EntryState, SigningWay
from reports.models import IssuedDocument
from reports.official.check_mark import CheckMark, new_code, normalised

_CHUNK = 1 << 20


def marked(paper, source):
    """`paper` with a new check mark at its foot, where the office of `source` (a plan, a
    report or an inspection, with its date of issue) prints them."""
    office = _office(source)
    if office is None or not office.prints_check_mark:
        return paper
    code = new_code()
    path = reverse("reports:check", args=[code])
    return replace(paper, check_mark=CheckMark(code, f"{settings.SITE_URL}{path}"))


def _office(source):
    if isinstance(source, Inspection):
        return source.authority
    supervision = source.school.supervision_on(source.issued_on or timezone.localdate())
    return supervision.authority if supervision else None


@dataclass(frozen=True)
class Checked:
    """One issued document as its check page shows it; `copies` are (name, SHA-256) of each
    stored file, `signatures` say in words who signed, and how."""

    document: IssuedDocument
    issuer: str
    copies: tuple[tuple[str, str], ...]
    signatures: tuple[str, ...]
    is_withdrawn: bool

    def says_of(self, digest):
        """The name of the stored file that has `digest`; empty where none has."""
        return next((name for name, known in self.copies if known == digest), "")


_NAMES = {"pdf": "Bản PDF", "docx": "Bản Word"}


def checked(typed):
    """What `typed` leads to, or None: a code nobody was given, or no code at all."""
    code = normalised(typed)
    if not code:
        return None
    documents = IssuedDocument.objects.with_owner().defer("snapshot")
    document = documents.filter(code=code).first()
    if document is None:
        return None
    files = document.files.order_by("format").values_list("format", "sha256")
    signed = document.signed_files.defer("content").order_by("pk")
    copies = [(f"{_NAMES[name]} đã ban hành", digest) for name, digest in files]
    copies += [(signed_name(file), file.sha256) for file in signed]
    entry = getattr(document, "register_entry", None)
    return Checked(
        document,
        _issuer(document.owner),
        tuple(copies),
        tuple(_signature(file) for file in signed),
        entry is not None and entry.state == EntryState.WITHDRAWN,
    )


def _issuer(owner):
    if isinstance(owner, Inspection):
        return str(owner.authority or owner.issuer_line)
    return owner.school.name


def signed_name(file):
    """What a `SignedFile` is, in words."""
    if file.way == SigningWay.SCAN:
        return "Bản quét của văn bản ký tay"
    return (
        f"{_NAMES[file.format]} có chữ ký số của {file.get_signed_by_display().lower()}"
    )


def _signature(file):
    day = timezone.localtime(file.created_at)
    return f"{signed_name(file)}, nhận vào hệ thống ngày {day:%d/%m/%Y}"


def sha256_of(upload):
    """The checksum of an uploaded file, read piece by piece."""
    digest = hashlib.sha256()
    for chunk in upload.chunks(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
