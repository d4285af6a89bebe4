"""The served site: requests take turns where they share a connection to the database, and
none is under way any more when a test has ended."""

from contextlib import nullcontext
from http.client import HTTPConnection
from threading import Condition, Lock

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connection
from django.test.testcases import LiveServerThread

# Seconds until the connections of closed browsers are given up: they end at once.
PATIENCE = 60
_TURN = Lock()


class InTurn(StaticFilesHandler):
    """The SQLite of the tests lives in memory, one connection for all threads of the
    server, which must not begin a transaction inside another's: requests wait their turn.
    On a database of its own nobody waits."""

    def __call__(self, environ, start_response):
        is_shared = connection.vendor == "sqlite" and connection.is_in_memory_db()
        with _TURN if is_shared else nullcontext():
            return super().__call__(environ, start_response)


class CountingServer(ThreadedWSGIServer):
    """Knows how many connections are open; on each of them requests may come."""

    def __init__(self, *args, **kwargs):
        self.open_count = 0
        self.changed = Condition()
        super().__init__(*args, **kwargs)

    def process_request(self, request, client_address):
        with self.changed:
            self.open_count += 1
        super().process_request(request, client_address)

    def process_request_thread(self, request, client_address):
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self.changed:
                self.open_count -= 1
                self.changed.notify_all()

    def wait_until_quiet(self):
        """Until every connection has ended. Raises AssertionError if one does not."""
        with self.changed:
            is_quiet = self.changed.wait_for(lambda: not self.open_count, PATIENCE)
        assert is_quiet, f"{self.open_count} connections are still open"


class CountingThread(LiveServerThread):
    server_class = CountingServer

    def settle(self):
        """Wait until nothing is asked any more, once all browsers are closed."""
        # Whoever knocked before this is inside afterwards, and counted.
        knock = HTTPConnection(self.host, self.port, timeout=PATIENCE)
        knock.request("GET", "/song/")
        knock.getresponse().read()
        knock.close()
        self.httpd.wait_until_quiet()
