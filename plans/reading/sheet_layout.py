"""What a sheet says beside the values of its cells: merged ranges, hidden rows and columns,
formulas without a value, comments and text boxes."""

import re
from dataclasses import dataclass, field

from defusedxml.ElementTree import iterparse
from openpyxl.utils import get_column_letter, range_boundaries

from plans.reading import refusals
from plans.reading.refusals import DocumentRefused
from plans.reading.stream import Aside, Remark, one_line

MAX_ROWS, MAX_COLUMNS = 20_000, 60
_MAX_MERGES = 50_000
_OFF = (None, "", "0", "false")
_ERROR = "e"
# The part, the element of one text in it, the words inside that, and what it is called.
_DRAWN = (
    (
        re.compile(r"^xl/(?:comments/comment|comments)\d*\.xml$"),
        "comment",
        "t",
        "nhận xét ở ô",
    ),
    (
        re.compile(r"^xl/drawings/drawing\d+\.xml$"),
        "p",
        "t",
        "khung chữ trong trang tính",
    ),
)


@dataclass
class Layout:
    """`merges`: {(row, column): (first column, last column, first row)} for the cells at
    the left edge of merged ranges; `blind` and `wrong` are the cells whose formula has no
    value, or an error for one."""

    merges: dict = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[str] = field(default_factory=list)
    blind: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def remarks(self, place, filled):
        """What the user is told of the sheet at `place`; `filled` are its rows with text."""
        if self.hidden_columns:
            names = ", ".join(self.hidden_columns)
            yield Remark(f"Cột bị ẩn ({names}) vẫn được đọc; hãy xem lại.", place)
        for row in sorted(self.hidden_rows & filled):
            yield Remark("Dòng này bị ẩn trong tệp.", f"{place}, dòng {row}")
        for cells, message in (
            (
                self.blind,
                "Ô {cell} có công thức chưa có kết quả; hãy mở bằng Excel và lưu lại.",
            ),
            (self.wrong, "Ô {cell} báo lỗi công thức; hãy sửa trong Excel và lưu lại."),
        ):
            for cell in cells:
                row = re.sub(r"\D", "", cell)
                yield Remark(message.format(cell=cell), f"{place}, dòng {row}")


def read_layout(package, path):
    """The `Layout` of the sheet in the part `path`. openpyxl would make an object of every
    cell of a merged range."""
    layout, seen = Layout(), set()  # `seen`: what the cell holds that is not closed yet
    with package.open(path) as file:
        for _, element in iterparse(file, events=("end",)):
            name = element.tag.rpartition("}")[2]
            if name == "f" or (name in ("v", "t") and (element.text or "").strip()):
                seen.add("formula" if name == "f" else "value")
            elif name == "c":
                _look_at_cell(layout, element, seen)
                seen.clear()
            elif name in _LOOKED_AT:
                _LOOKED_AT[name](layout, element)
            if name not in ("mergeCell", "mergeCells"):
                element.clear()
    return layout


def _look_at_cell(layout, element, seen):
    if seen == {"formula"}:
        layout.blind.append(element.get("r", ""))
    elif "value" in seen and element.get("t") == _ERROR:
        layout.wrong.append(element.get("r", ""))


def _look_at_merge(layout, element):
    left, top, right, bottom = range_boundaries(element.get("ref", "A1"))
    for row in range(top, min(bottom, MAX_ROWS) + 1):
        layout.merges[row, left] = (left, min(right, MAX_COLUMNS), top)
        if len(layout.merges) > _MAX_MERGES:
            raise DocumentRefused(refusals.TOO_LONG)


def _look_at_row(layout, element):
    if element.get("hidden") not in _OFF:
        layout.hidden_rows.add(int(element.get("r") or 0))


def _look_at_column(layout, element):
    first, last = (int(element.get(name) or 1) for name in ("min", "max"))
    # Else it is the empty rest of the sheet.
    if element.get("hidden") not in _OFF and last <= MAX_COLUMNS:
        names = (get_column_letter(number) for number in range(first, last + 1))
        layout.hidden_columns += names


_LOOKED_AT = {
    "mergeCell": _look_at_merge,
    "row": _look_at_row,
    "col": _look_at_column,
}


def drawn_texts(package):
    """The comments and text boxes of all sheets: no text of a cell."""
    found = []
    for name in sorted(package.namelist()):
        for pattern, wanted, inner, place in _DRAWN:
            if pattern.match(name):
                found += _texts(package, name, wanted, inner, place)
    return found


def _texts(package, name, wanted, inner, place):
    words = []
    with package.open(name) as file:
        for _, element in iterparse(file, events=("end",)):
            kind = element.tag.rpartition("}")[2]
            if kind == inner:
                words.append(element.text or "")
            elif kind == wanted:
                text = one_line("".join(words))
                if text:
                    yield Aside(
                        text, " ".join(filter(None, (place, element.get("ref"))))
                    )
                words = []
