"""Reading the dictionaries of a PDF."""

from collections.abc import Iterator

from pyhanko.pdf_utils import generic

_DEEPEST = 30  # levels of a page tree; ours has one


def value(holder: generic.DictionaryObject, key: str):
    """What stands under `key`, references followed; None where nothing does."""
    # Unlike `holder.get`, which hands out the reference.
    return holder[key] if key in holder else None  # noqa: SIM401


def pages(
    node: generic.DictionaryObject, depth: int = 0
) -> Iterator[tuple[int, generic.DictionaryObject]]:
    """Below a node of the page tree: each page with the number of its object.

    Raises `ValueError` on a tree that is no tree.
    """
    if depth > _DEEPEST:
        raise ValueError("The page tree is too deep")
    for kid in node["/Kids"]:
        page = kid.get_object()
        if "/Kids" in page:
            yield from pages(page, depth + 1)
        else:
            yield kid.idnum, page
