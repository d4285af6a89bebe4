"""What must be there before an inspection starts, and before it ends."""

from django.urls import reverse
from django.utils import timezone

from inspections.enums import Duty, Side


def has_leader(inspection):
    return inspection.attendees.filter(side=Side.TEAM, duty=Duty.LEADER).exists()


def before_start(inspection, now):
    """Messages by field (`starts_at`, "" for what is written elsewhere); empty when the
    team may start."""
    found = {}
    if not has_leader(inspection):
        found[""] = [
            "Đoàn chưa có trưởng đoàn. Cơ quan kiểm tra chọn trưởng đoàn ở trang “Đoàn "
            "kiểm tra”."
        ]
    start, year = inspection.starts_at, inspection.school_year
    if start is None:
        found["starts_at"] = ["Hãy ghi giờ bắt đầu."]
    elif start > now:
        found["starts_at"] = ["Giờ bắt đầu không được sau lúc này."]
    elif not _is_in_year(start, year):
        found["starts_at"] = [_outside(year)]
    return found


def before_end(inspection, now):
    found = {}
    if not has_leader(inspection):
        found[""] = ["Đoàn chưa có trưởng đoàn."]
    message = _end_message(inspection, now)
    if message:
        found["ends_at"] = [message]
    missing = [text for text, _url in gaps(inspection)]
    if missing:
        found[""] = found.get("", []) + missing
    return found


def _end_message(inspection, now):
    start, end = inspection.starts_at, inspection.ends_at
    if end is None:
        return "Hãy ghi giờ kết thúc."
    if start is not None and end < start:
        begun = timezone.localtime(start)
        return f"Giờ kết thúc phải sau giờ bắt đầu ({begun:%H:%M %d/%m/%Y})."
    if end > now:
        return "Giờ kết thúc không được sau lúc này."
    if not _is_in_year(end, inspection.school_year):
        return _outside(inspection.school_year)
    return ""


def gaps(inspection, blank=None):
    """What the record lacks, each with the address of the page to add it. `blank` is the
    number of findings without a result, where it is known. Reads what is prefetched as
    `attendees` and `recommendations`."""
    found = []
    blank = inspection.findings.filter(result="").count() if blank is None else blank
    pages = {
        name: reverse(f"inspections:{name}", args=[inspection.pk])
        for name in ("findings", "recommendations", "people")
    }
    if blank:
        text = (
            f"Còn {blank} nội dung chưa có kết quả; nội dung không xem thì chọn “Không "
            "kiểm tra”."
        )
        found.append((text, f"{pages['findings']}?loc=none"))
    new = new_rows(inspection).count()
    if new:
        text = (
            f"Kế hoạch có thêm {new} nội dung từ khi bắt đầu; hãy lấy về ở trang “Kết quả "
            "từng nội dung”."
        )
        found.append((text, pages["findings"]))
    if not all(held.owner for held in inspection.recommendations.all()):
        found.append(
            ("Có kiến nghị chưa ghi người thực hiện.", pages["recommendations"])
        )
    if _has_past_days(inspection):
        text = "Có kiến nghị của lần trước đã quá hạn; hãy đặt hạn mới."
        found.append((text, pages["recommendations"]))
    people = inspection.attendees.all()
    if not any(p.is_present and p.side == Side.SCHOOL for p in people):
        found.append(("Chưa ghi ai dự phía nhà trường.", pages["people"]))
    return found


def _has_past_days(inspection):
    """What is taken over comes with the day it was given then."""
    if inspection.starts_at is None:
        return False
    begun = timezone.localdate(inspection.starts_at)
    return any(held.due_on < begun for held in inspection.recommendations.all())


def new_rows(inspection):
    """Rows of the plan that the record does not hold yet."""
    if inspection.plan is None:
        return inspection.findings.none()
    held = inspection.findings.filter(row__isnull=False).values("row")
    return inspection.plan.rows.exclude(pk__in=held)


def _is_in_year(moment, year):
    return year.starts_on <= timezone.localtime(moment).date() <= year.ends_on


def _outside(year):
    return (
        f"Ngoài năm học {year}: chọn trong khoảng {year.starts_on:%d/%m/%Y} đến "
        f"{year.ends_on:%d/%m/%Y}."
    )
