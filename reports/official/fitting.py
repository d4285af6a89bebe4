"""Columns as wide as their texts ask for.

The forms name the columns of their tables, not the widths. Those of a layout suit a usual
table; where one column stays empty and another holds half a page, they make a table of
many pages of which half is blank.
"""

from dataclasses import replace
from itertools import accumulate, chain, pairwise
from math import ceil, sqrt
from operator import itemgetter

from reports.official import measures
from reports.official.arrangement import cell_columns, heights_mm
from reports.official.document import Orientation, Table
from reports.official.lettering import bold_width_mm
from reports.official.wording import cell_lines

# The usual widths stay unless others save this share of the height.
_WORTH_IT = 0.1
_ROUNDS = 6
# How little a cell counts that is lower than the tallest of its row.
_STEEPNESS = 4
_PADDING_MM = 2 * measures.CELL_SIDE_MM
# Widths are rounded to whole millimetres, and programs round a letter's differently.
_SPARE_MM = 1.5


def fitted(table: Table, orientation=Orientation.LANDSCAPE) -> Table:
    """`table` with the widths, of the same sum, that make it shortest, if it takes more
    than a page and they save a tenth of its height; no word breaks that did not break
    before. The first column, of numbers, stays as it is."""
    usual = tuple(column.width_mm for column in table.columns)
    tried = tuple(_candidates(table, usual, measures.text_height_mm(orientation)))
    best, height = min(tried, key=itemgetter(1))
    if height >= (1 - _WORTH_IT) * tried[0][1]:
        return table
    columns = zip(table.columns, best, strict=True)
    return replace(
        table, columns=tuple(replace(each, width_mm=width) for each, width in columns)
    )


def _candidates(table, usual, room):
    """Widths and the height of the table in them, the usual ones first and alone if they
    take one page. Each round gives the room to the columns that make rows tall, as the
    square root of what they hold: the shortest table if those stay the tallest ones."""
    height, pages = _extent(table, usual, room)
    yield usual, height
    if pages == 1:
        return
    least = _least_mm(table, usual)
    head, body = _texts_mm(table.head, usual), _texts_mm(table.body, usual)
    widths = usual
    for _ in range(_ROUNDS):
        held = [
            of_body + of_head * pages
            for of_head, of_body in zip(
                _held(head, widths), _held(body, widths), strict=True
            )
        ]
        shared = _shared(sum(usual[1:]), [sqrt(each) for each in held[1:]], least[1:])
        # Half way: what is tallest changes with the widths.
        goal = (usual[0], *shared)
        widths = _whole([(a + b) / 2 for a, b in zip(widths, goal, strict=True)])
        height, pages = _extent(table, widths, room)
        yield widths, height


def _held(rows, widths):
    """How much text each column holds that makes its row tall."""
    held = [0.0] * len(widths)
    for row in rows:
        tallest = max(length / widths[column] for column, length in row)
        for column, length in row:
            held[column] += length * (length / widths[column] / tallest) ** _STEEPNESS
    return held


def _texts_mm(rows, widths):
    """For each row the columns with their texts' lengths, were they one line each; cells
    over several columns and empty rows left out."""
    size = measures.table_size_pt(len(widths))
    found = []
    for cells in _single_cells(rows, len(widths)):
        texts = [
            # A last line is half empty, as a rule.
            (
                column,
                sum(bold_width_mm(line, size) + widths[column] / 2 for line in text),
            )
            for column, cell in cells
            if column and (text := cell_lines(cell.text))
        ]
        if texts:
            found.append(texts)
    return found


def _least_mm(table, usual):
    """What the longest word of each column needs that fits the usual width at all."""
    size, count = measures.table_size_pt(len(usual)), len(usual)
    least = [0.0] * count
    rows = chain(_single_cells(table.head, count), _single_cells(table.body, count))
    for column, cell in chain.from_iterable(rows):
        for word in cell.text.split():
            needed = bold_width_mm(word, size) + _PADDING_MM + _SPARE_MM
            if least[column] < needed <= usual[column]:
                least[column] = needed
    return least


def _single_cells(rows, count):
    """For each row its cells of one column, with that column."""
    for cells in cell_columns(rows, count):
        yield [(column, cell) for column, cell in cells if cell.colspan == 1]


def _shared(room, shares, least):
    """`room` by `shares`, but to nobody less than the `least`."""
    given = list(least)
    free = set(range(len(shares)))
    while free:
        left = room - sum(
            given[index] for index in range(len(given)) if index not in free
        )
        total = sum(shares[index] for index in free)
        if not total:
            # Nothing to hold: the room goes to all alike.
            more = (room - sum(given)) / len(given)
            return [width + more for width in given]
        short = {i for i in free if left * shares[i] / total < least[i]}
        if not short:
            for index in free:
                given[index] = left * shares[index] / total
            return given
        free -= short
    return given


def _whole(widths):
    """Whole millimetres of the same sum."""
    edges = [round(edge) for edge in accumulate(widths, initial=0)]
    return tuple(right - left for left, right in pairwise(edges))


def _extent(table, widths, room):
    """The height of the table, the head on each of its pages, and how many these are."""
    head = sum(heights_mm(table.head, widths))
    body = sum(heights_mm(table.body, widths))
    pages = max(ceil(body / max(room - head, 1)), 1)
    return body + head * pages, pages
