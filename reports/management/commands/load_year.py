from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from plans.yearfile.loading import YearFileError
from qualityplan.strict_json import printable
from reports.management.output import database_faults_in_one_line
from reports.package.unpacking import is_package, load_packages
from reports.yearfile.loading import load_files
from schools.models import Authority

_KINDS = {
    "ImprovementPlan": "plan",
    "ResultReport": "result",
    "Assessment": "assessment",
    "Evidence": "evidence",
    "Inspection": "inspection",
    "InspectionRound": "inspection_round",
    "SchoolYear": "school_year",
    "IssuedDocument": "document",
    "SignedFile": "signed_file",
    "RegisterEntry": "register_entry",
}


_ZIP_NAMES = (".zip", ".docx", ".xlsx")
_NO_ZIP = (
    "{path}: tệp mang đuôi {suffix} nhưng bên trong không phải tệp nén ZIP; tệp bị hỏng, tải "
    "chưa đủ hoặc đã bị đổi tên. Hãy lấy lại bản gốc."
)


class Command(BaseCommand):
    help = (
        "Nạp kế hoạch, báo cáo kết quả, biên bản kiểm tra từ tệp JSON qualityplan/1, hoặc "
        "cả năm học từ gói lưu trữ (ZIP): nạp tất cả các tệp hoặc không nạp gì. "
        "In một dòng (loại, mã, tên) cho mỗi đối tượng được tạo hoặc thay đổi."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--school",
            default="",
            metavar="TÊN",
            help="tên trường cho tệp không ghi tên trường (school.name là null)",
        )

    def handle(self, *args, files, school, **options):
        try:
            with database_faults_in_one_line():
                outcome = _loaded(files, school)
        except YearFileError as error:
            raise CommandError(str(error)) from None
        for note in outcome.notes:
            self.stderr.write(f"Lưu ý: {note}")
        for changed in outcome.changed:
            self.stdout.write(line_for(changed))


def _loaded(files, school_name):
    packages = [path for path in files if is_package(path)]
    for path in files:
        if (
            path not in packages
            and path.suffix.casefold() in _ZIP_NAMES
            and path.is_file()
        ):
            raise CommandError(
                _NO_ZIP.format(path=printable(str(path)), suffix=path.suffix)
            )
    if not packages:
        return load_files(files, school_name=school_name)
    if len(packages) < len(files):
        raise CommandError(
            "Không nạp lẫn gói lưu trữ (ZIP) với tệp JSON; hãy nạp riêng từng loại."
        )
    return load_packages(packages)


def line_for(changed):
    """`plan 12 Trường Tiểu học A 2026-2027`: kind, id and title of a stored object."""
    name = type(changed).__name__
    kind = _KINDS.get(name, name.lower())
    title = changed.header_line if isinstance(changed, Authority) else changed
    return f"{kind} {changed.pk} {title}"
