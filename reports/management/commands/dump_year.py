import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from reports.management.output import database_faults_in_one_line, write_file
from reports.yearfile.whole import KINDS, dumps

_NOUNS = {
    "assessment": "bản tự đánh giá",
    "result": "báo cáo kết quả",
    "inspection": "biên bản kiểm tra",
}


class Command(BaseCommand):
    help = (
        "Ghi kế hoạch cùng những gì đã ghi nhận trong năm, tự đánh giá, minh chứng, báo "
        "cáo kết quả, biên bản kiểm tra ra JSON qualityplan/1: một văn bản là một đối "
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
            found = dumps(
                kind=options["kind"],
                pk=options["id"],
                school=options["school"] or "",
                year=options["year"] or "",
            )
        if not found:
            noun = _NOUNS.get(options["kind"], "kế hoạch")
            raise CommandError(f"Không có {noun} nào như vậy.")
        objects = [found_object for _, _, found_object in found]
        if output is None:
            self.stdout.write(
                _text(objects[0] if len(objects) == 1 else objects), ending=""
            )
        elif len(objects) == 1 and not Path(output).is_dir():
            write_file(output, _text(objects[0]).encode())
        else:
            _write_folder(Path(output), found)


def _write_folder(folder, found):
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(
            f"Không tạo được thư mục {folder} ({error.strerror})."
        ) from None
    taken = set()
    for name, pk, found_object in found:
        if name in taken:  # two names that differ in their accents only
            name = f"{name}-{pk}"
        taken.add(name)
        write_file(folder / f"{name}.json", _text(found_object).encode())


def _text(value):
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
