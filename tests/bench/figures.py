"""A figure and its limit, and how two ways of doing the same are timed."""

from dataclasses import dataclass
from statistics import median

from tests.effort import cpu_seconds


@dataclass(frozen=True)
class Figure:
    """`measured` beside `reference` in words; what counts is `value` against `limit`."""

    name: str
    measured: str
    reference: str
    value: float
    limit: float
    unit: str
    fault: str = "TOO SLOW"

    @property
    def is_ok(self):
        return self.value <= self.limit

    def __str__(self):
        value, limit = (
            f"{number:.4g}{self.unit}" for number in (self.value, self.limit)
        )
        verdict = "ok" if self.is_ok else self.fault
        return (
            f"{self.name:<44} {self.measured:>18}  {self.reference:<22} "
            f"{value:>9} (at most {limit:>7})  {verdict}"
        )


def compared(name, ours, reference_name, reference, *, limit, runs):
    """The `Figure` of how long `ours` takes for each second of `reference`."""
    own, other = alternated(ours, reference, runs)
    return Figure(
        name,
        f"{own * 1000:.0f} ms",
        f"{reference_name} {other * 1000:.0f} ms",
        own / other,
        limit,
        "x",
    )


def alternated(first, second, runs):
    """The median processor seconds of each, taken in turns, so that whatever slows the
    machine for a while slows both. The first turn warms up and does not count."""
    times = [(cpu_seconds(first), cpu_seconds(second)) for _ in range(runs + 1)]
    return tuple(median(column) for column in zip(*times[1:], strict=True))
