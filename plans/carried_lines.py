"""The lines that a carry-over adds to the new plan, each in its place."""

from plans import changes
from plans.crossing import carried_texts, has_limitation
from plans.models import ActionRow, FocusIssue
from plans.tables import FOCUS_ISSUES, ROWS, sort_key


def add(plan, old_plan, offers, chosen, *, by):
    """Add the rows of `offers` to `plan`; those that came in the meantime are left out.
    `chosen` maps an old row to its criterion. Returns how many were added."""
    present = list(plan.rows.select_related("carried_from"))
    carried = {row.carried_from_id for row in present}
    rows = [offer.row for offer in offers if offer.row.pk not in carried]
    issues = _focus_issues(plan, rows, chosen, present)
    reviews = {row.source_review_id for row in present}
    levels = set(plan.school.level_codes)
    new = []
    for row in rows:
        line = _new_row(plan, old_plan, row, chosen[row.pk])
        line.focus_issue = issues.get(row.pk)
        if row.education_level_id in levels:
            line.education_level_id = row.education_level_id
        if row.source_review_id not in reviews:
            line.source_review_id = row.source_review_id
        new.append(line)
    _put(ROWS, plan, new)
    deed = f"Chuyển từ kế hoạch {old_plan.school_year}"
    for line in new:
        changes.record(ROWS, plan, None, line, by=by, deed=deed)
    return len(new)


def _new_row(plan, old_plan, row, criterion):
    is_same = criterion is not None and criterion.pk == row.criterion_id
    standard = criterion.standard if criterion else _standard_of(row, plan)
    title = row.criterion_title if is_same else (criterion.title if criterion else "")
    return ActionRow(
        plan=plan,
        carried_from=row,
        criterion=criterion,
        standard=standard,
        criterion_title=title,
        **carried_texts(row, old_plan.layout, plan.layout),
    )


def _standard_of(line, plan):
    """The standard of a line without a criterion, where the circular is the same."""
    is_same = line.standard and line.standard.circular_id == plan.circular_id
    return line.standard if is_same else None


def _focus_issues(plan, rows, chosen, present):
    """The focus issue of each new row by the old row's pk: the one of the old plan goes
    on, once; from the form of 2018 there is one where a limitation was written."""
    if not plan.layout.focus_issues:
        return {}
    by_old = {
        row.carried_from.focus_issue_id: row.focus_issue
        for row in present
        if row.carried_from and row.carried_from.focus_issue_id and row.focus_issue_id
    }
    by_review = {i.source_review_id: i for i in plan.focus_issues.all()}
    by_review.pop(None, None)
    found, new = {}, []
    for row in rows:
        review_id = _review_of(row)
        issue = by_old.get(row.focus_issue_id) or by_review.get(review_id)
        if issue is None:
            issue = _new_issue(plan, row, chosen[row.pk])
            if issue is None:
                continue
            new.append(issue)
        if row.focus_issue_id:
            by_old[row.focus_issue_id] = issue
        if review_id:
            by_review[review_id] = issue
        found[row.pk] = issue
    _put(FOCUS_ISSUES, plan, new)
    return found


def _review_of(row):
    if row.focus_issue:
        return row.focus_issue.source_review_id
    return row.source_review_id if has_limitation(row) else None


def _new_issue(plan, row, criterion):
    old = row.focus_issue
    if old is None and not has_limitation(row):
        return None
    review = row.source_review
    is_same = (
        old is not None
        and old.standard
        and (old.standard.circular_id == plan.circular_id)
    )
    issue = FocusIssue(
        plan=plan,
        criterion=old.criterion if is_same else criterion,
        standard=old.standard if is_same else (criterion and criterion.standard),
        source_review_id=_review_of(row),
        current_state=old.current_state if old else review.current_state,
        limitation=old.limitation if old else review.limitations,
        cause=old.cause if old else review.cause,
    )
    if row.education_level_id in plan.school.level_codes:
        issue.education_level_id = row.education_level_id
    return issue


def _put(table, plan, new):
    """Store the `new` lines where their group and criterion ask for; the lines there are
    keep their order."""
    ordered = list(table.lines(plan))
    keys = [sort_key(line, plan) for line in ordered]
    for line in new:
        key = sort_key(line, plan)
        place = sum(1 for other in keys if other <= key)
        ordered.insert(place, line)
        keys.insert(place, key)
    moved = []
    for position, line in enumerate(ordered, start=1):
        if line.pk is not None and line.position != position:
            moved.append(line)
        line.position = position
    table.model.objects.bulk_update(moved, ["position"])
    table.model.objects.bulk_create(new)
