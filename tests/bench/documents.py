"""How long the documents of a plan take, beside the tools one would use without us."""

from weasyprint import HTML

from reports.official.markup import page_html
from reports.official.pdf import write_pdf
from reports.official.plan import plan_document
from reports.official.word import write_docx
from tests.bench.figures import compared
from tests.bench.template_docx import render, table_of, template
from tests.factories.plans import make_plan

ROWS = 100


def figures():
    plan = make_plan(2024, rows=ROWS)
    yield _docx(plan)
    yield _pdf(plan)


def _docx(plan):
    """Ours reads the plan from the database and writes the whole document; the template
    gets the ready texts of the table alone."""
    table = table_of(plan_document(plan))
    blank = template(table)
    return compared(
        f"DOCX of a plan of {ROWS} rows",
        lambda: write_docx(plan_document(plan)),
        "docxtpl",
        lambda: render(blank, table),
        limit=1.0,
        runs=15,
    )


def _pdf(plan):
    document = plan_document(plan)
    html = page_html(document)
    return compared(
        f"PDF of a plan of {ROWS} rows",
        lambda: write_pdf(document),
        "WeasyPrint",
        lambda: HTML(string=html).write_pdf(),
        limit=1.25,
        runs=7,
    )
