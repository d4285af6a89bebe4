"""From what happened to a plan to the optional keys of its year file."""

from plans.enums import PlanStatus
from plans.models import ActionRow, CriterionReview
from plans.sign_off import content_digest
from plans.tables import FOCUS_ISSUES, ROWS, TABLES
from plans.yearfile.dumping import dump_plan
from plans.yearfile.milestones import event_json, events_of
from plans.yearfile.moments import instant_text, named, only_set
from plans.yearfile.remarks import comments_json, comments_of, place_of
from plans.yearfile.year_data import (
    EntryData,
    LineYear,
    VersionData,
    YearData,
)

LOADED = "nap"  # the loader's own deed: this database's trace, and not the year's
# Keys of one database; the texts beside them say the same for all.
_OWN_KEYS = ("pk", "standard_id", "criterion_id", "education_level_id")
_LINKS = ("focus_issue_id", "source_review_id", "carried_from_id")


def dump_whole_plan(plan):
    """`plan` as `dump_plan` has it, and all that happened to it."""
    found, year = dump_plan(plan), year_data(plan)
    for key, lines in (("rows", year.rows), ("focus_issues", year.focus_issues)):
        for written, told in zip(found.get(key, ()), lines, strict=False):
            written |= _line_json(told)
    return found | only_set(
        {
            "status": "" if year.status == default_status(plan.number) else year.status,
            "versions": [_version_json(version) for version in year.versions],
            "events": [event_json(event) for event in year.events],
            "comments": comments_json(year.comments),
        }
    )


def default_status(number):
    """That of a file that says none."""
    return PlanStatus.DRAFT if number is None else PlanStatus.ISSUED


def year_data(plan):
    """What happened to `plan`."""
    rows = list(
        ROWS.lines(plan)
        .select_related("source_review", "carried_from__plan__school_year")
        .prefetch_related("progress_entries__created_by")
    )
    issues = FOCUS_ISSUES.lines(plan) if plan.layout.focus_issues else ()
    references = _References()
    versions, places = _versions(plan, references)
    return YearData(
        status=plan.status,
        rows=tuple(_row_year(row, references) for row in rows),
        focus_issues=tuple(
            LineYear(review=references.review(issue.source_review_id))
            for issue in issues
        ),
        events=events_of(plan, plan.events.exclude(deed=LOADED), content_digest),
        versions=versions,
        comments=comments_of(plan, places),
    )


def _row_year(row, references):
    entries = sorted(row.progress_entries.all(), key=lambda entry: entry.pk)
    return LineYear(
        review=references.review(row.source_review_id),
        carried_from=references.row(row.carried_from_id),
        entries=tuple(
            EntryData(
                status=entry.status,
                recorded_on=entry.recorded_on,
                at=entry.created_at,
                is_late=entry.is_late,
                done=entry.done,
                reason=entry.reason,
                by=named(entry.created_by, entry.author_name),
            )
            for entry in entries
        ),
    )


class _References:
    """Names of lines elsewhere in the year files of the school; each asked for once."""

    def __init__(self):
        self.known = {}

    def review(self, pk):
        """ "2025-2026/1.2", with the level of schooling where there are several."""
        return self._name("review", pk, self._review_name)

    def row(self, pk):
        """ "2025-2026/3": the third row of that year's plan."""
        return self._name("row", pk, self._row_name)

    def _name(self, kind, pk, name):
        if pk is None:
            return ""
        if (kind, pk) not in self.known:
            self.known[kind, pk] = name(pk)
        return self.known[kind, pk]

    def _review_name(self, pk):
        reviews = CriterionReview.objects.select_related(
            "criterion", "assessment__school_year"
        )
        review = reviews.filter(pk=pk).first()
        if review is None:
            return ""
        return f"{review.assessment.school_year}/{review_key(review)}"

    def _row_name(self, pk):
        row = ActionRow.objects.select_related("plan__school_year").filter(pk=pk)
        row = row.first()
        if row is None:
            return ""
        places = list(row.plan.rows.values_list("pk", flat=True))
        return f"{row.plan.school_year}/{places.index(pk) + 1}"


def review_key(review):
    """ "1.2" or "1.2/primary": a review within its self-assessment."""
    schooling = f"/{review.level_of_schooling}" if review.level_of_schooling else ""
    return f"{review.criterion.code}{schooling}"


# --- earlier versions ---------------------------------------------------------------


def _versions(plan, references):
    """The versions, and the places of all lines they know."""
    stored = list(plan.versions.order_by("created_at", "pk"))
    if not (stored or plan.comments.exists()):
        return (), {}
    places = _places(plan, stored)
    return tuple(
        VersionData(
            occasion=version.occasion,
            document=version.document,
            at=version.created_at,
            parts={
                part: [_portable(part, line, places, references) for line in lines]
                for part, lines in version.lines.items()
            },
        )
        for version in stored
    ), places


def _places(plan, versions):
    """For each part the place of every line by its key: from 1 for those of today, from
    -1 downwards for those that have gone."""
    places = {
        table.related: _numbered(getattr(plan, table.related).all())
        for table in TABLES.values()
    }
    places["sections"] = _numbered(plan.sections.all())
    places["header"] = {plan.pk: 1}
    for version in versions:
        for part, lines in version.lines.items():
            held = places.setdefault(part, {})
            for line in lines:
                place_of(line["pk"], held)
    return places


def _numbered(lines):
    return {line.pk: place for place, line in enumerate(lines, start=1)}


def _portable(part, line, places, references):
    """`line` with places and names for the keys of this database."""
    texts = {k: v for k, v in line.items() if k not in (*_OWN_KEYS, *_LINKS)}
    links = {
        "focus_issue": places["focus_issues"].get(line.get("focus_issue_id")),
        "source_review": references.review(line.get("source_review_id")),
        "carried_from": references.row(line.get("carried_from_id")),
    }
    return {"line": places[part][line["pk"]], **texts, **only_set(links)}


# --- as JSON ---------------------------------------------------------------------------


def _line_json(told):
    return only_set(
        {
            "review": told.review,
            "carried_from": told.carried_from,
            "entries": [_entry_json(entry) for entry in told.entries],
        }
    )


def _entry_json(entry):
    return {
        "status": entry.status,
        "recorded_on": entry.recorded_on.isoformat(),
        "at": instant_text(entry.at),
        **only_set(
            {
                "by": entry.by,
                "is_late": entry.is_late,
                "done": entry.done,
                "reason": entry.reason,
            }
        ),
    }


def _version_json(version):
    return {
        "at": instant_text(version.at),
        "occasion": version.occasion,
        "document": version.document,
        "parts": version.parts,
    }
