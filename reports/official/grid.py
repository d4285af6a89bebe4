"""The columns of a sheet on which several tables of different columns stand."""

from dataclasses import dataclass
from itertools import accumulate, pairwise

from reports.official import measures
from reports.official.document import Document, Orientation, Table


@dataclass(frozen=True)
class Grid:
    """All the edges of all the tables, in millimetres from the left: a table's cell
    reaches over the grid columns between its own edges."""

    edges_mm: tuple[int, ...]

    @classmethod
    def of(cls, document: Document):
        width = measures.TEXT_WIDTH_MM[document.orientation]
        edges = {0, width}
        for block in document.blocks:
            if isinstance(block, Table):
                edges.update(_edges_mm(block, document.orientation))
        if len(edges) == 2:  # no table: room for two texts side by side
            edges.add(measures.LETTERHEAD_MM[document.orientation][0])
        return cls(tuple(sorted(edges)))

    @property
    def widths_mm(self):
        return tuple(right - left for left, right in pairwise(self.edges_mm))

    @property
    def count(self):
        return len(self.edges_mm) - 1

    def edges_of(self, table: Table, orientation: Orientation):
        """The places of the table's edges among the grid's."""
        return [self.edges_mm.index(edge) for edge in _edges_mm(table, orientation)]

    def middle(self, wanted_mm):
        """The grid column after which the right half begins, nearest to `wanted_mm`."""
        inner = range(1, self.count)
        return min(inner, key=lambda index: abs(self.edges_mm[index] - wanted_mm))


def _edges_mm(table, orientation):
    widths = measures.column_widths_mm(table, orientation)
    return list(accumulate(widths, initial=0))
