"""A document as HTML: the sheet of the preview, its pages, and the page for the PDF."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from reports.official.check_mark import check_mark_html
from reports.official.document import Document
from reports.official.markup_pieces import Link, Piece, TablePiece, pieces
from reports.official.stylesheet import paper_css
from reports.official.typesetting import ids_by_page
from reports.official.wording import one_line

# A browser's own margin would come on top of that of the paper.
_PAGE_CSS = "body { margin: 0; }\n"
_CONTINUED = '<p class="paper-continued">(tiếp theo trang trước)</p>'


@dataclass(frozen=True)
class Page:
    """One page of the PDF, as HTML for the screen."""

    number: int
    html: str


def sheet_html(document: Document, link: Link | None = None) -> str:
    """The whole text on one endless sheet, without page breaks."""
    content = "".join(
        part.html(part.rows) if isinstance(part, TablePiece) else part.html
        for part in pieces(document, link)
    )
    return _sheet(document, check_mark_html(document) + content, "paper-endless")


def page_html(document: Document) -> str:
    """A page that needs nothing else, for a saved HTML file."""
    return _page(document, f"<style>{page_css()}</style>")


def bare_page_html(document: Document) -> str:
    """The page for the PDF, to be set with `page_css`."""
    return _page(document, "")


def page_css() -> str:
    return f"{_PAGE_CSS}{paper_css()}"


def _page(document: Document, style: str) -> str:
    return (
        '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">'
        f"<title>{escape(document_title(document))}</title>{style}</head>"
        f"<body>{sheet_html(document)}</body></html>"
    )


def document_title(document: Document) -> str:
    return one_line(f"{document.title} {document.subject}")


def paginated(document: Document, link: Link | None = None) -> tuple[Page, ...]:
    """The pages as the PDF breaks them, each a sheet of its own.

    A paragraph that runs over two pages is shown on the first of them.
    """
    parts = pieces(document, link)
    seen: set[str] = set()
    sheets = []
    places = ids_by_page(bare_page_html(document), page_css())
    for number, here in enumerate(places, start=1):
        content = _content(parts, here - seen) or _CONTINUED
        seen |= here
        mark = f'<p class="page-number">{number}</p>' if number > 1 else ""
        mark = mark or check_mark_html(document)
        sheets.append(Page(number, _sheet(document, mark + content)))
    return tuple(sheets)


def _content(parts: Iterable[Piece | TablePiece], names: set[str]) -> str:
    html = []
    for part in parts:
        if isinstance(part, TablePiece):
            rows = tuple(row for row in part.rows if row.id in names)
            html.append(part.html(rows) if rows else "")
        elif part.id in names:
            html.append(part.html)
    return "".join(html)


def _sheet(document: Document, content: str, *names: str) -> str:
    style = " ".join(("paper", f"paper-{document.orientation}", *names))
    return f'<article class="{style}" lang="vi">{content}</article>'
