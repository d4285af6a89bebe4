"""One Chromium for all browser tests of a worker."""

import pytest

from tests.browser.chromium import installed, started


@pytest.fixture(scope="package")
def chromium():
    """Started once; without the program its tests are skipped. It ends with the last
    browser test and not with the run, so that other tests of the worker may await."""
    if installed() is None:
        pytest.skip("no `chromium` on this machine: the browser tests cannot run")
    with started() as browser:
        yield browser
