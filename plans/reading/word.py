"""The text of a Word file as people see it: tracked changes in their final state, merged
cells resolved, text boxes where they are anchored, without headers and footers."""

import re
from itertools import count

from lxml import etree

from plans.reading import packages, refusals
from plans.reading.asides import PARTS, asides_of, hidden_text, is_unseen
from plans.reading.numbering import Numbering
from plans.reading.refusals import DocumentRefused
from plans.reading.stream import Cell, Grid, Para, Row, tidy

# What is gone in the final state, what is no text, and what is drawn elsewhere.
_SKIPPED = frozenset(
    [
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "pPr",
        "rPr",
        "sectPr",
        "tblPr",
        "tblGrid",
        "trPr",
        "tcPr",
        "sdtPr",
        "sdtEndPr",
        "footnoteReference",
        "annotationRef",
        "rt",
    ]
)
_BREAKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_ROUND_ROWS = ("sdt", "sdtContent", "customXml", "ins", "moveTo")  # and cells
_MAIN_TYPES = ("/officeDocument", "/numbering", "/styles", *PARTS)


def read_word(content):
    """The blocks of the DOCX in `content`."""
    with packages.open_package(content) as package:
        main, parts = _parts(package)
        body = _parse(package, main).find("{*}body")
        if body is None:
            raise DocumentRefused(refusals.BROKEN)
        walker = _Walker(
            Numbering(
                _parse(package, parts.get("/numbering")),
                _parse(package, parts.get("/styles")),
            )
        )
        blocks = list(walker.blocks(body))
        blocks += hidden_text(body)
        for kind in PARTS:
            blocks += asides_of(kind, _parse(package, parts.get(kind)), walker.blocks)
    return blocks


def _parts(package):
    """The name of the main part, and its parts by the end of their relationship type."""
    main = _targets(package, "_rels/.rels", "").get("/officeDocument")
    if main is None or main not in package.namelist():
        raise DocumentRefused(refusals.BROKEN)
    folder, _, name = main.rpartition("/")
    prefix = f"{folder}/" if folder else ""
    found = _targets(package, f"{prefix}_rels/{name}.rels", prefix)
    names = set(package.namelist())
    return main, {kind: part for kind, part in found.items() if part in names}


def _targets(package, name, prefix):
    if name not in package.namelist():
        return {}
    found = {}
    for relation in _parse(package, name).iter("{*}Relationship"):
        kind, target = relation.get("Type", ""), relation.get("Target", "")
        for wanted in _MAIN_TYPES:
            if kind.endswith(wanted):
                is_absolute = target.startswith("/")
                found[wanted] = target[1:] if is_absolute else prefix + target
    return found


def _parse(package, name):
    """The root of the part `name`; None for no name."""
    if name is None:
        return None
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(packages.read_part(package, name), parser)
    except etree.XMLSyntaxError:
        raise DocumentRefused(refusals.BROKEN) from None


def local(element):
    return element.tag.rpartition("}")[2]


def value(element, path, name="val"):
    """The attribute `name` of the element at `path` below `element`, or None."""
    found = element.find(path) if element is not None else None
    if found is None:
        return None
    return next((v for k, v in found.items() if k.rpartition("}")[2] == name), "")


def _number(text, default):
    return int(text) if text and text.isdecimal() else default


