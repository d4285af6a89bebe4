"""What holds at a school in a school year: what its office decided (`ReviewSetting`), else
the rule. The office is the one that supervises the school today."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from schools.enums import ReviewMode
from schools.models import ReviewSetting, School, Supervision
from schools.scoping import valid_on

FIRST_YEAR_APPROVED_BY_HEAD = 2026  # 57/2026 Điều 10.1


def default_mode(first_year):
    """Who approves plans under an office that has decided nothing."""
    by_head = first_year >= FIRST_YEAR_APPROVED_BY_HEAD
    return ReviewMode.SCHOOL if by_head else ReviewMode.OFFICE


def first_semester_end(first_year):
    return date(first_year + 1, 1, 15)


def year_end(first_year):
    return date(first_year + 1, 5, 31)


def assessment_end(first_year):
    """57/2026 Điều 9.3.d; a school may have another end of its year."""
    return date(first_year + 1, 6, 15)


@dataclass(frozen=True)
class YearRules:
    """`plan_due_on` is None where the office has set no day: 57/2026 names none."""

    first_year: int
    mode: ReviewMode
    report_mode: ReviewMode
    plan_due_on: date | None
    midyear_due_on: date
    result_due_on: date

    @property
    def may_close_after(self):
        """The last day on which the year is not over yet: 31 May, or the earlier day on
        which the office wants the results."""
        return min(year_end(self.first_year), self.result_due_on)


def rules(first_year, *, has_office=True, **decided):
    """The `YearRules` of a year; `decided` are fields of a `ReviewSetting`, None or left
    out where nothing is. A school without an office approves by itself."""
    mode = decided.get("mode") or default_mode(first_year)
    return YearRules(
        first_year,
        ReviewMode(mode) if has_office else ReviewMode.SCHOOL,
        ReviewMode(decided.get("report_mode") or ReviewMode.SCHOOL),
        decided.get("plan_due_on"),
        decided.get("midyear_due_on") or first_semester_end(first_year),
        decided.get("result_due_on") or year_end(first_year),
    )


FIELDS = ("mode", "report_mode", "plan_due_on", "midyear_due_on", "result_due_on")


def with_year_settings(rows, *, school, school_year):
    """`rows` with what `rules_of_row` reads, at no query of its own. `school` is the
    lookup from a row to its school; `school_year` a lookup as well, or a `SchoolYear`."""
    year = OuterRef(school_year) if isinstance(school_year, str) else school_year
    today = timezone.localdate()
    held = ReviewSetting.objects.filter(
        valid_on(today, "authority__supervisions__"),
        authority__supervisions__school=OuterRef(school),
        school_year=year,
    )
    supervised = Supervision.objects.on(today).filter(school=OuterRef(school))
    return rows.annotate(
        has_office=Exists(supervised),
        **{f"set_{name}": Subquery(held.values(name)[:1]) for name in FIELDS},
    )


def rules_of_row(row, first_year):
    """The `YearRules` of a row that comes from `with_year_settings`."""
    decided = {name: getattr(row, f"set_{name}") for name in FIELDS}
    return rules(first_year, has_office=row.has_office, **decided)


def rules_at(school, school_year):
    """The `YearRules` of one school: one query."""
    found = with_year_settings(School.objects, school="pk", school_year=school_year)
    return rules_of_row(found.get(pk=school.pk), school_year.first_year)
