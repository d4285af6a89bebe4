"""What came of a plan, and the paper that was issued."""

from reports.models.issued import IssuedDocument, IssuedFile
from reports.models.jobs import Export, IncomingFile
from reports.models.register import NumberSeriesOfYear, RegisterEntry
from reports.models.result import ResultReport, ResultRow
from reports.models.review import ReportEvent, ReportVersion, ResultComment
from reports.models.signed import (
    Publication,
    SignatureImage,
    SignedFile,
    TrustedCertificate,
)

__all__ = [
    "Export",
    "IncomingFile",
    "IssuedDocument",
    "IssuedFile",
    "NumberSeriesOfYear",
    "Publication",
    "RegisterEntry",
    "ReportEvent",
    "ReportVersion",
    "ResultComment",
    "ResultReport",
    "ResultRow",
    "SignatureImage",
    "SignedFile",
    "TrustedCertificate",
]
