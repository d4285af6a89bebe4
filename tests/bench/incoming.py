"""How long an old Word file of forty pages takes to come in, and how much memory its reader
needs; and that a hostile one costs next to nothing."""

import io
import re
import subprocess
import sys
import time
import zipfile
from statistics import median

import pypdfium2
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from reports.incoming_reading import checked_content, read_apart
from reports.official.pdf import write_pdf
from reports.official.plan import plan_document
from reports.official.word import write_docx
from tests.bench.figures import Figure
from tests.factories.plans import make_plan

ROWS, PAGES = 260, 40
MOST_SECONDS, MOST_MB = 3, 200
MOST_SECONDS_HOSTILE = 2
RUNS = 3


def figures():
    document = plan_document(make_plan(2024, rows=ROWS))
    pages = len(pypdfium2.PdfDocument(write_pdf(document)))
    if pages < PAGES:
        raise AssertionError(f"The plan has {pages} pages only: take more rows")
    content = write_docx(document)
    seconds = median(_seconds(lambda: _come_in(content)) for _ in range(RUNS))
    yield Figure(
        f"import of a Word plan of {pages} pages",
        f"{seconds:.2f} s",
        "in a child process",
        seconds,
        MOST_SECONDS,
        " s",
    )
    peak = _peak_mb(content)
    yield Figure(
        "memory of its reader",
        f"{peak:.0f} MB",
        "",
        peak,
        MOST_MB,
        " MB",
        fault="TOO MUCH",
    )
    yield _hostile()


def _peak_mb(content):
    """The most memory that the child itself held. What the system counts for a child
    begins with the memory of its parent."""
    code = (
        "import sys, reports.incoming_child as child; child.main();"
        "sys.stderr.write(open('/proc/self/status').read())"
    )
    done = subprocess.run(  # noqa: S603 - our own words only
        [sys.executable, "-c", code], input=content, capture_output=True, check=True
    )
    found = re.search(rb"VmHWM:\s+(\d+) kB", done.stderr)
    return int(found[1]) / 1024


def _come_in(content):
    checked = checked_content(SimpleUploadedFile("cu.docx", content))
    if len(read_apart(checked)["rows"]) != ROWS:
        raise AssertionError("not every row was read")


def _hostile():
    """190 MB of blanks in 190 kB."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * 190 * 1024**2)
    bomb = content.getvalue()

    def refuse():
        try:
            checked_content(SimpleUploadedFile("bom.docx", bomb))
        except ValidationError:
            return
        raise AssertionError("a bomb was taken")

    seconds = _seconds(refuse)
    return Figure(
        "refusal of a zip bomb",
        f"{seconds * 1000:.0f} ms",
        "",
        seconds,
        MOST_SECONDS_HOSTILE,
        " s",
    )


def _seconds(task):
    """Seconds of the clock: most of it is another process."""
    start = time.perf_counter()
    task()
    return time.perf_counter() - start
