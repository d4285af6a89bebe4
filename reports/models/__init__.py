"""What came of a plan, and the paper that was issued."""

from reports.models.issued import IssuedDocument, IssuedFile
from reports.models.result import ResultReport, ResultRow

__all__ = ["IssuedDocument", "IssuedFile", "ResultReport", "ResultRow"]
