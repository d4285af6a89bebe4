"""Where on the page a signature and a seal stand (decree 30/2020: S05, E03, E04).

Our own PDFs carry two named destinations for each room to sign in (`markup_pieces`);
in a PDF without them the place is at the bottom right of the last page. All measures
here are PDF points from the bottom left corner of the page.
"""

from dataclasses import dataclass
from itertools import islice

from pyhanko.pdf_utils import generic, misc
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields

from reports.official import measures
from reports.signatures.pdf_objects import pages, value

POINTS_PER_MM = 72 / 25.4
SIGNATURE_MM = (50, 20)  # widest and highest, within the room of 24 mm
SEAL_MM = 36  # across, where the caller does not know the seal's own size
SMALLEST_SEAL_MM, LARGEST_SEAL_MM = 15, 50
SEAL_COVERS = 1 / 3  # of the signature, on its left (S05)

_ROOM_MM = (90, measures.SIGNING_MM)
_MARGIN_MM = (measures.MARGIN_RIGHT_MM, measures.MARGIN_BOTTOM_MM)
_MOST_NAMES = 20_000  # destinations to look through; our longest year has about 2,000
_LARGEST_SIGNATURE_MM = 80  # a wider field of another program is no handwriting


@dataclass(frozen=True)
class Place:
    """A rectangle on a page, counted from 0."""

    page: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def box(self) -> tuple[int, int, int, int]:
        """In whole points, as fields are placed; a third of a millimetre."""
        sides = (self.left, self.bottom, self.right, self.top)
        return tuple(round(side) for side in sides)

    def around_middle(self, width: float, height: float) -> "Place":
        """Of that size, its middle where the middle of this one is."""
        left = (self.left + self.right - width) / 2
        bottom = (self.bottom + self.top - height) / 2
        return Place(self.page, left, bottom, left + width, bottom + height)


def person_place(reader: PdfFileReader, shape: float, signatory: int | None) -> Place:
    """For the image of a handwritten signature, `shape` = width / height: in the middle
    between position and name (E03). `signatory`: which room, from 0; None: the last."""
    width, height = (each * POINTS_PER_MM for each in SIGNATURE_MM)
    if shape > width / height:
        height = width / shape
    else:
        width = height * shape
    return _room(reader, signatory).around_middle(width, height)


def seal_place(
    reader: PdfFileReader, width_mm: float, shape: float, signatory: int | None
) -> Place:
    """For the image of a seal in its own size: over the left third of the person's
    signature, level with it (E04); where nobody signed visibly, of where he would."""
    signature = _signature_in(reader, signatory)
    width = width_mm * POINTS_PER_MM
    right = signature.left + signature.width * SEAL_COVERS
    middle = (signature.bottom + signature.top) / 2
    height = width / shape
    seal = Place(
        signature.page, right - width, middle - height / 2, right, middle + height / 2
    )
    return _inside(seal, _page_place(reader, seal.page))


def _signature_in(reader: PdfFileReader, signatory: int | None) -> Place:
    width, height = (each * POINTS_PER_MM for each in SIGNATURE_MM)
    room = _room(reader, signatory)
    places = list(_signed_places(reader))
    if signatory is not None:
        # Several people signed: the seal goes to the one whose room was named.
        places = [each for each in places if _touch(each, room)]
    return places[-1] if places else room.around_middle(width, height)


def _touch(one: Place, other: Place) -> bool:
    return (
        one.page == other.page
        and one.left < other.right
        and other.left < one.right
        and one.bottom < other.top
        and other.bottom < one.top
    )


def _signed_places(reader: PdfFileReader):
    """The visible fields that are signed already, unless too wide for handwriting."""
    numbers = _page_numbers(reader)
    for _, _, reference in enumerate_sig_fields(reader, filled_status=True):
        field = reference.get_object()
        page = field.raw_get("/P") if "/P" in field else None
        number = numbers.get(getattr(page, "idnum", None))
        box = value(field, "/Rect") or ()
        if number is None or len(box) != 4:
            continue
        place = _place(number, *(float(side.get_object()) for side in box))
        if 0 < place.width <= _LARGEST_SIGNATURE_MM * POINTS_PER_MM:
            yield place


def _room(reader: PdfFileReader, signatory: int | None) -> Place:
    rooms = _rooms(reader)
    if not rooms:
        return _bottom_right(reader)
    if signatory is None:
        return rooms[max(rooms)]
    return rooms.get(signatory) or rooms[max(rooms)]


def _rooms(reader: PdfFileReader) -> dict[int, Place]:
    """The rooms to sign in, by number."""
    corners = _corners(reader)
    rooms = {}
    for name, (page, left, top) in corners.items():
        number = name.removeprefix("paper-signing-")
        end = corners.get(f"{name}-end")
        if number.isdigit() and end and end[0] == page:
            rooms[int(number)] = _place(page, left, end[2], end[1], top)
    return rooms


def _corners(reader: PdfFileReader) -> dict[str, tuple[int, float, float]]:
    """Page, x and y of the destinations that mark rooms to sign in."""
    numbers = _page_numbers(reader)
    try:
        names = reader.root["/Names"]["/Dests"]["/Names"]
    except (KeyError, TypeError, misc.PdfError):
        return {}
    pairs = zip(islice(names, 0, _MOST_NAMES, 2), _targets(names), strict=False)
    return {
        str(name): (
            numbers[target.raw_get(0).idnum],
            float(target[2]),
            float(target[3]),
        )
        for name, target in pairs
        if str(name).startswith("paper-signing-")
        and getattr(target.raw_get(0), "idnum", None) in numbers
    }


def _targets(names: generic.ArrayObject):
    return (each.get_object() for each in islice(names, 1, _MOST_NAMES, 2))


def _bottom_right(reader: PdfFileReader) -> Place:
    page = len(_page_numbers(reader)) - 1
    paper = _page_place(reader, page)
    width, height = (each * POINTS_PER_MM for each in _ROOM_MM)
    right = paper.right - _MARGIN_MM[0] * POINTS_PER_MM
    bottom = paper.bottom + _MARGIN_MM[1] * POINTS_PER_MM
    return Place(page, right - width, bottom, right, bottom + height)


def _inside(place: Place, paper: Place) -> Place:
    """Moved just so far that all of it is on the paper."""
    across = max(paper.left - place.left, 0) - max(place.right - paper.right, 0)
    along = max(paper.bottom - place.bottom, 0) - max(place.top - paper.top, 0)
    return Place(
        place.page,
        place.left + across,
        place.bottom + along,
        place.right + across,
        place.top + along,
    )


def _page_numbers(reader: PdfFileReader) -> dict[int, int]:
    """The number of each page from 0, by the number of its object."""
    found = pages(reader.root["/Pages"])
    return {identifier: number for number, (identifier, _) in enumerate(found)}


def _page_place(reader: PdfFileReader, page: int) -> Place:
    """The whole page."""
    node = next(islice(pages(reader.root["/Pages"]), page, None))[1]
    while "/MediaBox" not in node:
        node = node["/Parent"]
    sides = (float(side.get_object()) for side in node["/MediaBox"])
    return _place(page, *sides)


def _place(page: int, x1: float, y1: float, x2: float, y2: float) -> Place:
    return Place(page, min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
