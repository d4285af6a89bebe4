"""Công khai: which issued documents a school shows to everybody (57/2026 Điều 10.7)."""

from django.db import transaction

from inspections.models import Inspection
from reports.enums import EntryState, SignedBy, SigningWay
from reports.models import IssuedDocument, Publication
from schools.models import School
from schools.permissions import Ability, require


class PublishingError(Exception):
    """The document cannot be shown; the message says why and what to do."""


@transaction.atomic
def publish(document, *, by):
    """Show `document` on the public page of its school. Repeatable.

    Raises PermissionDenied, PublishingError for a record of inspection and for what was
    withdrawn."""
    document = IssuedDocument.objects.select_for_update().get(pk=document.pk)
    require(by, Ability.PUBLISH, document.owner.school)
    if isinstance(document.owner, Inspection):
        raise PublishingError(
            "Biên bản kiểm tra là văn bản của cơ quan quản lý, trường không tự công khai."
        )
    entry = getattr(document, "register_entry", None)
    if entry is not None and entry.state == EntryState.WITHDRAWN:
        raise PublishingError("Văn bản đã thu hồi nên không công khai được.")
    return Publication.objects.get_or_create(
        document=document, defaults={"published_by": by}
    )[0]


def unpublish(document, *, by):
    """Take `document` off the public page. Repeatable."""
    require(by, Ability.PUBLISH, document.owner.school)
    Publication.objects.filter(document=document).delete()


def public_school(pk):
    """The school whose public page has this number; None where there is none."""
    return School.objects.filter(pk=pk, is_active=True).first()


def public_documents(school):
    """The documents of `school` that everybody may read, the newest first."""
    documents = IssuedDocument.objects.of_school(school.pk).filter(
        publication__isnull=False
    )
    withdrawn = documents.filter(register_entry__state=EntryState.WITHDRAWN)
    shown = documents.exclude(pk__in=withdrawn.values("pk")).with_owner()
    return shown.select_related("publication")


def public_file(document):
    """The PDF that everybody reads."""
    return most_signed(document, "pdf")


def most_signed(document, file_format):
    """The copy with the most digital signatures; the issued one while there are none.
    A scan is no copy of the file."""
    signed = {
        file.signed_by: file
        for file in document.signed_files.filter(format=file_format).order_by("pk")
        if file.way != SigningWay.SCAN
    }
    return (
        signed.get(SignedBy.ORGANISATION)
        or signed.get(SignedBy.PERSON)
        or document.files.filter(format=file_format).first()
    )
