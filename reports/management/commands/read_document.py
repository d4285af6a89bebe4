import json
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from plans.reading import DocumentRefused
from plans.reading.files import read_path
from qualityplan.strict_json import printable

_KINDS = {
    "improvement_plan": "kế hoạch cải tiến chất lượng",
    "result_report": "báo cáo kết quả thực hiện kế hoạch",
    "inspection_record": "biên bản kiểm tra kế hoạch",
}
_REFUSED = 2


class Command(BaseCommand):
    help = (
        "Đọc một tệp Word hoặc Excel và in ra những gì sẽ được nhận khi nhập tệp, cùng "
        "các chỗ nghi ngờ và các đoạn chữ chưa xếp được. Không ghi gì vào cơ sở dữ liệu."
    )
    # It asks no database, so it needs none that is set up.
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--json", action="store_true", help="in một đối tượng JSON qualityplan/1"
        )

    def handle(self, *args, file, **options):
        try:
            data = read_path(file)
        except DocumentRefused as error:
            if not options["json"]:
                raise CommandError(str(error), returncode=_REFUSED) from None
            self.stdout.write(json.dumps({"error": str(error)}, ensure_ascii=False))
            raise SystemExit(_REFUSED) from None
        if options["json"]:
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))
            return
        for line in summary(data):
            self.stdout.write(printable(line))


def summary(data):
    """What was read, in a few lines."""
    plan = data.get("inspection", {}).get("plan", data)
    yield f"Loại văn bản: {_KINDS[data['kind']]}"
    yield f"Trường: {data['school']['name'] or 'chưa rõ'}"
    yield f"Năm học: {data['school_year'] or 'chưa rõ'}"
    yield f"Thông tư: {data['circular'] or 'chưa rõ'}"
    yield f"Số dòng: {len(plan['rows'])}{_per_standard(plan['rows'])}"
    if plan.get("focus_issues"):
        yield f"Vấn đề trọng tâm: {len(plan['focus_issues'])}"
    warnings = [e for e in data["report"] if e["level"] == "warning"]
    leftovers = [e for e in data["report"] if e["level"] == "unplaced"]
    yield f"Chỗ cần xem lại: {len(warnings)}"
    yield from (_entry(e["place"], e["message"]) for e in warnings)
    yield f"Đoạn chữ chưa xếp được: {len(leftovers)}"
    yield from (_entry(e["place"], " ".join(e["text"].split())) for e in leftovers)


def _per_standard(rows):
    counts = Counter(row["standard"] for row in rows if row.get("standard"))
    if not counts:
        return ""
    parts = (f"tiêu chuẩn {number}: {counts[number]}" for number in sorted(counts))
    return f" ({', '.join(parts)})"


def _entry(place, text):
    return f"- {place}: {text}" if place else f"- {text}"
