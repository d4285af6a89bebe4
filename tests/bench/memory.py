"""What exporting leaves behind in the process."""

import gc
import os
from pathlib import Path

from reports.official.pdf import write_pdf
from reports.official.plan import plan_document
from reports.official.word import write_docx
from tests.bench.figures import Figure
from tests.factories.plans import make_plan

ROWS = 30
FEW, MANY = 5, 50
MOST_MB = 60


def figures():
    plan = make_plan(2024, rows=ROWS)
    _export(plan, FEW)
    before = _resident_mb()
    _export(plan, MANY - FEW)
    after = _resident_mb()
    yield Figure(
        f"memory after {MANY} exports of {ROWS} rows",
        f"{after:.0f} MB",
        f"after {FEW}: {before:.0f} MB",
        after - before,
        MOST_MB,
        " MB",
        fault="TOO MUCH",
    )


def _export(plan, times):
    for _ in range(times):
        write_docx(plan_document(plan))
        write_pdf(plan_document(plan))


def _resident_mb():
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
