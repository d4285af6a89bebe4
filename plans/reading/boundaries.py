"""Two papers in one file: last year's plan below this year's, or on another sheet."""

from plans.reading import facts
from plans.reading.segments import TablePart
from plans.reading.stream import one_line
from qualityplan.text import fold

_TITLES = ("ke hoach", "bao cao", "bien ban")
_MESSAGE = (
    "Bảng này đứng dưới “{title}” nên có thể thuộc một văn bản khác trong cùng tệp; hãy bỏ "
    "các dòng đó hoặc tách văn bản ra tệp riêng."
)
_LONGEST = 120  # a line that names the year of a paper is short


def second_documents(parts):
    """(place, message) of each table with rows by criterion that begins another paper: a
    title stands above it, or a year that is not the one above the first table."""
    above, first, year = [], None, None
    for part in parts:
        if not isinstance(part, TablePart):
            above.append(one_line(part.text))
            continue
        if not part.heading.form.has_criteria:
            continue
        above.append(part.place)
        named = next((y for t in above if len(t) < _LONGEST for y in facts.years(t)), 0)
        sign = next((t for t in above if _is_title(t)), None)
        if sign is None and named and year and named != year:
            sign = f"năm học {named}-{named + 1}"
        if first is not None and sign:
            yield part.place, _MESSAGE.format(title=sign)
        first, year, above = first or part, year or named, []


def _is_title(text):
    return text.isupper() and any(
        fold(text) == title or fold(text).startswith(f"{title} ") for title in _TITLES
    )
