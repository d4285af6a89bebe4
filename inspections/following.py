"""After the inspection: each recommendation is a task of the school, until the office
says that it is put right."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from inspections.editing import InspectionError, lock, may_follow_up, recording
from inspections.enums import DONE_STATUSES, FollowUp
from inspections.models import Recommendation
from plans.deadlines import Countdown, Deadline
from schools.permissions import Ability, require

MOST_EVIDENCE = 200


@dataclass(frozen=True)
class Task:
    """A recommendation with how far off its day is."""

    recommendation: Recommendation
    countdown: Countdown


def tasks(recommendations, today=None):
    """The recommendations with their countdown, by the rule of all deadlines; one that
    the school has answered waits for the office and is not overdue."""
    today = today or timezone.localdate()
    return [Task(each, countdown(each, today)) for each in recommendations]


def countdown(recommendation, today):
    is_done = recommendation.state == FollowUp.CLOSED
    if recommendation.state == FollowUp.ANSWERED:
        return Countdown("Đã trả lời, chờ kết luận", "none")
    day = recommendation.due_on
    return Deadline("kien-nghi", "Kiến nghị", day, is_done).countdown(today)


def followed(user):
    """The recommendations that `user` may see and that schools have been told of, with
    what a list shows."""
    found = Recommendation.objects.for_user(user).in_force()
    return found.select_related(
        "inspection__school", "inspection__school_year", "inspection__authority"
    ).order_by("due_on", "pk")


def waiting_at_home(user):
    """For the home page: what the user's own schools have to put right, and what waits
    for the word of the user's offices. Two queries at most."""
    held = user.standing
    found = {"school_follow_ups": [], "office_follow_ups": []}
    if held.school_ids:
        own = followed(user).filter(inspection__school__in=held.school_ids)
        found["school_follow_ups"] = tasks(own.unsettled())
    if held.roles_at_authority:
        answered = followed(user).filter(state=FollowUp.ANSWERED)
        others = answered.exclude(inspection__school__in=held.school_ids)
        found["office_follow_ups"] = tasks(others[:20])
    return found


def evidence_for(recommendation):
    """The school's evidence of the inspection's year and later, the newest first."""
    inspection = recommendation.inspection
    found = inspection.school.evidence.filter(
        school_year__first_year__gte=inspection.school_year.first_year
    )
    return found.select_related("school_year").order_by("-pk")[:MOST_EVIDENCE]


def _lock(recommendation):
    """The row, locked, and its inspection before it, as everybody locks them: while this
    goes on, nobody opens the record again and takes the recommendation out."""
    inspection = lock(recommendation.inspection)
    if inspection.status not in DONE_STATUSES:
        raise InspectionError(
            "Cuộc kiểm tra đang được mở lại; hãy chờ đoàn kết thúc rồi làm tiếp."
        )
    found = Recommendation.objects.select_for_update(of=("self",))
    locked = found.filter(pk=recommendation.pk).first()
    if locked is None:
        raise InspectionError(
            "Kiến nghị này không còn nữa: đoàn kiểm tra đã bỏ khỏi biên bản."
        )
    locked.inspection = inspection
    return locked


@transaction.atomic
def answer(recommendation, *, by, text, evidence=()):
    """What the school did about it. Raises PermissionDenied, InspectionError."""
    locked = _lock(recommendation)
    require(by, Ability.REPLY, locked.inspection.school)
    _refuse_settled(locked)
    last = locked.answers.order_by("-pk").first()
    if last and (last.author_id, last.text) == (by.pk, text):
        raise InspectionError("Câu trả lời này đã được gửi.")
    given = locked.answers.create(text=text, author=by)
    own = [
        piece for piece in evidence if piece.school_id == locked.inspection.school_id
    ]
    given.evidence.set(own)
    locked.state = FollowUp.ANSWERED
    locked.save(update_fields=["state"])
    return given


def _refuse_settled(locked):
    if locked.state == FollowUp.CLOSED:
        raise InspectionError(
            f"Kiến nghị này đã được kết luận: {locked.closing_note or 'đã khắc phục'}"
        )


@transaction.atomic
def settle(recommendation, *, by, note):
    """The office's word: it is put right. Raises PermissionDenied, InspectionError."""
    locked = _lock(recommendation)
    _require_office(by, locked)
    _refuse_settled(locked)
    return _settle(locked, by, note)


def _settle(locked, by, note):
    locked.state = FollowUp.CLOSED
    locked.closing_note, locked.closed_by = note, by
    locked.closed_at = timezone.now()
    locked.save(update_fields=["state", "closing_note", "closed_by", "closed_at"])
    return locked


@transaction.atomic
def send_back(recommendation, *, by, note):
    """The office's word: not yet; the school goes on. A word is required."""
    locked = _lock(recommendation)
    _require_office(by, locked)
    if not note.strip():
        raise InspectionError("Hãy ghi điều nhà trường còn phải làm.")
    if locked.state != FollowUp.ANSWERED:
        raise InspectionError(
            f"Không trả lại được: kiến nghị đang ở trạng thái “{locked.get_state_display()}”. "
            "Có thể người khác vừa làm việc này."
        )
    locked.answers.create(text=note, author=by, is_from_office=True)
    locked.state = FollowUp.OPEN
    locked.save(update_fields=["state"])
    return locked


def _require_office(by, recommendation):
    if not may_follow_up(by, recommendation.inspection):
        raise PermissionDenied


def settle_on_the_day(inspection, pk, *, by, note):
    """The team sees that what an earlier inspection asked for is put right: that
    recommendation is closed, and the record goes on without it. None when the record
    has none such."""
    with recording(inspection, by=by) as locked:
        copy = locked.recommendations.filter(pk=pk, carried_from__isnull=False).first()
        if copy is None:
            return None
        old = Recommendation.objects.select_for_update().get(pk=copy.carried_from_id)
        copy.delete()
        if old.state != FollowUp.CLOSED:
            _settle(old, by, note)
        return old


def open_for_school(school):
    """What `school` still has to put right, for the page that begins its next plan."""
    found = Recommendation.objects.in_force().unsettled()
    found = found.filter(inspection__school=school)
    return found.select_related("inspection__school_year").order_by("due_on", "pk")


FILTERS = {
    "": "Chưa xong",
    "mo": "Chờ nhà trường",
    "qua-han": "Quá hạn",
    "tra-loi": "Chờ kết luận",
    "xong": "Đã khắc phục",
}


def narrow(recommendations, state):
    """`recommendations` in one of the states of `FILTERS`."""
    today = timezone.localdate()
    narrowed = {
        "": ~Q(state=FollowUp.CLOSED),
        "mo": Q(state=FollowUp.OPEN),
        "qua-han": Q(state=FollowUp.OPEN, due_on__lt=today),
        "tra-loi": Q(state=FollowUp.ANSWERED),
        "xong": Q(state=FollowUp.CLOSED),
    }
    return recommendations.filter(narrowed.get(state, narrowed[""]))
