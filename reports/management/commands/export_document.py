from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from inspections.models import Inspection
from plans.models import ImprovementPlan
from reports.filing import current_file
from reports.management.output import database_faults_in_one_line, write_file
from reports.models import ResultReport
from reports.official.inspection import inspection_document
from reports.official.markup import page_html
from reports.official.pdf import write_pdf
from reports.official.plan import plan_document
from reports.official.result import result_document
from reports.official.word import write_docx
from reports.official.workbook import write_xlsx


def _write_html(document):
    return page_html(document).encode()


WRITERS = {
    "docx": write_docx,
    "pdf": write_pdf,
    "html": _write_html,
    "xlsx": write_xlsx,
}


@dataclass(frozen=True)
class Kind:
    name: str
    stored: Callable  # all of them, with their header
    draw: Callable


KINDS = {
    "plan": Kind("kế hoạch", ImprovementPlan.objects.with_header, plan_document),
    "result": Kind(
        "báo cáo kết quả", ResultReport.objects.with_header, result_document
    ),
    "inspection": Kind(
        "biên bản kiểm tra", Inspection.objects.with_header, inspection_document
    ),
}


class Command(BaseCommand):
    help = (
        "Xuất một văn bản ra tệp Word, PDF, HTML hoặc Excel. Văn bản đã ban hành trong "
        "hệ thống thì xuất đúng tệp Word, PDF đã lưu khi ban hành."
    )

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=KINDS, metavar="KIND")
        parser.add_argument("id", type=int, metavar="ID")
        parser.add_argument("--format", required=True, choices=WRITERS)
        parser.add_argument("--output", required=True, type=Path, metavar="FILE")

    def handle(self, *args, kind, output, **options):
        with database_faults_in_one_line():
            content = _content(KINDS[kind], options["id"], options["format"])
        write_file(output, content)


def _content(kind, pk, file_format):
    found = kind.stored().filter(pk=pk).first()
    if found is None:
        raise CommandError(f"Không có {kind.name} nào có mã {pk}.")
    stored = current_file(found, file_format)
    if stored is None:
        return WRITERS[file_format](kind.draw(found))
    if not stored.is_intact:
        raise CommandError("Tệp đã ban hành không còn nguyên vẹn nên không xuất được.")
    return bytes(stored.content)
