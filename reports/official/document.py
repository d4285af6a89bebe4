"""The neutral description of an official document: what stands on the paper, and in
which order, but nothing about HTML, PDF or Word.

A form (`plan_2018.py`, `plan_2026.py`, ...) builds a `Document`; the writers
(`markup.py`, `pdf.py`, `word.py`) only translate it. All texts are plain, NFC text; a
line feed inside a cell or a paragraph separates paragraphs of that cell. `ref` names
the place in the application a text comes from (`row-12`, `section-3`): the preview
turns it into a link, the other writers ignore it.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Orientation(StrEnum):
    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class RowKind(StrEnum):
    """How a table row is set: what it groups decides its weight, not its wording."""

    PLAIN = "plain"
    GROUP = "group"  # a level, or a level of schooling: one cell over the whole width
    STANDARD = "standard"  # a numbered standard
    CLOSING = "closing"  # a remark over the whole width at the end of the table


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    JUSTIFY = "justify"


@dataclass(frozen=True)
class Letterhead:
    """Decree 30/2020, boxes 1-4 (rules H01-H07).

    `superior` and `issuer` print in capitals as given; `number` is the whole printed
    text ("Số: 05/KH-NSH"); `place_and_date` is empty only in a biên bản (Mẫu 1.9).
    """

    superior: str
    issuer: str
    number: str
    place_and_date: str


@dataclass(frozen=True)
class Signature:
    """Box 7 (S01-S06): `capacity` lines in capitals, then room to sign, then the name.

    `hint` is the small italic line of blank forms; `second_title` stands above the name
    (a council's chair who signs with the school's seal).
    """

    capacity: tuple[str, ...]
    name: str = ""
    hint: str = ""
    second_title: str = ""


@dataclass(frozen=True)
class Heading:
    """A titled line of the body: level 1 is "I. TIÊU ĐỀ" in bold capitals, level 2 is
    "1. Tiêu đề" in bold (B03). The text carries its own number."""

    text: str
    level: int = 1
    ref: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Body text (P06-P09). `italic` serves notes such as the form's "Lưu ý"."""

    text: str
    italic: bool = False
    ref: str = ""


@dataclass(frozen=True)
class Column:
    """One leaf column: its width in millimetres and how its body cells are aligned."""

    width_mm: float
    align: Align = Align.LEFT


@dataclass(frozen=True)
class Cell:
    text: str
    colspan: int = 1
    rowspan: int = 1
    bold: bool = False
    align: Align | None = None  # None: as its column


@dataclass(frozen=True)
class Row:
    cells: tuple[Cell, ...]
    kind: RowKind = RowKind.PLAIN
    ref: str = ""


@dataclass(frozen=True)
class Table:
    """`head` rows repeat on every page; a body row is split over two pages only if it
    needs more than the share `splits_from` of what a page leaves under the head. The
    column widths add up to the width of the text."""

    columns: tuple[Column, ...]
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    ref: str = ""
    splits_from: float = 1.0


@dataclass(frozen=True)
class CheckMark:
    """What leads from the paper to the page where it can be checked: small, at the foot of
    the first page, with `url` as a QR. `code` is the part people type or read aloud."""

    code: str
    url: str


Block = Heading | Paragraph | Table


@dataclass(frozen=True)
class Document:
    """One official text from letterhead to signature (Decree 30/2020, Mẫu 1.4).

    An annex (Mẫu 2.1) has no letterhead: `annex_note` under its title names the text it
    goes with, and `signed_at` puts place and date above the last signature."""

    letterhead: Letterhead | None
    title: str  # tên loại, in capitals: "KẾ HOẠCH"
    subject: str  # trích yếu, lower case; may have several lines
    blocks: tuple[Block, ...]
    bases: tuple[str, ...] = ()  # căn cứ, one paragraph each (B01)
    addressees: tuple[str, ...] = ()  # Kính gửi (R02)
    recipients: tuple[str, ...] = ()  # Nơi nhận, without bullet and final mark (R01)
    signatures: tuple[Signature, ...] = field(default=())
    orientation: Orientation = Orientation.LANDSCAPE
    annex_note: str = ""  # "(Kèm theo Kế hoạch số …)" (A01)
    signed_at: str = ""  # "Bình An, ngày 18 tháng 5 năm 2022"
    check_mark: CheckMark | None = None
