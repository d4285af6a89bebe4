"""The rules of both generations on plain data: what is asked, and what was found.

Found is a mapping from a demand's key to True (met) or False (not met). A key that is
not in it was not looked at: it counts as not reached, but it is not a failure, so every
result has two figures, `level` (what is shown to be reached) and `ceiling` (what would
be reached if all that nobody has looked at were met)."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

# 57/2026 Điều 5.3: of the criteria that are not mandatory, at least five.
NEEDED_OTHERS = 5
TWO_LEVELS = 2
LEVEL_FOUR = 4  # 2018, Điều 22: Mức 3 and the extra clauses


@dataclass(frozen=True)
class Demand:
    """One thing that is asked for: a requirement at a level, or a clause of Mức 4."""

    key: Hashable
    level: int
    point: str = ""


@dataclass(frozen=True)
class CriterionDemands:
    """A criterion with what it asks for on the day: nothing that is repealed."""

    code: str
    demands: tuple[Demand, ...]
    is_mandatory: bool = False

    @property
    def top(self):
        """The highest level the criterion asks anything for."""
        return max((demand.level for demand in self.demands), default=0)


@dataclass(frozen=True)
class Framework:
    """A circular as the engine reads it; `max_level` 2 means the rule of 57/2026."""

    max_level: int
    criteria: tuple[CriterionDemands, ...]
    clauses: tuple[Demand, ...] = ()

    @property
    def has_two_levels(self):
        return self.max_level == TWO_LEVELS

    @cached_property
    def top(self):
        """The highest level that anything is asked for."""
        levels = [criterion.top for criterion in self.criteria]
        levels += [clause.level for clause in self.clauses]
        return min(max(levels, default=0), self.max_level)


@dataclass(frozen=True)
class CriterionAttainment:
    """A criterion's level, and the demands that are not met yet: `refused` were found
    wanting, `unseen` nobody has looked at."""

    criterion: CriterionDemands
    refused: tuple[Demand, ...]
    unseen: tuple[Demand, ...]

    @property
    def code(self):
        return self.criterion.code

    @property
    def top(self):
        return self.criterion.top

    @property
    def is_untouched(self):
        return len(self.unseen) == len(self.criterion.demands)

    @cached_property
    def open_at(self):
        """The lowest level at which something is not met; None when all is."""
        return _lowest_level(self.refused + self.unseen)

    @cached_property
    def refused_at(self):
        return _lowest_level(self.refused)

    @property
    def level(self):
        return (self.open_at or self.top + 1) - 1

    @property
    def ceiling(self):
        return (self.refused_at or self.top + 1) - 1

    @property
    def is_decided(self):
        """Whether what nobody has looked at could no longer change the level."""
        return self.level == self.ceiling

    @property
    def next_level(self):
        return None if self.level >= self.top else self.level + 1

    def reaches(self, level):
        return self.open_at is None or self.open_at > level

    def lack(self, target):
        """What would have to become met to reach `target`; None when it is reached."""
        if self.reaches(target):
            return None
        return Lack(
            self.criterion,
            tuple(demand for demand in self.refused if demand.level <= target),
            tuple(demand for demand in self.unseen if demand.level <= target),
        )


@dataclass(frozen=True)
class Lack:
    """What one criterion lacks to a level; `criterion` None: the clauses of Mức 4."""

    criterion: CriterionDemands | None
    refused: tuple[Demand, ...]
    unseen: tuple[Demand, ...]

    @property
    def code(self):
        return self.criterion.code if self.criterion else ""

    @property
    def demands(self):
        return self.refused + self.unseen


@dataclass(frozen=True)
class Missing:
    """What the school lacks to `target`: all of `needed`, and any `choice_count` of
    `choices`."""

    target: int
    needed: tuple[Lack, ...] = ()
    choice_count: int = 0
    choices: tuple[Lack, ...] = ()

    def __bool__(self):
        return bool(self.needed or self.choice_count)


@dataclass(frozen=True)
class Attainment:
    """What a school (or one of its levels of schooling) reaches."""

    framework: Framework
    criteria: tuple[CriterionAttainment, ...]
    clauses: Lack | None  # the clauses of Mức 4 that are not met; None when all are

    @property
    def top(self):
        return self.framework.top

    @cached_property
    def level(self):
        return _school_level(self, "open_at", self.clauses is not None)

    @cached_property
    def ceiling(self):
        is_refused = self.clauses is not None and bool(self.clauses.refused)
        return _school_level(self, "refused_at", is_refused)

    @property
    def next_level(self):
        return None if self.level >= self.top else self.level + 1

    @property
    def is_decided(self):
        return self.level == self.ceiling

    @property
    def is_untouched(self):
        """Whether nobody has looked at anything."""
        return all(found.is_untouched for found in self.criteria)

    @property
    def unseen_count(self):
        return sum(len(found.unseen) for found in self.criteria)

    def missing_for(self, target):
        """What would have to become met for the school to reach `target`."""
        if self.framework.has_two_levels:
            return _missing_of_two(self, target)
        needed = _lacks(self.criteria, target)
        if target >= LEVEL_FOUR and self.clauses is not None:
            needed += (self.clauses,)
        return Missing(target, needed)


def attain(framework: Framework, found: Mapping[Hashable, bool]) -> Attainment:
    """What a school reaches of `framework` with what was `found`."""
    criteria = tuple(
        CriterionAttainment(criterion, *_not_met(criterion.demands, found))
        for criterion in framework.criteria
    )
    refused, unseen = _not_met(framework.clauses, found)
    clauses = Lack(None, refused, unseen) if refused or unseen else None
    return Attainment(framework, criteria, clauses)


def lowest(attainments: Iterable[Attainment]) -> Attainment:
    """The school of several levels of schooling has the lowest result (57/2026 Điều
    15.2); of equal ones the one with less hope."""
    return min(attainments, key=lambda found: (found.level, found.ceiling))


def _not_met(demands, found):
    refused = tuple(demand for demand in demands if found.get(demand.key) is False)
    unseen = tuple(demand for demand in demands if demand.key not in found)
    return refused, unseen


def _lowest_level(demands):
    return min((demand.level for demand in demands), default=None)


def _school_level(attainment, obstacle, clause_is_open):
    """The level by the rule of the generation. `obstacle` names the attribute that
    tells from which level on a criterion is not reached."""
    framework = attainment.framework
    at = [(c.criterion.is_mandatory, getattr(c, obstacle)) for c in attainment.criteria]
    if framework.has_two_levels:
        return next((level for level in (2, 1) if _allows(at, level)), 0)
    obstacles = [level for _, level in at if level is not None]
    if clause_is_open:
        obstacles.append(LEVEL_FOUR)
    return min(obstacles, default=framework.top + 1) - 1


def _allows(obstacles, level):
    """57/2026 Điều 5.3: every mandatory criterion and at least five others reach the
    level, and no other is more than one level below."""
    mandatory = [_passes(at, level) for is_mandatory, at in obstacles if is_mandatory]
    others = [at for is_mandatory, at in obstacles if not is_mandatory]
    return (
        all(mandatory)
        and sum(_passes(at, level) for at in others) >= NEEDED_OTHERS
        and all(_passes(at, level - 1) for at in others)
    )


def _passes(obstacle, level):
    return obstacle is None or obstacle > level


def _missing_of_two(attainment, target):
    mandatory = [c for c in attainment.criteria if c.criterion.is_mandatory]
    others = [c for c in attainment.criteria if not c.criterion.is_mandatory]
    needed = _lacks(mandatory, target) + _lacks(others, target - 1)
    reached = sum(found.reaches(target) for found in others)
    short = max(0, NEEDED_OTHERS - reached)
    return Missing(target, needed, short, _lacks(others, target) if short else ())


def _lacks(criteria, target):
    lacks = (found.lack(target) for found in criteria)
    return tuple(lack for lack in lacks if lack is not None)
