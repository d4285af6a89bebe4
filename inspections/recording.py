"""What the team writes down on the day: every change of the record's contents is one
function here, and each passes the guard `recording`."""

import hashlib
import json

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone

from inspections.editing import InspectionError, recording
from inspections.enums import FollowUp, Side
from inspections.models import Recommendation
from inspections.taking_over import add_findings
from qualityplan.text import fold

REMARKS = ("strengths", "limitations", "remarks", "school_opinion")


class ChangedMeanwhileError(InspectionError):
    """Another member of the team stored a text meanwhile; `stored` is what is there."""

    def __init__(self, stored):
        self.stored = stored
        super().__init__(
            "Người khác trong đoàn vừa sửa chỗ này. Phần bạn gõ vẫn còn dưới đây và chưa "
            "được lưu. Xem phần của người kia, gộp nếu cần, rồi bấm lưu lần nữa."
        )


def fingerprint(stored, names):
    """What a form was opened with: nobody's text is written over unseen."""
    texts = json.dumps([str(getattr(stored, name)) for name in names])
    return hashlib.sha256(texts.encode()).hexdigest()[:16]


def _check_seen(stored, names, seen):
    if seen not in (None, fingerprint(stored, names)):
        raise ChangedMeanwhileError(stored)


FINDING = ("result", "remark")


def save_finding(inspection, finding_pk, *, by, result, remark, seen=None):
    """Store what was found for a row; None when the finding does not exist."""
    with recording(inspection, by=by) as locked:
        stored = locked.findings.filter(pk=finding_pk).first()
        if stored is None:
            return None
        _check_seen(stored, FINDING, seen)
        stored.result, stored.remark = result, remark
        stored.save(update_fields=FINDING)
        return stored


def fetch_new_rows(inspection, *, by):
    """Findings for what an adjustment added to the plan since the start; how many."""
    with recording(inspection, by=by) as locked:
        return add_findings(locked)


def save_remarks(inspection, *, by, seen=None, **texts):
    """Store the general remarks and the school's opinion."""
    with recording(inspection, by=by) as locked:
        _check_seen(locked, REMARKS, seen)
        for name, text in texts.items():
            setattr(locked, name, text)
        locked.save(update_fields=[*texts])


def save_place(inspection, *, by, held_at):
    with recording(inspection, by=by) as locked:
        locked.held_at = held_at
        locked.save(update_fields=["held_at"])


def save_presence(inspection, present_ids, *, by, shown=None):
    """Of all who are named, or of those `shown`, those of `present_ids` are there."""
    with recording(inspection, by=by) as locked:
        changed = []
        for person in locked.attendees.all():
            if shown is not None and person.pk not in shown:
                continue
            is_present = person.pk in present_ids
            if person.is_present != is_present:
                person.is_present = is_present
                changed.append(person)
        locked.attendees.bulk_update(changed, ["is_present"])


def add_person(inspection, *, by, name, job):
    """Somebody of the school who is there. Raises ValidationError for a double."""
    with recording(inspection, by=by) as locked:
        people = locked.attendees.filter(side=Side.SCHOOL)
        if fold(name) in {fold(held) for held in people.values_list("name", flat=True)}:
            raise ValidationError({"name": "Người này đã có trong danh sách."})
        last = people.aggregate(last=Max("position"))["last"] or 0
        return locked.attendees.create(
            side=Side.SCHOOL, position=last + 1, name=name, job=job, duty=""
        )


def remove_person(inspection, attendee_pk, *, by):
    """Take somebody of the school off the list; False when they are not on it."""
    with recording(inspection, by=by) as locked:
        found = locked.attendees.filter(side=Side.SCHOOL, pk=attendee_pk)
        return bool(found.delete()[0])


# --- recommendations --------------------------------------------------------------------

RECOMMENDATION = ("text", "owner", "due_on")


def save_recommendation(inspection, pk=None, *, by, text, owner, due_on, seen=None):
    """Store a new recommendation, or another wording of the one with `pk`. Raises
    ValidationError by field, ChangedMeanwhileError; returns None when it does not
    exist."""
    with recording(inspection, by=by) as locked:
        _check_recommendation(locked, text, owner, due_on)
        if pk is not None:
            stored = locked.recommendations.filter(pk=pk).first()
            if stored is None:
                return None
            _check_seen(stored, RECOMMENDATION, seen or None)
        else:
            same = locked.recommendations.filter(text=text, owner=owner, due_on=due_on)
            if same.exists():
                raise ValidationError({"text": "Kiến nghị này đã có trong biên bản."})
            last = locked.recommendations.aggregate(last=Max("position"))["last"] or 0
            stored = Recommendation(inspection=locked, position=last + 1)
        stored.text, stored.owner, stored.due_on = text, owner, due_on
        stored.save()
        return stored


def _check_recommendation(inspection, text, owner, due_on):
    errors = {}
    if not text.strip():
        errors["text"] = "Hãy ghi kiến nghị."
    if not owner.strip():
        errors["owner"] = "Hãy ghi người hoặc bộ phận của trường chịu trách nhiệm."
    if due_on is None:
        errors["due_on"] = "Hãy chọn hạn khắc phục."
    else:
        message = _due_message(inspection, due_on)
        if message:
            errors["due_on"] = message
    if errors:
        raise ValidationError(errors)


def _due_message(inspection, due_on):
    """A recommendation may reach into the next school year, not before the visit."""
    year = inspection.school_year
    last = year.ends_on.replace(year=year.ends_on.year + 1)
    begun = inspection.starts_at and timezone.localdate(inspection.starts_at)
    if begun and due_on < begun:
        return "Hạn khắc phục phải từ ngày kiểm tra trở đi."
    if due_on > last:
        return f"Hạn khắc phục muộn nhất là {last:%d/%m/%Y}, hết năm học sau."
    return ""


def delete_recommendation(inspection, pk, *, by):
    """Take a recommendation out of the record, unless the school has answered it (the
    record was opened again). False when it does not exist."""
    with recording(inspection, by=by) as locked:
        stored = locked.recommendations.filter(pk=pk).first()
        if stored is None:
            return False
        if stored.answers.exists() or stored.state != FollowUp.OPEN:
            raise InspectionError(
                "Không xóa được: nhà trường đã trả lời kiến nghị này. Hãy kết luận ở trang "
                "theo dõi kiến nghị."
            )
        stored.delete()
        return True
