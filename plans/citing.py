"""How a plan is cited on paper."""

from plans.enums import DocumentType
from qualityplan.days import day_text


def citation(plan):
    """ "Kế hoạch số 05/KH-NSH ngày 05 tháng 10 năm 2024": the issue that is in force."""
    kind = DocumentType(plan.document_type)
    symbol = f"{kind}-{plan.symbol}" if plan.symbol else kind
    return f"{kind.label} số {plan.number:02d}/{symbol} {day_text(plan.issued_on)}"
