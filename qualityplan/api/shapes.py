"""What an answer looks like: names and units for the OpenAPI description."""

from datetime import date, datetime

from django.urls import reverse
from ninja import Field, Schema

from reports.signing_state import SigningState


class SchoolOut(Schema):
    id: int
    name: str
    education_levels: list[str] = Field(alias="level_codes")
    school_type: str
    address: str
    is_active: bool


class SchoolYearOut(Schema):
    first_year: int
    name: str


class PlanOut(Schema):
    """`status` is the state's code, `status_label` its word on the pages."""

    id: int
    school_id: int
    school: str = Field(alias="school.name")
    school_year: str = Field(alias="school_year.name")
    circular: str = Field(alias="circular.number")
    status: str
    status_label: str = Field(alias="get_status_display")
    number: int | None
    symbol: str
    issued_on: date | None
    row_count: int
    updated_at: datetime


class ResultOut(Schema):
    id: int
    school_id: int
    school: str = Field(alias="school.name")
    school_year: str = Field(alias="school_year.name")
    period: str
    status: str
    status_label: str = Field(alias="get_status_display")
    number: int | None
    issued_on: date | None
    plan_id: int | None
    updated_at: datetime


class InspectionOut(Schema):
    id: int
    school_id: int
    school: str = Field(alias="school.name")
    school_year: str = Field(alias="school_year.name")
    status: str
    status_label: str = Field(alias="get_status_display")
    planned_on: date | None
    starts_at: datetime | None
    ends_at: datetime | None
    plan_id: int | None


class FileOut(Schema):
    """A file as it was issued; its bytes are at `url`."""

    format: str
    sha256: str
    url: str

    @staticmethod
    def resolve_url(file):
        return reverse("api:document-file", args=[file.document_id, file.format])


class SignedFileOut(Schema):
    """A copy with digital signatures, or the scan of the paper signed by hand (`way` is
    "scan"). `signed_by` is the last who signed: "person", then "organisation"."""

    format: str
    signed_by: str
    way: str
    sha256: str
    created_at: datetime
    url: str

    @staticmethod
    def resolve_url(file):
        args = [file.document_id, file.signed_by, file.format]
        return reverse("api:document-signed-file", args=args)


class DocumentOut(Schema):
    """An issued document; `code` is what /tra-cuu/ takes. `is_signed` says that nobody
    has to sign any more, by key or on paper; `signature_label` is the state's word on the
    pages."""

    id: int
    number_and_symbol: str
    issued_on: date
    subject: str
    code: str | None
    plan_id: int | None
    report_id: int | None
    inspection_id: int | None
    is_signed: bool
    is_withdrawn: bool
    signature_label: str
    files: list[FileOut]
    signed_files: list[SignedFileOut]

    @staticmethod
    def resolve_is_signed(document):
        return SigningState(document).is_done

    @staticmethod
    def resolve_is_withdrawn(document):
        return SigningState(document).is_withdrawn

    @staticmethod
    def resolve_signature_label(document):
        return SigningState(document).words

    @staticmethod
    def resolve_files(document):
        return list(document.files.all())

    @staticmethod
    def resolve_signed_files(document):
        return SigningState(document).files
