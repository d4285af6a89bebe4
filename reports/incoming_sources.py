"""What a file says beside what was understood of it: the year file (`qualityplan/1` with
its `report`) and two members more, `source` and `places`. Asks no database."""

from plans.reading.assemble import Reading
from plans.reading.files import read_blocks
from plans.reading.stream import Grid, Para

# What is no part of a year file: for the screen on which a person compares.
SCREEN_ONLY = ("report", "source", "places")


def read_with_source(content):
    """The file in `content` as `plans.reading.files.read_content` has it, with

    - `source`: every line and every row of the file, each {"place", "texts"} in order;
    - `places`: {table: [[place, ...], ...]}, where each row that was read stands.

    Raises DocumentRefused."""
    blocks = read_blocks(content)
    reading = Reading(blocks)
    return reading.as_json() | {
        "source": [line for block in blocks for line in _lines(block)],
        "places": reading.places(),
    }


def _lines(block):
    if isinstance(block, Para):
        yield {"place": block.place, "texts": [block.text]}
    elif isinstance(block, Grid):
        for row in block.rows:
            texts = [cell.text for cell in row.filled]
            if texts:
                yield {"place": row.place, "texts": texts, "is_row": True}
            for cell in row.cells:
                for inner in cell.blocks:
                    if isinstance(inner, Grid):
                        yield from _lines(inner)
