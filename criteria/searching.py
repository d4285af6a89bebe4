"""Search through the criteria of all circulars: by code, by a phrase or by words, with
or without accents."""

import datetime
import re
from dataclasses import dataclass

from criteria.marking import Piece, marked
from criteria.models import Circular, Criterion, LevelFourClause
from qualityplan.text import fold

MAX_EXCERPTS = 3
_CODE = re.compile(r"(?:tieu chi |tc )?(\d{1,2}\.\d{1,2})", re.ASCII)


@dataclass(frozen=True)
class Excerpt:
    label: str
    pieces: list[Piece]
    reference: str = ""
    repealed_on: datetime.date | None = None  # if it is repealed on the day asked for

    @property
    def weight(self):
        """How much of what was asked for is in it."""
        matches = {fold(piece.text) for piece in self.pieces if piece.is_match}
        return sum(map(len, matches))


@dataclass(frozen=True)
class Hit:
    criterion: Criterion
    title: list[Piece]
    excerpts: list[Excerpt]
    more: int  # excerpts that are not shown


@dataclass(frozen=True)
class Group:
    circular: Circular
    hits: list[Hit]
    clauses: list[Excerpt]  # of level four


@dataclass(frozen=True)
class Results:
    groups: list[Group]
    is_loose: bool  # the words are there, but not as the phrase that was asked for

    @property
    def count(self):
        return sum(len(group.hits) + len(group.clauses) for group in self.groups)


def find(text, circulars, day):
    """What the `circulars` say about `text`, in their order, as the law stands on
    `day`: three queries."""
    phrase = fold(text)
    criteria = _criteria(circulars)
    if code := _CODE.fullmatch(phrase):
        found = list(criteria.filter(code=code[1]))
        return Results(_groups(circulars, found, [], [], day), is_loose=False)
    words = list(dict.fromkeys(phrase.split()))
    for word in words:
        criteria = criteria.filter(search_text__contains=word)
    clauses = [
        (clause, fold(clause.summary))
        for clause in LevelFourClause.objects.filter(circular__in=circulars)
    ]
    found = [c for c in criteria if phrase in c.search_text]
    found_clauses = [clause for clause, folded in clauses if phrase in folded]
    is_loose = not found and not found_clauses
    if is_loose:
        found = list(criteria)
        found_clauses = [c for c, folded in clauses if all(w in folded for w in words)]
    terms = words if is_loose else [phrase]
    groups = _groups(circulars, found, found_clauses, terms, day)
    return Results(groups, is_loose)


def _criteria(circulars):
    return (
        Criterion.objects.filter(standard__circular__in=circulars)
        .select_related("standard")
        .prefetch_related("requirements")
        .order_by("standard__number", "position")
    )


def _groups(circulars, criteria, clauses, terms, day):
    groups = []
    for circular in circulars:
        hits = [
            _hit(criterion, terms, day)
            for criterion in criteria
            if criterion.standard.circular_id == circular.pk
        ]
        found = [
            Excerpt(
                f"Khoản {clause.number}",
                marked(clause.summary, terms),
                clause.reference,
            )
            for clause in clauses
            if clause.circular_id == circular.pk
        ]
        if hits or found:
            groups.append(Group(circular, hits, found))
    return groups


def _hit(criterion, terms, day):
    candidates = list(_excerpts(criterion, terms, day))
    if terms:
        candidates = [e for e in candidates if e.weight]
        candidates.sort(key=lambda e: -e.weight)  # stable
    return Hit(
        criterion,
        marked(criterion.title, terms),
        candidates[:MAX_EXCERPTS],
        len(candidates[MAX_EXCERPTS:]),
    )


def _excerpts(criterion, terms, day):
    for requirement in criterion.requirements.all():
        point = f", điểm {requirement.point}" if requirement.point else ""
        yield Excerpt(
            f"Mức {requirement.level}{point}",
            marked(requirement.summary, terms),
            requirement.reference,
            requirement.repealed_on if requirement.is_repealed(day) else None,
        )
    for label, texts in (
        ("Minh chứng gợi ý", criterion.evidence),
        ("Dữ liệu định lượng", criterion.indicators),
    ):
        for text in texts:
            yield Excerpt(label, marked(text, terms))
