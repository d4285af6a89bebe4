"""An inspection as its pages show it."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from inspections.enums import FollowUp, Result, Side
from inspections.models import Attendee, Finding, Recommendation
from plans.grouping import standard_title

NOTHING_YET = "none"


@dataclass(frozen=True)
class Choice:
    """One way to narrow a list, with how many are in it."""

    query: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class FindingsView:
    groups: tuple  # (title, findings)
    states: tuple
    standards: tuple
    count: int


def findings_view(inspection, state="", standard=""):
    """The findings in `state` ("none": not looked at yet) and under the standard with
    the number `standard`, by standard; with the rows' texts and evidence."""
    findings = list(
        inspection.findings.select_related(
            "row__criterion", "row__standard"
        ).prefetch_related("row__evidence")
    )
    known = {NOTHING_YET, *Result.values}
    state = state if state in known else ""
    by_standard = {}
    for finding in findings:
        held = finding.row.standard if finding.row else None
        by_standard.setdefault(held, []).append(finding)
    ordered = sorted(by_standard, key=lambda s: s.number if s else 99)
    numbers = [str(s.number) if s else "khac" for s in ordered]
    standard = standard if standard in numbers else ""
    groups = []
    for held, number in zip(ordered, numbers, strict=True):
        shown = [f for f in by_standard[held] if _fits(f, state)]
        if shown and standard in ("", number):
            groups.append((_title(inspection, held), tuple(shown)))
    return FindingsView(
        tuple(groups),
        _states(findings, state, standard),
        _standards(by_standard, ordered, numbers, state, standard),
        len(findings),
    )


def _fits(finding, state):
    return not state or (finding.result or NOTHING_YET) == state


def _title(inspection, standard):
    if standard is None:
        return "Không theo tiêu chuẩn nào"
    return standard_title(inspection.plan, standard)


def _query(state, standard):
    parts = [("loc", state), ("tieu-chuan", standard)]
    return "?" + "&".join(f"{name}={value}" for name, value in parts if value)


def _states(findings, state, standard):
    counts = Counter(finding.result or NOTHING_YET for finding in findings)
    counts[""] = len(findings)
    labels = {"": "Tất cả", NOTHING_YET: "Chưa xem", **dict(Result.choices)}
    return tuple(
        Choice(_query(key, standard), label, counts[key], key == state)
        for key, label in labels.items()
    )


def _standards(by_standard, ordered, numbers, state, standard):
    choices = [Choice(_query(state, ""), "Mọi tiêu chuẩn", 0, not standard)]
    for held, number in zip(ordered, numbers, strict=True):
        label = f"Tiêu chuẩn {held.number}" if held else "Khác"
        blank = sum(1 for finding in by_standard[held] if not finding.result)
        choices.append(Choice(_query(state, number), label, blank, standard == number))
    return tuple(choices)


def with_tallies(inspections):
    """With how many are in the team, how many rows were looked at, and how much is still
    to be put right: counted one by one, never multiplied by each other."""
    return inspections.annotate(
        team_count=_counted(Attendee.objects.filter(side=Side.TEAM)),
        finding_count=_counted(Finding.objects.all()),
        found_count=_counted(Finding.objects.exclude(result="")),
        open_count=_counted(Recommendation.objects.exclude(state=FollowUp.CLOSED)),
    )


def _counted(rows):
    own = rows.filter(inspection=OuterRef("pk")).order_by().values("inspection")
    return Coalesce(Subquery(own.annotate(n=Count("pk")).values("n")), 0)


def result_counts(inspection):
    """(code, label, count) of every result, in order, and how many have none yet."""
    counted = Counter(inspection.findings.values_list("result", flat=True))
    counts = [(code, label, counted[code]) for code, label in Result.choices]
    return counts, counted[""]


def evidence_of(inspection):
    """The school's evidence of the inspection's year."""
    found = inspection.school.evidence.filter(school_year=inspection.school_year_id)
    return found.order_by("criterion__standard__number", "criterion__position", "pk")
