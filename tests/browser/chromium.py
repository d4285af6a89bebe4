"""The machine's own Chromium."""

import os
import shutil
from contextlib import contextmanager
from unittest import mock

from playwright.sync_api import expect, sync_playwright

from tests.browser.visitor import PATIENCE

ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def installed():
    """The path of the program; None where there is none."""
    return shutil.which("chromium")


@contextmanager
def started():
    """A browser for as long as the block takes.

    Playwright's event loop runs in this thread meanwhile: code of the site that awaits
    would refuse, and Django takes the loop for a coroutine.
    """
    unsafe = mock.patch.dict(os.environ, DJANGO_ALLOW_ASYNC_UNSAFE="true")
    with unsafe, sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(
            executable_path=installed(), headless=True, args=list(ARGUMENTS)
        )
        yield browser
        browser.close()
