"""WeasyPrint, as we use it: no address is followed, fonts are looked up once."""

from contextlib import contextmanager
from functools import cache, lru_cache
from threading import Lock

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

# Each configuration of fonts costs memory that is never given back, so all exports
# share one; Pango must not use it from two threads at a time.
_LOCK = Lock()


class PaperFetcher(URLFetcher):
    """Lets `data:` URIs through and refuses every other address.

    Texts of users end up on the paper; without this a stray address could read files
    of the server or reach into its network. The refusal stops the export: WeasyPrint
    would only log an ordinary exception and print on.
    """

    def fetch(self, url, headers=None):
        if not url.lower().startswith("data:"):
            raise FatalURLFetchingError(f"Address not allowed on paper: {url}")
        return super().fetch(url, headers)


class PaperAddressError(ValueError):
    """The page asks for something outside itself."""


def pdf_bytes(html: str, css: str = "", **options) -> bytes:
    with _at_work():
        return _typeset(html, css).write_pdf(**options)


def ids_by_page(html: str, css: str = "") -> tuple[frozenset[str], ...]:
    """For each page the ids of the elements that stand on it."""
    with _at_work():
        return tuple(frozenset(page.anchors) for page in _typeset(html, css).pages)


@contextmanager
def _at_work():
    try:
        with _LOCK:
            yield
    except FatalURLFetchingError as error:
        # A BaseException: it would pass every handler of the app.
        raise PaperAddressError(str(error)) from error


def _typeset(html: str, css: str):
    # Without some base, relative addresses would be skipped in silence.
    page = HTML(string=html, url_fetcher=PaperFetcher(), base_url="paper:")
    return page.render(font_config=_fonts(), stylesheets=[_parsed(css)])


@lru_cache(maxsize=4)
def _parsed(css: str) -> CSS:
    """Half of the time that a page of text takes."""
    return CSS(string=css, url_fetcher=PaperFetcher(), font_config=_fonts())


@cache
def _fonts() -> FontConfiguration:
    return FontConfiguration()