class _Walker:
    """Goes through the body once; counts paragraphs and tables for their places."""

    def __init__(self, numbering):
        self.numbering = numbering
        self.paras, self.tables = count(1), count(1)
        self.carried, self.depth = "", 0

    def blocks(self, parent):
        outer, self.carried = self.carried, ""
        for child in self._children(parent):
            if local(child) == "p":
                yield from self._paragraph(child)
            else:
                yield from self._carried_lines()
                yield self._table(child, f"bảng {next(self.tables)}")
        # What was to run on does not leave its cell.
        yield from self._carried_lines()
        self.carried = outer

    def _children(self, parent):
        """The paragraphs and tables of `parent`, through everything that wraps them."""
        for child in parent:
            name = local(child)
            if name in ("p", "tbl"):
                yield child
            elif name == "AlternateContent":
                yield from self._children(_alternative(child))
            elif name not in _SKIPPED and not is_unseen(child):
                yield from self._children(child)

    def _paragraph(self, element):
        pieces, boxes = [], []
        _collect(element, pieces, boxes)
        self.carried += self.numbering.label(element) + "".join(pieces)
        if element.find("{*}pPr/{*}rPr/{*}del") is None:
            yield from self._carried_lines(is_paragraph=True)
        # Else the mark at its end is deleted: the text runs on in the next paragraph.
        for box in boxes:
            yield from self.blocks(box)

    def _carried_lines(self, *, is_paragraph=False):
        text, self.carried = self.carried, ""
        if text or is_paragraph:
            place = "trong bảng" if self.depth else f"đoạn {next(self.paras)}"
            yield from (Para(ln, place) for ln in text.split("\n") if ln.strip())

    def _table(self, element, place):
        rows, width, held = [], 0, {}
        for tr in self._named(element, "tr"):
            if tr.find("{*}trPr/{*}del") is not None:
                continue
            cells, column = self._cells(tr, held)
            width = max(width, column)
            rows.append((cells, column, f"{place}, dòng {len(rows) + 1}"))
        return Grid(
            tuple(
                Row(tuple(cells), where, column < width)
                for cells, column, where in rows
            ),
            place,
            width,
        )

    def _named(self, parent, wanted):
        for child in parent:
            name = local(child)
            if name == wanted:
                yield child
            elif name in _ROUND_ROWS and not is_unseen(child):
                yield from self._named(child, wanted)

    def _cells(self, tr, held):
        """The cells of a row and the column it ends in; `held` has the texts of the
        cells that may continue downwards, by column."""
        cells = []
        column = _number(value(tr, "{*}trPr/{*}gridBefore"), 0)
        for tc in self._named(tr, "tc"):
            properties = tc.find("{*}tcPr")
            if properties is not None and properties.find("{*}cellDel") is not None:
                continue
            span = max(1, min(_number(value(tc, "{*}tcPr/{*}gridSpan"), 1), 100))
            merge = value(tc, "{*}tcPr/{*}vMerge")
            self.depth += 1
            blocks = tuple(self.blocks(tc))
            self.depth -= 1
            text = tidy("\n".join(_flat(blocks)))
            above = None
            if merge is not None and merge != "restart":
                above = held.get(column, "")
            else:
                held[column] = text
            nested = blocks if any(isinstance(b, Grid) for b in blocks) else ()
            cells.append(Cell(text, column, span, above, nested))
            column += span
        return cells, column + _number(value(tr, "{*}trPr/{*}gridAfter"), 0)


def _flat(blocks):
    for block in blocks:
        if isinstance(block, Para):
            yield block.text
            continue
        for row in block.rows:
            yield from (cell.text for cell in row.filled)


def _alternative(element):
    """The newer of two ways to draw the same thing."""
    choice = element.find("{*}Choice")
    return choice if choice is not None else element.find("{*}Fallback")


def _collect(element, pieces, boxes):
    """The visible text below `element` into `pieces`, its text boxes into `boxes`."""
    for child in element:
        name = local(child)
        if name in _BREAKS or name in ("t", "sym"):
            pieces.append(_piece(child, name))
        elif name == "txbxContent":
            boxes.append(child)
        elif name == "AlternateContent":
            chosen = _alternative(child)
            if chosen is not None:
                _collect(chosen, pieces, boxes)
        elif name not in _SKIPPED and not is_unseen(child):
            _collect(child, pieces, boxes)


def _piece(element, name):
    """The text of a leaf; a letter of a font of pictures as `tidy` knows it."""
    if name == "t":
        return element.text or ""
    if name in _BREAKS:
        return _BREAKS[name]
    code = value(element, ".", "char") or ""
    return chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{4}", code) else ""
