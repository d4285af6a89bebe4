"""How often an address may ask a page that needs no sign-in. Whose address it is, behind a
proxy too, is told by allauth, which counts tries to sign in."""

from functools import wraps

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.shortcuts import render


def limited(scope, *, times, seconds):
    """A view that answers 429 from the `times`+1st request of one address within `seconds`
    on. Every process counts for itself unless CACHE_URL names a common cache."""

    def wrap(view):
        @wraps(view)
        def counted(request, *args, **kwargs):
            key = f"limit-{scope}-{get_adapter().get_client_ip(request)}"
            cache.add(key, 0, seconds)
            try:
                count = cache.incr(key)
            except ValueError:  # it ran out in between
                count = 1
            if count <= times:
                return view(request, *args, **kwargs)
            response = render(request, "429.html", status=429)
            response["Retry-After"] = seconds
            return response

        return counted

    return wrap
