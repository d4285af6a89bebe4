"""How far plans have come: rows counted by what is recorded on them. Counts are told in
words and never compared between schools."""

from dataclasses import dataclass
from dataclasses import fields as fields_of

from django.db.models import Count

from plans.enums import Progress
from plans.models import ActionRow


@dataclass(frozen=True)
class Tally:
    """Rows by state; `unrecorded` ones have no progress yet."""

    done: int = 0
    in_progress: int = 0
    not_done: int = 0
    unrecorded: int = 0

    @property
    def planned(self):
        return self.done + self.in_progress + self.not_done + self.unrecorded

    def __add__(self, other):
        names = (field.name for field in fields_of(self))
        return Tally(**{n: getattr(self, n) + getattr(other, n) for n in names})

    @property
    def words(self):
        """ "3 hoàn thành, 2 đang thực hiện"; states that no row is in are left out."""
        if not self.planned:
            return "Chưa có nội dung nào"
        counted = [(count, label.lower()) for _, label, count in self.parts if count]
        return ", ".join(f"{count} {label}" for count, label in counted)

    @property
    def parts(self):
        """(state, label, number of rows), as charts and tables show them."""
        return (
            *(
                (state.value, state.label, getattr(self, state.value))
                for state in Progress
            ),
            ("unrecorded", "Chưa ghi", self.unrecorded),
        )


@dataclass(frozen=True)
class StandardTally:
    number: int | None
    title: str
    tally: Tally


def tallies(plans):
    """The `StandardTally` list of each plan's pk, in order of the standards; rows without
    a standard come last. One query for all of `plans`."""
    counted = (
        ActionRow.objects.filter(plan__in=plans)
        .values("plan_id", "standard__number", "standard__title", "progress")
        .annotate(count=Count("pk"))
        .order_by("plan_id", "standard__number", "progress")
    )
    found = {}
    for entry in counted:
        key = (entry["standard__number"], entry["standard__title"] or "")
        of_plan = found.setdefault(entry["plan_id"], {})
        state = entry["progress"] or "unrecorded"
        of_plan[key] = of_plan.get(key, Tally()) + Tally(**{state: entry["count"]})
    return {pk: _in_order(standards) for pk, standards in found.items()}


def _in_order(standards):
    """Databases disagree on where NULL sorts: rows without a standard come last."""
    ordered = sorted(standards.items(), key=lambda item: (item[0][0] is None, item[0]))
    return [StandardTally(*key, tally) for key, tally in ordered]


def total(standards):
    return sum((standard.tally for standard in standards), Tally())
