"""Plans that are carried out: evidence, and what was recorded of their rows."""

import datetime

from plans import evidencing
from plans.models import ProgressEntry
from tests.factories.plans import criteria_of, make_plan
from tests.factories.uploads import pdf, upload


def carried_out(first_year=2024, *, school, rows=2, **fields):
    """An issued plan."""
    issued = {"status": "issued", "number": 5, "issued_on": f"{first_year}-10-01"}
    return make_plan(first_year, school=school, rows=rows, **issued | fields)


def make_evidence(plan, *, by, criterion=None, name="Sổ mượn sách", **told):
    """A piece of evidence of the plan's school and year: a shelf, unless told else."""
    if not ({"file", "link"} & set(told)):
        told.setdefault("location", "Tủ hồ sơ số 2")
    criterion = criterion or criteria_of(plan)[0]
    return evidencing.add_evidence(
        plan.school, plan.school_year, criterion, by=by, name=name, **told
    )


def record_delay(row, *, by, day):
    """That `row` was late on `day`, an ISO date, for want of money."""
    return ProgressEntry.objects.create(
        row=row,
        status="in_progress",
        is_late=True,
        reason="Chưa có kinh phí.",
        recorded_on=datetime.date.fromisoformat(day),
        created_by=by,
    )


def pdf_upload(text="Sổ mượn sách", name="So muon sach.pdf"):
    return upload(name, pdf(text))
