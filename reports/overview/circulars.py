"""Schools by the circular they follow in a year: that of their plan, else of their
self-assessment, else the one their level of schooling is pinned to."""

from dataclasses import dataclass

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    FilteredRelation,
    Max,
    Min,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from criteria.models import Circular
from schools.enums import LevelOfSchooling
from schools.models import School

_HELD = School.education_levels.through.objects.filter(school=OuterRef("pk"))


@dataclass(frozen=True)
class Choice:
    """A circular with its schools: `count` of them; of those, the ones that have neither
    plan nor self-assessment are known by their `level_keys`."""

    circular: Circular
    count: int
    level_keys: tuple[str, ...]

    def condition(self):
        """What holds for its schools among those of `with_circular`."""
        unwritten = Q(circular_of__isnull=True, level_key__in=self.level_keys)
        return Q(circular_of=self.circular.pk) | unwritten


def with_circular(schools, school_year):
    """`schools` (of `office_schools`) with `year_assessment` (a relation), `circular_of`
    (pk) and, where that is empty, `level_key` as `School.level_key` tells it."""
    assessed = Q(assessments__school_year=school_year)
    schools = schools.annotate(
        year_assessment=FilteredRelation("assessments", condition=assessed),
    )
    level_key = Case(
        When(circular_of__isnull=False, then=Value("")),
        default=Coalesce(_level_key(), Value("")),
        output_field=CharField(),
    )
    circular = Coalesce(F("year_plan__circular"), F("year_assessment__circular"))
    return schools.annotate(circular_of=circular).annotate(level_key=level_key)


def _level_key():
    """The one level of a school or `multi_level`; NULL of a school without any. A single
    subquery: with one for each end PostgreSQL takes the query for so dear that it compiles
    it, which lasts ten times as long as running it does."""
    held = _HELD.order_by().values("school")
    # Two levels differ: the least and the greatest of their codes do.
    held = held.annotate(first=Min("educationlevel"), last=Max("educationlevel"))
    key = Case(
        When(first=F("last"), then=F("first")),
        default=Value(LevelOfSchooling.MULTI_LEVEL.value),
        output_field=CharField(),
    )
    return Subquery(held.annotate(key=key).values("key"))


def choices(schools, school_year):
    """The `Choice` of each circular that any of `schools` (of `with_circular`) follows,
    in the catalogue's order: two queries."""
    counted = schools.order_by().values_list("circular_of", "level_key")
    counted = list(counted.annotate(count=Count("pk")))
    circulars, by_level = _circulars(school_year)
    held, keys = {}, {}
    for pk, level_key, count in counted:
        followed = pk or by_level.get(level_key)
        held[followed] = held.get(followed, 0) + count
        if pk is None:
            keys.setdefault(followed, []).append(level_key)
    return [
        Choice(circular, held[pk], tuple(keys.get(pk, ())))
        for pk, circular in circulars.items()
        if pk in held
    ]


def _circulars(school_year):
    """All circulars by pk, and of those the year is pinned to, the pk by level."""
    circulars, by_level = {}, {}
    named = Circular.objects.annotate(level=F("education_levels"))
    for circular in named.order_by("-effective_from", "annex", "number"):
        circulars.setdefault(circular.pk, circular)
        if circular.is_in_force(school_year.pinned_on):
            by_level.setdefault(circular.level, circular.pk)
    return circulars, by_level


def chosen(listed, pk):
    """The choice of the circular `pk`, else the one that most schools follow."""
    asked = next((choice for choice in listed if choice.circular.pk == pk), None)
    return asked or max(listed, key=lambda choice: choice.count, default=None)
