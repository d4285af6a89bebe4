"""Storing what happened to a plan: after everything that its file's links may name."""

from plans.models import (
    ActionRow,
    CriterionReview,
    ImprovementPlan,
    PlanVersion,
    ProgressEntry,
)
from plans.sign_off import content_digest
from plans.tables import TABLES
from plans.yearfile.milestones import write_events
from plans.yearfile.remarks import line_key, write_comments
from plans.yearfile.year_dumping import LOADED


def write_year(plan, data, found, source):
    """Store `data.year` of `plan`, whose lines are those of the file; `found` are the
    `References` of the file. A link to what is not here is left out, with a note."""
    plan = ImprovementPlan.objects.get(pk=plan.pk)
    links = _Links(plan, source, data)
    rows = list(plan.rows.all())
    for row, told in zip(rows, data.year.rows, strict=True):
        row.source_review = links.review(told.review)
        row.carried_from = links.row(told.carried_from)
        _write_entries(row, told.entries)
    _refuse_doubles(rows, ("source_review_id", "carried_from_id"), data, source)
    issues = list(plan.focus_issues.all())
    for issue, told in zip(issues, data.year.focus_issues, strict=True):
        issue.source_review = links.review(told.review)
    _refuse_doubles(issues, ("source_review_id",), data, source)
    if source.report.faults:
        return
    ActionRow.objects.bulk_update(rows, ["source_review", "carried_from"])
    if issues:
        type(issues[0]).objects.bulk_update(issues, ["source_review"])
    ImprovementPlan.objects.filter(pk=plan.pk).update(status=data.year.status)
    keys = _keys_of(plan)
    _write_versions(plan, data.year.versions, found, links, keys)
    plan.events.exclude(deed=LOADED).delete()
    current = content_digest(ImprovementPlan.objects.get(pk=plan.pk))
    write_events(plan.events, data.year.events, current)
    if data.year.comments is not None:
        write_comments(plan, data.year.comments, keys)


def _refuse_doubles(lines, names, data, source):
    """What a line came from, no other line of the plan came from."""
    for name in names:
        seen = set()
        for line in lines:
            key = getattr(line, name)
            if key is not None and key in seen:
                source.report.fault(
                    data.at(f"{type(line).plan.field.remote_field.related_name}"),
                    f"hai dòng cùng ghi một nguồn ({name.removesuffix('_id')}).",
                )
            seen.add(key)


class _Links:
    """What the names in a year file stand for in the database of the same school."""

    def __init__(self, plan, source, data):
        self.plan, self.source, self.data = plan, source, data

    def review(self, name):
        if not name:
            return None
        year, code, *schooling = name.split("/")
        found = CriterionReview.objects.filter(
            assessment__school=self.plan.school_id,
            assessment__school_year__first_year=int(year[:4]),
            criterion__code=code,
            level_of_schooling=(schooling or [""])[0],
        ).first()
        return found or self._missing(f"đánh giá tiêu chí {name}")

    def row(self, name):
        if not name:
            return None
        year, place = name.split("/")
        rows = ActionRow.objects.filter(
            plan__school=self.plan.school_id,
            plan__school_year__first_year=int(year[:4]),
        )
        found = rows[int(place) - 1 : int(place)].first()
        return found or self._missing(f"dòng kế hoạch {name}")

    def _missing(self, what):
        self.source.report.notes.append(
            f"{self.data.at('rows')}: không có {what} nên bỏ liên kết tới đó."
        )


def _write_entries(row, entries):
    row.progress_entries.all().delete()
    for told in entries:
        entry = ProgressEntry.objects.create(
            row=row,
            status=told.status,
            is_late=told.is_late,
            done=told.done,
            reason=told.reason,
            recorded_on=told.recorded_on,
            author_name=told.by,
        )
        ProgressEntry.objects.filter(pk=entry.pk).update(created_at=told.at)


# --- earlier versions ---------------------------------------------------------------


def _keys_of(plan):
    """The keys of the lines of every part, in their order."""
    keys = {
        table.related: _keys(getattr(plan, table.related)) for table in TABLES.values()
    }
    return keys | {"sections": _keys(plan.sections), "header": [plan.pk]}


def _write_versions(plan, versions, found, links, keys):
    plan.versions.all().delete()
    for told in versions:
        lines = {
            part: [_own_line(part, line, keys, found, links) for line in lines]
            for part, lines in told.parts.items()
        }
        version = PlanVersion.objects.create(
            plan=plan, occasion=told.occasion, document=told.document, lines=lines
        )
        PlanVersion.objects.filter(pk=version.pk).update(created_at=told.at)


def _keys(related):
    return list(related.values_list("pk", flat=True))


def _own_line(part, line, keys, found, links):
    """`line` with the keys of this database, as `plans.differing` writes it down."""
    own = {"pk": line_key(line["line"], keys[part])}
    own |= {
        name: value
        for name, value in line.items()
        if name not in ("line", "focus_issue", "source_review", "carried_from")
    }
    if "standard" in line:
        standard = found.standards.get(int(line["standard"] or 0))
        criterion = found.criteria.get(line["criterion"])
        review = links.review(line.get("source_review"))
        own |= {
            "standard_id": standard and standard.pk,
            "criterion_id": criterion and criterion.pk,
            "education_level_id": line.get("education_level") or None,
            "source_review_id": review and review.pk,
        }
    if part == "rows":
        issue, carried = line.get("focus_issue"), links.row(line.get("carried_from"))
        own |= {
            "focus_issue_id": line_key(issue, keys["focus_issues"]) if issue else None,
            "carried_from_id": carried and carried.pk,
        }
    return own
