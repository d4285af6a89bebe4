"""Somebody at a browser of their own, and whatever the browser complains about."""

from contextlib import contextmanager

from django.conf import settings

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
# Milliseconds. A page takes a few hundred, but not on a machine that is busy with others.
PATIENCE = 60_000


class Visitor:
    """A person's browser window. `faults` gathers what must not happen on any page:
    errors in the console (a breach of the content security policy is one), exceptions,
    requests that fail or are refused."""

    def __init__(self, browser, address, **options):
        # Without motion a click need not wait until the page has scrolled smoothly.
        basis = {"viewport": DESK, "locale": "vi-VN", "reduced_motion": "reduce"}
        options = basis | options
        self.address = address
        self.context = browser.new_context(base_url=address, **options)
        self.context.set_default_timeout(PATIENCE)
        self.faults = []
        self.context.on("console", self._console)
        self.context.on("weberror", lambda error: self.faults.append(str(error.error)))
        self.context.on("requestfailed", self._failed)
        self.context.on("response", self._answered)
        self.page = self.context.new_page()

    def _console(self, message):
        if message.type in ("error", "warning"):
            self.faults.append(f"{message.type}: {message.text} at {message.location}")

    def _failed(self, request):
        # The browser itself drops what a page still loads when one leaves it, and the
        # navigation that turns out to be a download.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"{request.failure}: {request.url}")

    def _answered(self, response):
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")

    def take_faults(self):
        """The faults so far, told once."""
        taken, self.faults[:] = list(self.faults), []
        return taken

    @contextmanager
    def refusal(self, status):
        """Inside, a request is meant to be answered with `status`; elsewhere that is a
        fault. Chromium writes such an answer into the console too."""
        before = len(self.faults)
        yield
        refused, self.faults[before:] = self.faults[before:], []
        expected = [fault for fault in refused if fault.startswith(f"{status}: ")]
        assert expected, f"nothing was refused with {status}: {refused}"
        self.faults += [fault for fault in refused if str(status) not in fault]

    def take_session(self, key):
        """Go on with a session that was begun elsewhere."""
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": key}
        self.context.add_cookies([cookie | {"url": self.address}])

    def sign_in(self, user, password):
        self.page.goto("/")
        self.page.get_by_label("E-mail").fill(user.email)
        self.page.get_by_label("Mật khẩu").fill(password)
        self.page.get_by_role("button", name="Đăng nhập").click()
        self.page.get_by_role("heading", level=1, name="Việc cần làm").wait_for()
