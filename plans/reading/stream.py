"""What a file says, free of its format: paragraphs and grids in the order of the paper.
Every piece knows its place, for messages."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from qualityplan.text import clean


@dataclass(frozen=True)
class Para:
    """One line of text. `column` tells lines apart that stand side by side (None: the
    line has the page to itself)."""

    text: str
    place: str
    column: int | None = None


@dataclass(frozen=True)
class Aside(Para):
    """What stands beside the text: a note, a comment, hidden words. No line of the paper,
    so it is told and never put anywhere."""


@dataclass(frozen=True)
class Remark:
    """What could not be read, said to the user; no text of the file."""

    message: str
    place: str


@dataclass(frozen=True)
class Cell:
    """A cell of a grid, merged ones resolved: `above` is the text of the cell that this
    one continues downwards, None where it does not."""

    text: str
    column: int
    span: int = 1
    above: str | None = None
    blocks: tuple = ()  # what it holds, where that is more than text: nested grids

    @property
    def stop(self):
        return self.column + self.span


@dataclass(frozen=True)
class Row:
    cells: tuple[Cell, ...]
    place: str
    is_short: bool = False  # ends before the grid does

    @property
    def filled(self):
        return [cell for cell in self.cells if cell.text]


@dataclass(frozen=True)
class Grid:
    rows: tuple[Row, ...]
    place: str
    width: int = field(default=0)


# Drawn by nothing: what they part is one word to people.
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
# Pictures of the fonts Wingdings and Symbol, which are letters of no other font.
_PICTURES = {
    0xF02D: "-",
    0xF06F: "□",
    0xF071: "□",
    0xF0A8: "□",
    0xF076: "•",
    0xF0A7: "•",
    0xF0B7: "•",
    0xF0D8: "•",
    0xF0E0: "→",
    0xF0E8: "→",
    0xF0FB: "✗",
    0xF0FC: "✓",
    0xF0FD: "☒",
    0xF0FE: "☑",
}


def tidy(text):
    """`text` in NFC, each line with single blanks, without empty lines."""
    text = text.translate(_PICTURES)
    lines = (" ".join(line.split()) for line in clean(text).split("\n"))
    return "\n".join(line for line in lines if line)


def one_line(text):
    return " ".join(tidy(text).split())


def texts(blocks) -> Iterator[str]:
    """Every text of the stream, once."""
    for block in blocks:
        if isinstance(block, Para):
            yield block.text
        elif isinstance(block, Grid):
            for row in block.rows:
                yield from (cell.text for cell in row.cells)
