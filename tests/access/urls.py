"""The named URLs of the site, and those that other tests ask for."""

from django.urls import URLPattern, get_resolver

# Asked by token, not by session: tests/api/test_access.py.
API = {
    f"api:{name}"
    for name in (
        "openapi-json",
        "api-root",
        "schools",
        "school",
        "school-years",
        "plans",
        "plan",
        "results",
        "result",
        "inspections",
        "documents",
        "document-file",
        "document-signed-file",
    )
}
# Open to everybody, signed in or not: tests/reports/test_checking.py.
PUBLIC = {
    "reports:check-start",
    "reports:check",
    "reports:public-page",
    "reports:public-download",
}
# Pages of people who have not signed in, of allauth: tests/access/test_sign_in.py.
SIGN_IN = {
    "alive",
    "invitation",  # tests/schools/test_inviting.py
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}
ELSEWHERE = API | PUBLIC | SIGN_IN


def url_names(patterns=None, namespace=""):
    """Every named URL of the site, but those of the administration."""
    for pattern in patterns or get_resolver().url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        elif pattern.namespace != "admin":
            inner = f"{pattern.namespace}:" if pattern.namespace else namespace
            yield from url_names(pattern.url_patterns, inner)
