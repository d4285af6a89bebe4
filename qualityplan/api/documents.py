"""Issued documents, their signatures, and their bytes."""

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router
from ninja.errors import HttpError
from ninja.pagination import paginate

from qualityplan.api.paging import Pages
from qualityplan.api.shapes import DocumentOut
from qualityplan.downloads import attachment
from reports.checking import signed_name
from reports.filenames import issued_name
from reports.models import IssuedDocument, IssuedFile
from reports.signing_state import with_signatures
from reports.views.documents import CONTENT_TYPES
from reports.views.signing import copy_name

router = Router(tags=["documents"])
_BINARY = {"schema": {"type": "string", "format": "binary"}}
# What the description says of an answer that is a file.
_FILE = {
    "responses": {
        200: {
            "description": "The file",
            "content": {CONTENT_TYPES[name]: _BINARY for name in ("pdf", "docx")},
        }
    }
}


@router.get("documents", response=list[DocumentOut], url_name="documents")
@paginate(Pages)
def document_list(request):
    """Issued documents, the newest first, with how far each is signed and the checksum
    and address of every file."""
    documents = IssuedDocument.objects.for_user(request.user).defer("snapshot")
    files = IssuedFile.objects.defer("content").order_by("format")
    return with_signatures(documents).prefetch_related(Prefetch("files", files))


@router.get(
    "documents/{int:document_id}/{file_format}",
    url_name="document-file",
    openapi_extra=_FILE,
)
def document_file(request, document_id: int, file_format: str):
    """The bytes as they were issued, "pdf" or "docx". 500 where they no longer have their
    checksum."""
    document = _document(request, document_id)
    stored = get_object_or_404(document.files, format=file_format)
    return _handed_out(stored, issued_name(document, file_format))


@router.get(
    "documents/{int:document_id}/signed/{signed_by}/{file_format}",
    url_name="document-signed-file",
    openapi_extra=_FILE,
)
def document_signed_file(request, document_id: int, signed_by: str, file_format: str):
    """One of the `signed_files` of the document: a signed copy or the scan, as it was
    taken in. 500 where the bytes no longer have their checksum."""
    document = _document(request, document_id)
    stored = get_object_or_404(
        document.signed_files, signed_by=signed_by, format=file_format
    )
    name = copy_name(document, file_format, signed_name(stored))
    return _handed_out(stored, name)


def _document(request, pk):
    documents = IssuedDocument.objects.for_user(request.user).with_owner()
    return get_object_or_404(documents, pk=pk)


def _handed_out(stored, name):
    if not stored.is_intact:
        raise HttpError(500, "Tệp đang lưu không còn nguyên vẹn; hãy báo quản trị.")
    response = HttpResponse(
        bytes(stored.content), content_type=CONTENT_TYPES[stored.format]
    )
    response["Content-Disposition"] = attachment(name)
    return response
