"""Carrying out a plan: progress of its rows and reviews of the whole. Every write passes
the guard `recording`; the issued document stays as it was."""

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from plans import changes
from plans.editing import lock
from plans.enums import CARRIED_OUT_STATUSES, ISSUED_STATUSES, Progress
from plans.models import ActionRow, Monitoring, ProgressEntry
from plans.tables import MONITORING
from schools.permissions import Ability, require


class NotCarriedOutError(Exception):
    """The plan is in a state in which nothing is recorded on it."""

    def __init__(self, plan):
        self.plan = plan
        state = plan.get_status_display().lower()
        advice = (
            "Kế hoạch của năm học đã khép lại, chỉ còn xem."
            if plan.status in ISSUED_STATUSES
            else "Tiến độ, minh chứng và kết quả theo dõi chỉ ghi được khi kế hoạch đã "
            "ban hành."
        )
        super().__init__(f"Kế hoạch {state}. {advice}")


@contextmanager
def recording(plan, *, by):
    """Yield `plan`, locked, while something is recorded on it; all or nothing.

    Raises PermissionDenied for a wrong role, NotCarriedOutError for a plan that is not
    issued yet or no longer carried out."""
    with transaction.atomic():
        locked = lock(plan)
        require(by, Ability.RECORD, locked.school)
        if locked.status not in CARRIED_OUT_STATUSES:
            raise NotCarriedOutError(locked)
        yield locked
        locked.save(update_fields=["updated_at"])


def record_progress(row, *, status, is_late, done, reason, recorded_on, by):
    """Append an entry to `row` and bring its state up to the newest one, which is that
    of the latest day. Raises ValidationError with the field it belongs to."""
    with recording(row.plan, by=by) as plan:
        row = ActionRow.objects.select_related("criterion").get(pk=row.pk, plan=plan)
        _check_entry(plan, status, is_late, reason, recorded_on)
        entered = {
            "status": status,
            "is_late": is_late,
            "done": done,
            "reason": reason,
            "recorded_on": recorded_on,
        }
        newest = row.progress_entries.order_by("-pk").first()
        if newest and all(getattr(newest, k) == v for k, v in entered.items()):
            return newest  # the button was pressed twice
        entry = ProgressEntry.objects.create(row=row, created_by=by, **entered)
        before = str(row.get_progress_display())
        row.progress = row.progress_entries.first().status
        row.save(update_fields=["progress"])
        changes.write_down_progress(plan, row, entry, before, by=by)
    return entry


def _check_entry(plan, status, is_late, reason, recorded_on):
    errors = {}
    if status not in Progress.values:
        errors["status"] = "Hãy chọn mức độ thực hiện."
    if not reason.strip():
        if status == Progress.NOT_DONE:
            errors["reason"] = "Chưa hoàn thành thì phải nêu rõ lý do."
        elif is_late:
            errors["reason"] = "Chậm so với kế hoạch thì phải nêu rõ lý do."
    year = plan.school_year
    if recorded_on > timezone.localdate():
        errors["recorded_on"] = "Ngày ghi nhận không được sau ngày hôm nay."
    elif not year.starts_on <= recorded_on <= year.ends_on:
        errors["recorded_on"] = (
            f"Ngày ghi nhận phải nằm trong năm học {year}: từ "
            f"{year.starts_on:%d/%m/%Y} đến {year.ends_on:%d/%m/%Y}."
        )
    if errors:
        raise ValidationError(errors)


def save_monitoring(plan, line, *, by):
    """Store `line` of the table of reviews, an old one or a new one at the end. The
    moments that the form fixes are there afterwards, whatever a loaded file lacked."""
    with recording(plan, by=by) as locked:
        if not locked.layout.monitoring:
            raise ValidationError(
                f"{locked.layout.name} không có bảng theo dõi và đánh giá."
            )
        if not line.time.strip():
            raise ValidationError({"time": "Hãy ghi thời điểm theo dõi."})
        reviews = list(locked.monitoring.all())
        stored = next((other for other in reviews if other.pk == line.pk), None)
        line.plan = locked
        if stored is None:
            line.position = 1 + max((r.position for r in reviews), default=0)
        line.save()
        changes.record(MONITORING, locked, stored, line, by=by, deed=_deed(stored))
        _add_fixed_reviews(locked, [*reviews, line])
    return line


def _deed(stored):
    return "Ghi kết quả theo dõi" if stored else "Thêm lần theo dõi"


def _add_fixed_reviews(plan, reviews):
    there = {review.time.strip().casefold() for review in reviews}
    missing = len(plan.layout.monitoring_times) - len({review.pk for review in reviews})
    times = [t for t in plan.layout.monitoring_times if t.casefold() not in there]
    last = max(review.position for review in reviews)
    Monitoring.objects.bulk_create(
        Monitoring(plan=plan, position=last + number, time=time)
        for number, time in enumerate(times[: max(0, missing)], start=1)
    )
