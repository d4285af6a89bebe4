"""How long the browser is busy at a time while somebody types in a plan of 300 rows."""

import unittest

from tests.bench.figures import Figure
from tests.browser.chromium import installed, started
from tests.browser.editor_steps import GridCase
from tests.browser.typing_on import longest_task
from tests.factories.criteria import load_catalogues

ROWS = 300
ATTEMPTS = 5
# More, and a person feels the keys stick.
LONGEST_MS = 100


class Typist(GridCase):
    rows = ROWS

    def type_for_a_while(self):
        longest_task(self.page, 100)  # warms up
        starts = range(110, 110 + ATTEMPTS)
        self.found = [longest_task(self.page, row) for row in starts]


def figures():
    if installed() is None:
        print("No `chromium` on this machine: typing is not measured.")
        return
    typist = Typist("type_for_a_while")
    with started() as typist.browser:
        result = unittest.TestSuite([typist]).run(unittest.TestResult())
    for _, trace in result.errors + result.failures:
        raise RuntimeError(trace)
    load_catalogues()
    told = ", ".join(f"{each:.0f}" for each in sorted(typist.found))
    # A task of a machine that does something else comes once, ours each time.
    longest = min(typist.found)
    yield Figure(
        f"longest task while typing, {ROWS} rows",
        f"{longest:.0f} ms",
        f"each time: {told} (0: none over 50)",
        longest,
        LONGEST_MS,
        " ms",
    )
