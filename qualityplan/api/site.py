"""The API as a whole: who asks, how often, and what a refusal looks like."""

from django.contrib.auth.decorators import login_not_required
from ninja import NinjaAPI
from ninja.security import HttpBearer
from ninja.throttling import AuthRateThrottle

from qualityplan.api.documents import router as documents
from qualityplan.api.plans import router as plans
from qualityplan.api.schools import router as schools
from schools.api_tokens import owner_of


class TokenAuth(HttpBearer):
    """`Authorization: Bearer qp_…`; the request is then that person's, with no session."""

    def authenticate(self, request, token):
        user = owner_of(token)
        if user is not None:
            request.user = user
        return user


# Each person; a secret of 256 bits need not be guarded against guessing.
often = AuthRateThrottle("300/m")

api = NinjaAPI(
    title="qualityplan",
    version="1",
    description="Dữ liệu cải tiến chất lượng giáo dục, chỉ đọc. Mỗi mã truy cập đọc được "
    "đúng những gì chủ của nó xem được trên trang.",
    docs_url=None,  # its page would load scripts from elsewhere
    auth=TokenAuth(),
    throttle=[often],
    urls_namespace="api",
)
api.add_router("", schools)
api.add_router("", plans)
api.add_router("", documents)


def urls():
    """What `path("api/v1/", ...)` takes. Sign-in by session is not asked for: the token is."""
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        pattern.callback = login_not_required(pattern.callback)
    return patterns, app_name, namespace
