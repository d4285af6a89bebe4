"""The papers of the demonstration: issued through the doors that the pages call, so that
they are drawn, numbered and frozen; then their traces get the days of the story."""

from datetime import date

from plans import workflow
from plans.yearfile.loading import LOADED
from reports import register
from reports import workflow as report_workflow
from reports.demo.clock import at, has_come
from reports.enums import EntryState, Period, ReportForm
from reports.issuing import issue_plan, issue_report
from reports.models import Publication, ResultReport
from reports.publishing import publish
from reports.resulting import create_report, save_header, save_row
from schools.models import User


def put_into_force(plan, told, head):
    """Submit, approve and issue `plan` on the days of `told`."""
    days = {name: date.fromisoformat(told[f"{name}_on"]) for name in _DAYS}
    officer = User.objects.get(email=told["approved_by"])
    plan = workflow.perform(workflow.SUBMIT, plan, by=head)
    plan = workflow.perform(workflow.APPROVE, plan, by=officer)
    document = issue_plan(
        plan,
        by=head,
        number=told["number"],
        issued_on=days["issued"],
        symbol=plan.school.symbol,
        place=plan.school.place,
        signature={"capacity": "HIỆU TRƯỞNG", "name": head.full_name},
    )
    for name, deed in _DAYS.items():
        date_events(plan, deed, days[name])
    if "published_on" in told:
        _publish(document, date.fromisoformat(told["published_on"]), head)


_DAYS = {
    "begun": LOADED,
    "submitted": workflow.SUBMIT.key,
    "approved": workflow.APPROVE.key,
    "issued": workflow.ISSUE.key,
}


def report_on(plan, told, head):
    """Prefilled from the year, completed, issued; `told` has no number where the school
    takes the next one of its register."""
    report = create_report(
        plan, period=Period.YEAR, form=ReportForm.STAND_ALONE, by=head
    )
    rows = {row.position: row for row in report.rows.all()}
    for cells in told["rows"]:
        row = rows[cells["row"]]
        texts = {name: text for name, text in cells.items() if name != "row"}
        save_row(report, row, by=head, is_late=row.is_late, **texts)
    save_header(report, by=head, **told["header"])
    day = date.fromisoformat(told["issued_on"])
    issue_report(
        ResultReport.objects.get(pk=report.pk),
        by=head,
        number=told.get("number"),
        issued_on=day,
        symbol=plan.school.symbol,
        place=told["place"],
        signature={"capacity": "HIỆU TRƯỞNG", "name": head.full_name},
    )
    date_events(report, report_workflow.ISSUE.key, day)
    date_events(plan, workflow.REPORT.key, day)


def enter_lines(school, lines, head):
    """Lines of the register about papers that were not written here. One without a
    number keeps the next one for a paper to come."""
    for line in lines:
        facts = dict(line)
        dated, number = date.fromisoformat(facts.pop("dated")), facts.pop("number")
        if has_come(dated):
            register.enter(
                school,
                dated=dated,
                number=number,
                is_paper=number is not None,
                state=EntryState.USED if number else EntryState.RESERVED,
                symbol=school.symbol,
                signer=head.full_name if number else "",
                created_by=head,
                **facts,
            )


def date_events(owner, deed, day):
    """The trace of a deed bears the time of the loading; in the story it was `day`."""
    owner.events.filter(deed=deed).update(at=at(day))


def _publish(document, day, head):
    if has_come(day):
        shown = publish(document, by=head)
        Publication.objects.filter(pk=shown.pk).update(published_at=at(day))
