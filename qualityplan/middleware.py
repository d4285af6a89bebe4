"""What every response of a signed-in person carries."""


class PrivatePagesMiddleware:
    """Keep pages of signed-in people out of caches shared with the next person at the
    same computer (ASVS V14.3.2). A view that sets its own Cache-Control wins."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response
