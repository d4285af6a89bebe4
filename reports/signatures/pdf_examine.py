"""Every signature of a PDF, and what was done to the file around them.

Works in this process and trusts pyHanko to come back: files of strangers go through
`pdf_verify`, which runs this in a child with limits.
"""

import io
import re
from collections.abc import Iterator
from datetime import datetime

from pyhanko.pdf_utils import generic, misc
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from reports.signatures.pdf_issued import is_altered
from reports.signatures.pdf_objects import value
from reports.signatures.pdf_one import Examined, examined, unreadable
from reports.signatures.trust import TrustList
from reports.signatures.verdict import FileVerdict, Problem

MOST_SIGNATURES = 20
MOST_REVISIONS = 60  # a signature, its proofs and a time stamp are three
MOST_OBJECTS = 200_000
# A sixth of an A4 page. A seal takes 1,300 mm², the widest signature text of the usual
# programs 4,000; a picture of half a page could print over what others signed.
LARGEST_PICTURE_MM2 = 210 * 297 / 6

# What says already that more was done to the file than sign it.
_ABOUT_CONTENT = {
    Problem.CHANGED,
    Problem.FORGED,
    Problem.PARTIAL,
    Problem.TEXT_ADDED,
    Problem.UNREADABLE_SIGNATURE,
}
_MM2 = (25.4 / 72) ** 2
# What draws the frame of a field, in the operators of PDF; many boxes make letters.
_OF_FRAMES = frozenset(b"q Q re f F S s n W w g G rg RG k K d".split())
_MOST_BOXES = 4
_OPERATOR = re.compile(rb"[A-Za-z'\"*]+")


def examine_pdf(
    pdf: bytes, *, trust: TrustList, issued: bytes | None, at: datetime
) -> FileVerdict:
    """The verdict on `pdf`; see `pdf_verify.verify_pdf`.

    May raise anything on a file made to break parsers.
    """
    is_issued = None if issued is None else pdf.startswith(issued)
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        if reader.encrypted:
            return _refused(Problem.ENCRYPTED, is_issued)
        if _is_too_much(reader):
            return _refused(Problem.TOO_COMPLEX, is_issued)
        fields = list(enumerate_sig_fields(reader, filled_status=True))
    except (misc.PdfError, KeyError, ValueError, TypeError, AttributeError):
        return _refused(Problem.DAMAGED, is_issued)
    if not fields:
        return _refused(Problem.NO_SIGNATURE, is_issued)
    if len(fields) > MOST_SIGNATURES:
        return _refused(Problem.TOO_COMPLEX, is_issued)
    found = _in_order([_examined(reader, each, trust, at) for each in fields])
    problems = [*_of_issued(reader, issued, is_issued, found), *_around(reader, found)]
    verdicts = tuple(each.verdict for each in found if each.verdict)
    if not verdicts:
        problems.append(Problem.NO_SIGNATURE)  # nothing but time stamps
    return FileVerdict(verdicts, is_issued, tuple(problems))


def _refused(problem: Problem, is_issued: bool | None) -> FileVerdict:
    return FileVerdict((), is_issued, (problem,))


def _is_too_much(reader: PdfFileReader) -> bool:
    return (
        reader.xrefs.total_revisions > MOST_REVISIONS
        or int(reader.trailer["/Size"]) > MOST_OBJECTS
    )


def _examined(reader: PdfFileReader, field, trust: TrustList, at: datetime) -> Examined:
    name, _, reference = field
    try:
        embedded = EmbeddedPdfSignature(reader, reference, name)
        return examined(embedded, trust, at)
    except (
        misc.PdfError,
        AssertionError,  # of pyHanko, about the shape of the dictionary
        AttributeError,
        KeyError,
        TypeError,
        ValueError,
    ):
        return unreadable()


def _in_order(found: list[Examined]) -> list[Examined]:
    return sorted(found, key=lambda each: each.revision)


def _of_issued(
    reader: PdfFileReader,
    issued: bytes | None,
    is_issued: bool | None,
    found: list[Examined],
) -> list[Problem]:
    """Whether what was signed shows what was issued: the same bytes first, and between
    them and the first signature nothing but the field to sign in."""
    if issued is None:
        return []
    if not is_issued:
        return [Problem.OTHER_DOCUMENT]
    last = reader.xrefs.total_revisions - 1
    # Of somebody: a time stamp may stand before the text that was slipped in.
    first = min([each.revision for each in found if each.verdict], default=last)
    if is_altered(reader, issued, min(first, last)):
        return [Problem.ALTERED_BEFORE]
    return []


def _around(reader: PdfFileReader, found: list[Examined]) -> list[Problem]:
    """What is wrong with the file rather than with one signature in it."""
    problems = [each.file_problem for each in found if each.file_problem]
    verdicts = [each.verdict for each in found if each.verdict]
    is_told = any(_ABOUT_CONTENT & set(each.problems) for each in verdicts)
    if not is_told and _has_unsigned_end(reader, found):
        problems.append(Problem.ADDED_AFTERWARDS)
    if any(area > LARGEST_PICTURE_MM2 for area in _picture_areas(reader)):
        problems.append(Problem.COVERING_PICTURE)
    if any(_shows_something(widget) for widget in _widgets(reader, is_signed=False)):
        problems.append(Problem.SHOWN_UNSIGNED)
    return problems


def _has_unsigned_end(reader: PdfFileReader, found: list[Examined]) -> bool:
    """Whether after the last signature stands more than proofs of validity. A field to
    sign in is not one of them: it may show any text."""
    if not any(each.covers_whole_file for each in found):
        return True
    last = reader.get_historical_resolver(found[-1].revision)
    return len(list(enumerate_sig_fields(last))) != len(
        list(enumerate_sig_fields(reader))
    )


def _picture_areas(reader: PdfFileReader) -> Iterator[float]:
    """Of every field to sign in, empty or signed, in square millimetres."""
    for widget in _widgets(reader):
        sides = value(widget, "/Rect") or ()
        box = [float(side.get_object()) for side in sides]
        if len(box) == 4:
            yield abs((box[2] - box[0]) * (box[3] - box[1])) * _MM2


def _widgets(
    reader: PdfFileReader, is_signed: bool | None = None
) -> Iterator[generic.DictionaryObject]:
    """What fields to sign in show on the page; None means signed and unsigned ones."""
    for _, _, reference in enumerate_sig_fields(reader, filled_status=is_signed):
        field = reference.get_object()
        yield from (
            each.get_object() for each in (field, *(value(field, "/Kids") or ()))
        )


def _shows_something(widget: generic.DictionaryObject) -> bool:
    """A field that nobody has signed may be marked by a frame; a text in it would stand
    on the paper in nobody's name."""
    looks = value(widget, "/AP")
    shown = value(looks, "/N") if looks is not None else None
    if shown is None:
        return False
    if not isinstance(shown, generic.StreamObject):
        return True  # several looks to choose from: none of ours
    operators = _OPERATOR.findall(shown.data)
    return not _OF_FRAMES.issuperset(operators) or operators.count(b"re") > _MOST_BOXES
