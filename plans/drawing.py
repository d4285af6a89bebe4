"""Bars as numbers: the templates draw them as SVG with attributes, which the strict
policy of the pages allows, so that pictures need neither script nor inline style. Whole
numbers only: a decimal would be written with the comma of the page's language."""

from dataclasses import dataclass
from datetime import date, timedelta

CHART_WIDTH = 1000
_MONTHS = 12
_FIRST_MONTH = 8  # a school year is drawn from August to July
MONTH_WIDTH = 100


@dataclass(frozen=True)
class Part:
    code: str
    label: str
    count: int
    x: int
    width: int


def stacked(tally, most):
    """The parts of a bar whose length is to the longest as `tally` is to `most` rows."""
    parts, before = [], 0
    for code, label, count in tally.parts:
        left = before * CHART_WIDTH // most if most else 0
        before += count
        right = before * CHART_WIDTH // most if most else 0
        if count:
            parts.append(Part(code, label, count, left, right - left))
    return tuple(parts)


@dataclass(frozen=True)
class YearScale:
    """Days of a school year as places on a bar of twelve equal months."""

    first_year: int

    @property
    def months(self):
        """(number of the month, x of its middle)."""
        return [
            ((_FIRST_MONTH - 1 + i) % 12 + 1, i * MONTH_WIDTH + MONTH_WIDTH // 2)
            for i in range(_MONTHS)
        ]

    @property
    def grid(self):
        """The lines between months as one SVG path, 100 high."""
        places = (i * MONTH_WIDTH for i in range(1, _MONTHS))
        return "".join(f"M{x} 0V100" for x in places)

    @property
    def width(self):
        return _MONTHS * MONTH_WIDTH

    def x(self, day):
        """Where `day` begins; days outside the year stand at its ends."""
        months = (day.year - self.first_year) * 12 + day.month - _FIRST_MONTH
        place = months * MONTH_WIDTH + (day.day - 1) * MONTH_WIDTH // 31
        return min(max(place, 0), self.width)

    def span(self, start: date, end: date):
        """(x, width) of the days from `start` to `end`, never too thin to see."""
        left, right = self.x(start), self.x(end + timedelta(days=1))
        left = min(left, self.width - 8)
        return left, max(right - left, 8)
