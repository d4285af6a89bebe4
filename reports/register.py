"""The school's register of numbers: which are taken, and from when on a document may be
dated."""

from plans.models import ImprovementPlan
from reports.models import IssuedDocument, ResultReport


def number_holder(document, number, year):
    """Whose `number` of the calendar `year` it is already, in words; empty where it is
    free. Numbers run on for each type of document (N02, N03); one that was issued keeps
    its number, also when an adjustment took its place."""
    same = {
        "school": document.school_id,
        "number": number,
        "document_type": document.document_type,
        "issued_on__year": year,
    }
    plan = ImprovementPlan.objects.filter(**same).exclude(pk=_pk(document, "plan"))
    if found := plan.select_related("school_year").first():
        return f"kế hoạch năm học {found.school_year}"
    report = ResultReport.objects.filter(**same).exclude(pk=_pk(document, "report"))
    if found := report.select_related("school_year").first():
        return f"báo cáo kết quả {found.period_name}"
    if _is_own(document, number, year):
        return "chính văn bản này ở lần ban hành trước"
    filed = IssuedDocument.objects.of_school(document.school_id).filter(
        number_and_symbol__startswith=f"Số: {number:02d}/{document.document_type}-",
        issued_on__year=year,
    )
    found = filed.first()
    return f"văn bản “{found.subject}” đã ban hành" if found else ""


def _pk(document, kind):
    is_report = isinstance(document, ResultReport)
    return document.pk if is_report == (kind == "report") else None


def _is_own(document, number, year):
    issued_on = document.issued_on
    return (
        document.number == number and issued_on is not None and issued_on.year == year
    )


def earlier_issue(document):
    """The day of the document that this one is about or takes the place of."""
    if isinstance(document, ResultReport):
        return document.plan.issued_on if document.plan else None
    return document.issued_on
