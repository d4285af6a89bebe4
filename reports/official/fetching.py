"""What the PDF may load: nothing but what the page itself carries."""

from weasyprint.urls import FatalURLFetchingError, URLFetcher


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
