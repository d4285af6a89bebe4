"""The editing grid: what people do in it, and a server that can be killed under it."""

import socket
from contextlib import suppress

from playwright.sync_api import expect

from schools.enums import Role
from tests.browser.case import BrowserTestCase
from tests.browser.serving import CountingServer, CountingThread
from tests.browser.visitor import Visitor
from tests.factories.plans import complete, make_plan

ROWS = "dong"
# What Chromium does when one pastes: an event with the clipboard's two faces.
_PASTE = """([html, text]) => {
    const data = new DataTransfer();
    if (html) data.setData("text/html", html);
    data.setData("text/plain", text);
    const options = { clipboardData: data, bubbles: true, cancelable: true };
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", options));
}"""


class GridCase(BrowserTestCase):
    """A principal in the grid of a draft with `rows` rows."""

    types_password = False
    first_year = 2026
    rows = 3

    def setUp(self):
        super().setUp()
        self.plan = complete(
            make_plan(self.first_year, school=self.school, rows=self.rows)
        )
        self.url = f"{self.plan.get_absolute_url()}luoi/"
        self.visitor = self.visit(self.principal)
        self.page = self.visitor.page
        open_grid(self.page, self.url)

    def colleague(self, name="Lê Thị Mai"):
        """Somebody else of the school, in the same grid."""
        user = self.person(Role.EDITOR, self.school, name)
        visitor = self.visit(user)
        open_grid(visitor.page, self.url)
        return visitor

    def stored(self, field="goal", table="rows"):
        return list(getattr(self.plan, table).values_list(field, flat=True))


class KillableServer(CountingServer):
    """Keeps hold of its connections, so that they die with it."""

    def __init__(self, *args, **kwargs):
        self.connections = []
        # It comes back at the same address.
        super().__init__(*args, **kwargs | {"allow_reuse_address": True})

    def get_request(self):
        connection, address = super().get_request()
        self.connections.append(connection)
        return connection, address


class ServerThread(CountingThread):
    server_class = KillableServer

    def kill(self):
        for client in self.httpd.connections:
            with suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)
        self.terminate()
        self.httpd.wait_until_quiet()


class KillableGridCase(GridCase):
    """The same grid on a server that `kill` and `revive` take away and bring back."""

    def setUp(self):
        self.thread = self.revive(port=0)
        self.port = self.thread.port
        super().setUp()

    def tearDown(self):
        super().tearDown()
        self.kill()

    def visit(self, user=None, **options):
        address = f"http://{self.host}:{self.port}"
        visitor = Visitor(self.browser, address, **options)
        self.visitors.append(visitor)
        self.let_in(visitor, user)
        return visitor

    def kill(self):
        if self.thread is not None:
            self.thread.kill()
        self.thread = None

    def revive(self, port=None):
        thread = ServerThread(
            self.host,
            self.static_handler,
            connections_override=self.server_thread.connections_override,
            port=self.port if port is None else port,
        )
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
        if thread.error:
            raise thread.error
        self.thread = thread
        return thread


def open_grid(page, url):
    page.goto(url)
    page.locator("#luoi[data-ready]").wait_for()


def rows(page, table=ROWS):
    return page.locator(f"table[data-table={table}] tr[data-line]")


def cell(page, number, field, table=ROWS):
    """The cell `field` of the row at `number` (from 1)."""
    return rows(page, table).nth(number - 1).locator(f"td[data-field={field}]")


def select(page, number, field, table=ROWS):
    """The cell has the focus, its text is not being edited."""
    place = cell(page, number, field, table)
    place.evaluate("(td) => td.focus()")
    expect(place).to_be_focused()
    return place


def write(page, number, field, text, table=ROWS, *, leave=True):
    """Type `text` at the end of a cell, key by key; Ctrl+Enter unless `leave` is false."""
    select(page, number, field, table)
    page.keyboard.press("F2")
    page.keyboard.type(text)
    if leave:
        page.keyboard.press("Control+Enter")
    return cell(page, number, field, table)


def state_is(page, state, words=""):
    place = page.locator("#trang-thai")
    expect(place).to_have_attribute("data-state", state)
    if words:
        expect(place).to_contain_text(words)


def saved(page):
    state_is(page, "saved", "Đã lưu lúc")


def paste(page, text, html=""):
    page.evaluate(_PASTE, [html, text])


def kept(page):
    """How many unsent cells lie in the browser's storage."""
    return page.evaluate(
        "Object.keys(localStorage).filter((key) => key.startsWith('soan:')).length"
    )
