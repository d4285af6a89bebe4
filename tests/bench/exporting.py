"""Taking everything away: issued documents from the store beside rendering them, and the
memory of a package as the schools grow."""

import hashlib
import tempfile
import time
import tracemalloc

from plans.models import ImprovementPlan
from reports.enums import ExportKind
from reports.exporting.choice import Choice
from reports.exporting.documents import write_documents
from reports.exporting.rows import write_rows
from reports.models import IssuedDocument, IssuedFile
from reports.official.pdf import write_pdf
from reports.official.plan import plan_document
from reports.overview.scope import Filters
from tests.bench.figures import Figure
from tests.factories.plans import make_plan
from tests.factories.schools import SchoolFactory

ROWS = 10
SCHOOLS, DOCUMENTS = 100, 2
TIMES_FASTER = 20
RENDERED = 5  # documents that are timed; the others take as long
FEW, MANY = 5, 50
MOST_GROWTH = 1.5
_WRITERS = {ExportKind.DOCUMENTS: write_documents, ExportKind.ROWS: write_rows}


def figures():
    plans = _plans(SCHOOLS)
    rendering = _rendering(plans)
    yield _beside_rendering(plans, rendering)
    for kind, name in ((ExportKind.DOCUMENTS, "ZIP"), (ExportKind.ROWS, "XLSX")):
        yield _growth(plans, kind, name)


def _plans(count):
    """Plans of that many schools, each with two issued documents in the store."""
    plans = [make_plan(2024, school=SchoolFactory(), rows=ROWS) for _ in range(count)]
    content = write_pdf(plan_document(plans[0]))
    for plan in plans:
        for number in range(DOCUMENTS):
            _store(plan, number, content + f"\n% {plan.pk} {number}".encode())
    return plans


def _store(plan, number, content):
    document = IssuedDocument.objects.create(
        plan=plan,
        number_and_symbol=f"Số: {number + 1:02d}/KH-THS",
        issued_on="2024-10-05",
        subject="Cải tiến",
        snapshot={},
    )
    IssuedFile.objects.create(
        document=document,
        format="pdf",
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _rendering(plans):
    """Seconds that rendering all the documents takes, reckoned from a few."""
    write_pdf(plan_document(plans[0]))
    start = time.process_time()
    for plan in plans[:RENDERED]:
        fresh = ImprovementPlan.objects.with_header().get(pk=plan.pk)
        write_pdf(plan_document(fresh))
    return (time.process_time() - start) / RENDERED * SCHOOLS * DOCUMENTS


def _write(plans, kind):
    choice = Choice(Filters(), ("plan",), ("pdf",))
    pks = [plan.school_id for plan in plans]
    with tempfile.TemporaryFile() as target:
        _WRITERS[kind](target, pks, plans[0].school_year, choice, lambda done: None)


def _beside_rendering(plans, rendering):
    start = time.process_time()
    _write(plans, ExportKind.DOCUMENTS)
    taken = time.process_time() - start
    return Figure(
        f"ZIP of {SCHOOLS} schools x {DOCUMENTS} documents",
        f"{taken * 1000:.0f} ms",
        f"rendering {rendering * 1000:.0f} ms",
        taken / rendering,
        1 / TIMES_FASTER,
        "x",
    )


def _growth(plans, kind, name):
    """The peak of memory with many schools, for each byte of the peak with few."""
    few, many = (_peak_mb(plans[:count], kind) for count in (FEW, MANY))
    return Figure(
        f"memory of the {name} of {MANY} schools",
        f"{many:.1f} MB",
        f"of {FEW}: {few:.1f} MB",
        many / few,
        MOST_GROWTH,
        "x",
        fault="TOO MUCH",
    )


def _peak_mb(plans, kind):
    _write(plans, kind)
    tracemalloc.start()
    _write(plans, kind)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 2**20
