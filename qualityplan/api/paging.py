from ninja.pagination import PageNumberPagination


class Pages(PageNumberPagination):
    """`?page=2`: a hundred entries each, with the `count` of all."""

    def __init__(self, page_size=100, **kwargs):
        super().__init__(page_size=page_size, **kwargs)
