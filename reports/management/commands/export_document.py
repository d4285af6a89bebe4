from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from plans.models import ImprovementPlan
from reports.management.output import database_faults_in_one_line, write_file
from reports.models import IssuedFile
from reports.official.markup import page_html
from reports.official.pdf import write_pdf
from reports.official.plan import plan_document
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
_LATER = {"result": "báo cáo kết quả", "inspection": "biên bản kiểm tra"}


class Command(BaseCommand):
    help = (
        "Xuất một văn bản ra tệp Word, PDF, HTML hoặc Excel. Văn bản đã ban hành trong "
        "hệ thống thì xuất đúng tệp Word, PDF đã lưu khi ban hành."
    )

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=["plan", *_LATER], metavar="KIND")
        parser.add_argument("id", type=int, metavar="ID")
        parser.add_argument("--format", required=True, choices=WRITERS)
        parser.add_argument("--output", required=True, type=Path, metavar="FILE")

    def handle(self, *args, kind, output, **options):
        if kind in _LATER:
            raise CommandError(f"Bản này chưa xuất được {_LATER[kind]} ({kind}).")
        with database_faults_in_one_line():
            content = _content(options["id"], options["format"])
        write_file(output, content)


def _content(pk, file_format):
    plan = ImprovementPlan.objects.with_header().filter(pk=pk).first()
    if plan is None:
        raise CommandError(f"Không có kế hoạch nào có mã {pk}.")
    stored = IssuedFile.objects.filter(document__plan=plan, format=file_format)
    stored = stored.order_by("-document__pk").first()
    if stored is None:
        return WRITERS[file_format](plan_document(plan))
    if not stored.is_intact:
        raise CommandError("Tệp đã ban hành không còn nguyên vẹn nên không xuất được.")
    return bytes(stored.content)
