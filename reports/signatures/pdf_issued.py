"""Whether the first signature of a PDF was put on what was issued.

That the file begins with the issued bytes is not enough: an update after them may give a
page another text before anybody signs. So every object of the issued file that was
written anew is looked at; only what a field to sign in needs may differ.
"""

import io
from collections.abc import Iterator

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields

from reports.signatures.pdf_objects import pages, value

# Keys of the catalogue that signing adds or changes: the form, proofs of validity, the
# version of PDF they need.
_OF_CATALOGUE = {"/AcroForm", "/DSS", "/Extensions", "/Version", "/Metadata"}
_OF_PAGE = {"/Annots"}  # each looked at by itself


def is_altered(reader: PdfFileReader, issued: bytes, signed_revision: int) -> bool:
    """Whether the file shows anything but `issued`, which it begins with, and signatures
    in the revision of its first signature."""
    base = PdfFileReader(io.BytesIO(issued)).xrefs.total_revisions - 1
    old = reader.get_historical_resolver(base)
    for revision in range(base + 1, signed_revision + 1):
        new = reader.get_historical_resolver(revision)
        if any(_differs(ref, old, new) for ref in _rewritten(reader, old, new)):
            return True
        if _has_strange_form(new) or _has_strange_annotations(new):
            return True
    return False


def _rewritten(
    reader: PdfFileReader, old: HistoricalResolver, new: HistoricalResolver
) -> Iterator[generic.Reference]:
    """The objects of the issued file that this revision writes anew, or drops."""
    for ref in new.explicit_refs_in_revision() | new.refs_freed_in_revision():
        if reader.xrefs.get_historical_ref(ref, old.revision) is not None:
            yield ref


def _differs(
    ref: generic.Reference, old: HistoricalResolver, new: HistoricalResolver
) -> bool:
    before, after = old(ref), new(ref)
    if _written(before) == _written(after):
        return False
    if ref == old.trailer_view.raw_get("/Info").reference:
        return False  # title and dates of the file, nothing on the paper
    free = _free_keys(ref, before, old)
    if not free or not isinstance(after, generic.DictionaryObject):
        return True
    keys = (set(before) | set(after)) - free
    return any(_value(before, key) != _value(after, key) for key in keys)


def _free_keys(
    ref: generic.Reference, before: generic.PdfObject, old: HistoricalResolver
) -> set[str]:
    if ref == old.root_ref:
        return _OF_CATALOGUE
    is_page = isinstance(before, generic.DictionaryObject) and (
        value(before, "/Type") == "/Page"
    )
    return _OF_PAGE if is_page else set()


def _has_strange_form(new: HistoricalResolver) -> bool:
    """A form with anything but fields to sign in."""
    form = value(new.root, "/AcroForm")
    if form is None:
        return False
    if "/XFA" in form:
        return True
    signing = {field.reference for _, _, field in enumerate_sig_fields(new)}
    return {each.reference for each in form["/Fields"]} != signing


def _has_strange_annotations(new: HistoricalResolver) -> bool:
    """Anything on a page that belongs to no field to sign in."""
    widgets = set()
    for _, _, field in enumerate_sig_fields(new):
        kids = value(field.get_object(), "/Kids") or ()
        widgets |= {field.reference, *(kid.reference for kid in kids)}
    return any(
        getattr(each, "reference", None) not in widgets
        for _, page in pages(new.root["/Pages"])
        for each in value(page, "/Annots") or ()
    )


def _value(holder: generic.DictionaryObject, key: str) -> bytes | None:
    return _written(holder.raw_get(key)) if key in holder else None


def _written(value: generic.PdfObject) -> bytes:
    target = io.BytesIO()
    value.write_to_stream(target)
    return target.getvalue()
