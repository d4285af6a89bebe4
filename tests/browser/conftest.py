"""One Chromium for all browser tests of a worker."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="package")
def chromium():
    """The machine's own Chromium, started once; without one its tests are skipped.

    It ends with the last browser test and not with the run: while Playwright is there,
    its event loop runs in this thread, and code of the site that awaits would refuse.
    """
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("no `chromium` on this machine: the browser tests cannot run")
    # Django takes Playwright's event loop for a coroutine.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(
            executable_path=path, headless=True, args=list(ARGUMENTS)
        )
        yield browser
        browser.close()
