"""When a row is planned for, read from what people typed: "Tháng 9/2026", "Học kỳ I",
"Từ 05/9/2024 đến 31/12/2024". A reading for pictures and countdowns; the text itself
stays as it is, and what is not understood is no fault."""

import re
from calendar import monthrange
from datetime import date

from qualityplan.text import fold
from schools.year_rules import first_semester_end, year_end

FIRST_YEAR, LAST_YEAR = 2000, 2101
# Without a year, months from July on belong to the first half of a school year.
_FIRST_MONTH = 7
_FLAGS = re.ASCII

_YEARS = re.compile(r"\b(20[0-9]{2}) ?[-–] ?(20[0-9]{2})\b", _FLAGS)
_DAY = re.compile(r"\b([0-9]{1,2})[/.-]([0-9]{1,2})[/.-](20[0-9]{2})\b", _FLAGS)
# A day without a year only after a word that asks for one: "1/3 số lớp" is no day.
_SHORT_DAY = re.compile(
    r"\b(?:ngay|tu|den|truoc) ([0-9]{1,2})[/.]([0-9]{1,2})\b(?![/.0-9])", _FLAGS
)
_MONTHS = re.compile(
    r"\bthang ((?:[0-9]{1,2} ?(?:,|va|-|–) ?)*[0-9]{1,2})\b"
    r"(?: ?(?:/|nam) ?(20[0-9]{2})\b)?",
    _FLAGS,
)
_MONTH_YEAR = re.compile(r"(?<![0-9/])([0-9]{1,2})/(20[0-9]{2})\b", _FLAGS)
_SEMESTERS = re.compile(
    r"\b(?:hoc ky|hoc ki|hk) ?(ii|i|2|1)\b(?: ?(?:,|va|-|–) ?(ii|i|2|1)\b)?", _FLAGS
)
_WHOLE_YEAR = re.compile(
    r"\b(?:nam hoc|thuong xuyen|hang thang|hang tuan|hang quy|quanh nam"
    r"|hai hoc ky|moi hoc ky|moi thang|suot nam)\b"
)
# Beyond the school year: which year is meant cannot be told.
_UNCLEAR = re.compile(r"\b(?:nam sau|hoc sau|tung nam|nhung nam|cac nam|moi nam)\b")


def first_semester(first_year):
    return date(first_year, 9, 1), first_semester_end(first_year)


def second_semester(first_year):
    return date(first_year + 1, 1, 16), year_end(first_year)


def parse(text, first_year):
    """The first and the last day that `text` speaks of, in the school year that begins
    in `first_year` where it names no year; None where nothing is understood."""
    folded = fold(text)
    if _UNCLEAR.search(folded):
        return None
    first_year, folded = _named_school_year(folded, first_year)
    spans = list(_spans(folded, first_year))
    if not spans and _WHOLE_YEAR.search(folded):
        spans = [(first_semester(first_year)[0], second_semester(first_year)[1])]
    if not spans:
        return None
    return min(start for start, _ in spans), max(end for _, end in spans)


def _named_school_year(folded, first_year):
    """The school year the text names itself ("học kỳ I, năm học 2026 - 2027")."""
    for found in _YEARS.finditer(folded):
        if int(found[2]) == int(found[1]) + 1:
            return int(found[1]), folded.replace(found[0], " ")
    return first_year, folded


def _spans(folded, first_year):
    """Every day, month and semester in the text. What one pattern has read, the next
    does not read again."""
    for pattern, read in (
        (_DAY, _read_day),
        (_SHORT_DAY, _read_short_day),
        (_MONTHS, _read_months),
        (_MONTH_YEAR, _read_month_year),
        (_SEMESTERS, _read_semesters),
    ):
        for found in pattern.finditer(folded):
            yield from (span for span in read(found, first_year) if span)
        folded = pattern.sub(" ", folded)


def _read_day(found, first_year):
    yield _day(int(found[3]), int(found[2]), int(found[1]))


def _read_short_day(found, first_year):
    month = int(found[2])
    yield _day(_year_of(month, first_year), month, int(found[1]))


def _read_months(found, first_year):
    for number in re.findall("[0-9]+", found[1]):
        month = int(number)
        yield _month(int(found[2] or _year_of(month, first_year)), month)


def _read_month_year(found, first_year):
    yield _month(int(found[2]), int(found[1]))


def _read_semesters(found, first_year):
    for number in filter(None, found.groups()):
        is_first = number in ("i", "1")
        yield first_semester(first_year) if is_first else second_semester(first_year)


def _year_of(month, first_year):
    return first_year if month >= _FIRST_MONTH else first_year + 1


def _day(year, month, day):
    month_span = _month(year, month)
    if month_span is None or not 1 <= day <= month_span[1].day:
        return None
    return date(year, month, day), date(year, month, day)


def _month(year, month):
    if not (1 <= month <= 12 and FIRST_YEAR <= year <= LAST_YEAR):
        return None
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])
