"""A recommendation becomes a row of the school's plan."""

from inspections.editing import InspectionError
from plans.drafting import save_line
from plans.editing import editing
from plans.models import ActionRow, ImprovementPlan
from plans.tables import ROWS
from schools.permissions import Ability


def open_plans(school):
    """The plans of `school` that rows may still be added to, the newest first."""
    plans = ImprovementPlan.objects.filter(school=school).open()
    return plans.select_related("school_year", "circular").order_by(
        "-school_year__first_year"
    )


def take(recommendation, plan, *, by, criterion=None):
    """The new row of `plan`: its text, owner and day from the recommendation, all else
    for the school to write. Raises what the guard of the plan raises, InspectionError
    when the plan holds the text already."""
    with editing(plan, by=by, ability=Ability.WRITE_ROWS) as locked:
        text = recommendation.text
        main = "goal" if locked.layout.needs_criterion else "content"
        if locked.rows.filter(**{main: text}).exists():
            raise InspectionError(
                f"Kiến nghị này đã có trong kế hoạch năm học {locked.school_year}."
            )
        row = ActionRow(
            plan=locked,
            criterion=criterion,
            standard=criterion.standard if criterion else None,
            criterion_title=criterion.title if criterion else "",
            responsible=recommendation.owner,
            schedule=f"Trước {recommendation.due_on:%d/%m/%Y}",
        )
        setattr(row, main, text)
        return save_line(ROWS, locked, row, by=by)
