import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify

from plans.models import ImprovementPlan
from plans.yearfile.dumping import dump_plan
from qualityplan.text import fold
from reports.management.output import database_faults_in_one_line, write_file
from reports.models import ResultReport
from reports.yearfile.dumping import dump_result
from schools.models import SchoolYear

KINDS = {
    "plan": (
        lambda: ImprovementPlan.objects.with_header().prefetch_related("sections"),
        dump_plan,
    ),
    "result": (lambda: ResultReport.objects.with_header(), dump_result),
}


class Command(BaseCommand):
    help = (
        "Ghi kế hoạch và báo cáo kết quả ra JSON qualityplan/1: một văn bản là một đối "
        "tượng, nhiều văn bản là một danh sách (hoặc mỗi văn bản một tệp, khi --output là "
        "thư mục). Không nêu gì thì ghi tất cả."
    )

    def add_arguments(self, parser):
        parser.add_argument("kind", nargs="?", choices=KINDS, metavar="KIND")
        parser.add_argument("id", nargs="?", type=int, metavar="ID")
        parser.add_argument("--school", metavar="TÊN", help="chỉ trường này")
        parser.add_argument("--year", metavar="2022-2023", help="chỉ năm học này")
        parser.add_argument(
            "--output", type=Path, metavar="FILE|DIR", help="thay vì in ra màn hình"
        )

    def handle(self, *args, output, **options):
        if options["kind"] and options["id"] is None:
            raise CommandError("Hãy ghi cả mã của văn bản: dump_year plan ID.")
        with database_faults_in_one_line():
            found = [
                (_file_name(kind, each), dump(each))
                for kind, (stored, dump) in KINDS.items()
                if kind == (options["kind"] or kind)
                for each in _chosen(stored(), **options)
            ]
        if not found:
            raise CommandError(
                "Không có báo cáo kết quả nào như vậy."
                if options["kind"] == "result"
                else "Không có kế hoạch nào như vậy."
            )
        dumps = [dump for _, dump in found]
        if output is None:
            self.stdout.write(_text(dumps[0] if len(dumps) == 1 else dumps), ending="")
        elif len(dumps) == 1 and not Path(output).is_dir():
            write_file(output, _text(dumps[0]).encode())
        else:
            _write_folder(Path(output), found)


def _file_name(kind, document):
    kind = "" if kind == "plan" else f"-bao-cao-{slugify(document.period)}"
    school = slugify(fold(document.school.name))[:80]
    return f"{school}-{document.school_year}{kind}", document.pk


def _chosen(plans, *, id, school, year, **_):  # noqa: A002 - the argument's public name
    plans = plans.order_by("school__name", "school_year__first_year")
    if id is not None:
        plans = plans.filter(pk=id)
    if school:
        plans = plans.filter(school__name=" ".join(school.split()))
    if year:
        school_year = SchoolYear.objects.named(year)
        plans = plans.filter(school_year=school_year) if school_year else plans.none()
    return plans


def _write_folder(folder, found):
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(
            f"Không tạo được thư mục {folder} ({error.strerror})."
        ) from None
    taken = set()
    for (name, pk), dump in found:
        if name in taken:  # two names that differ in their accents only
            name = f"{name}-{pk}"
        taken.add(name)
        write_file(folder / f"{name}.json", _text(dump).encode())


def _text(value):
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
