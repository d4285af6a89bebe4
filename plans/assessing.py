"""Writing a self-assessment: every change of it is one function here, and each passes the
guard `assessing`."""

from contextlib import contextmanager

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from criteria.models import Criterion
from criteria.selection import circular_for
from plans.assessed import criterion_result
from plans.editing import AlreadyBegunError
from plans.enums import AssessmentStatus
from plans.models import (
    Assessment,
    CriterionReview,
    LevelFourCheck,
    RequirementCheck,
)
from schools.models import Membership
from schools.permissions import ABILITIES, Ability, require

_NOT_ASKED = "Yêu cầu này không có trong tiêu chí hoặc đã được bãi bỏ."


class AssessmentExistsError(AlreadyBegunError):
    def __init__(self, assessment):
        year = assessment.school_year
        super().__init__(assessment, f"Trường đã có tự đánh giá năm học {year}.")


class AssessmentLockedError(Exception):
    """The assessment is finished (or, for reopening, is not)."""

    def __init__(self, assessment):
        super().__init__(
            "Tự đánh giá đang mở, không cần mở lại."
            if assessment.is_open
            else "Tự đánh giá đã hoàn thành, không sửa được nữa. Muốn sửa, hãy đề nghị "
            "hiệu trưởng hoặc người soạn thảo mở lại."
        )


class NotReadyError(Exception):
    """Criteria are not marked finished yet. The text is ready to show."""


class ReviewChangedError(Exception):
    """Somebody else saved the review since it was opened; `review` is as it now is."""

    def __init__(self, review):
        self.review = review
        at = timezone.localtime(review.updated_at)
        super().__init__(
            f"Có người khác đã lưu tiêu chí này lúc {at:%H:%M ngày %d/%m/%Y}, sau khi bạn "
            "mở trang. Nội dung bạn nhập vẫn còn bên dưới. Hãy mở bản vừa lưu để so sánh; "
            "bấm Lưu lần nữa thì bản của bạn thay cho bản đó."
        )


def lock(assessment):
    """The row of `assessment`, fresh and locked until the transaction ends."""
    rows = Assessment.objects.with_header().select_for_update(of=("self",))
    return rows.get(pk=assessment.pk)


@contextmanager
def assessing(assessment, *, by, ability=Ability.ASSESS, status=AssessmentStatus.OPEN):
    """Yield `assessment`, locked, while its contents change; all or nothing.

    `by` is the person, or None for a command run by an administrator of the machine.
    Raises PermissionDenied for a wrong role, AssessmentLockedError in another status."""
    with transaction.atomic():
        locked = lock(assessment)
        if by is not None:
            require(by, ability, locked.school)
        if locked.status != status:
            raise AssessmentLockedError(locked)
        yield locked
        locked.save(update_fields=["status", "updated_at"])


def begin_assessment(school, school_year, *, by):
    """An assessment with an empty review for every criterion, in a school of several
    levels for every level of schooling.

    Raises NoCircular when no circular applies, AssessmentExistsError for a second one."""
    if by is not None:
        require(by, Ability.LEAD_ASSESSMENT, school)
    existing = Assessment.objects.filter(school=school, school_year=school_year)
    if existing.exists():
        raise AssessmentExistsError(existing.get())
    circular = circular_for(school.level_key, school_year)
    try:
        with transaction.atomic():
            return _new_assessment(school, school_year, circular)
    except IntegrityError:
        raise AssessmentExistsError(existing.get()) from None


def _new_assessment(school, school_year, circular):
    assessment = Assessment.objects.create(
        school=school, school_year=school_year, circular=circular
    )
    codes = school.level_codes
    schoolings = codes if len(codes) > 1 else [""]
    criteria = Criterion.objects.filter(standard__circular=circular)
    CriterionReview.objects.bulk_create(
        CriterionReview(
            assessment=assessment, criterion=criterion, level_of_schooling=schooling
        )
        for schooling in schoolings
        for criterion in criteria
    )
    return assessment


def save_review(review, *, by, texts, found, is_finished, seen_at=None):
    """Store what was found for a criterion: `texts` by field, and in `found` True, False
    or None (not looked at) for each of its requirements.

    `seen_at` is the `updated_at` the writer started from; a later one in the database
    raises ReviewChangedError. Contradictions raise ValidationError."""
    with assessing(review.assessment, by=by) as assessment:
        stored = CriterionReview.objects.select_for_update().get(pk=review.pk)
        if seen_at is not None and stored.updated_at != seen_at:
            raise ReviewChangedError(stored)
        faults = contradictions(assessment, review.criterion, found, is_finished)
        if faults:
            raise ValidationError([message for _, message in faults])
        for name, text in texts.items():
            setattr(stored, name, text)
        stored.is_finished = is_finished
        stored.save(update_fields=[*texts, "is_finished", "updated_at"])
        _store_checks(stored.checks, RequirementCheck, "review", stored, found)
    return stored


def contradictions(assessment, criterion, found, is_finished):
    """What in `found` cannot be: (requirement pk, message) pairs; None for the mark of
    being finished. `criterion` comes with its requirements."""
    result = criterion_result(assessment, criterion, found)
    asked = {demand.key for demand in result.criterion.demands}
    faults = [(pk, _NOT_ASKED) for pk in found.keys() - asked]
    if assessment.has_two_levels and not result.reaches(1):
        faults += [
            (
                demand.key,
                "Mức 2 chỉ được xem xét khi đã đạt Mức 1. Hãy xem lại Mức 1, hoặc bỏ "
                "chọn “Đạt” ở Mức 2.",
            )
            for demand in result.criterion.demands
            if demand.level > 1 and found.get(demand.key)
        ]
    if is_finished and not result.is_decided:
        faults.append(
            (
                None,
                "Còn yêu cầu chưa xem xét nên chưa rõ tiêu chí đạt mức nào. Hãy chọn "
                f"Đạt hoặc Chưa đạt cho Mức {result.level + 1}, hoặc bỏ dấu “Đã xong”.",
            )
        )
    return faults


def save_level_four(assessment, *, by, found):
    """Store which clauses of Mức 4 are met: True, False or None by clause pk."""
    with assessing(assessment, by=by) as locked:
        asked = locked.circular.level_four_clauses.values_list("pk", flat=True)
        if found.keys() - set(asked):
            raise ValidationError(_NOT_ASKED)
        checks = locked.level_four_checks
        _store_checks(checks, LevelFourCheck, "assessment", locked, found)


def _store_checks(checks, model, owner_field, owner, found):
    """Make `checks` say what `found` says; no row stands for "not looked at"."""
    asked_field = "requirement" if model is RequirementCheck else "clause"
    unseen = [pk for pk, is_met in found.items() if is_met is None]
    checks.filter(**{f"{asked_field}__in": unseen}).delete()
    model.objects.bulk_create(
        [
            model(**{owner_field: owner, f"{asked_field}_id": pk, "is_met": is_met})
            for pk, is_met in found.items()
            if is_met is not None
        ],
        update_conflicts=True,
        unique_fields=[owner_field, asked_field],
        update_fields=["is_met"],
    )


def people_for(school):
    """Who may be given criteria: those who hold a role at the school that assesses."""
    roles = [role for role, may_do in ABILITIES.items() if Ability.ASSESS in may_do]
    held = Membership.objects.on(timezone.localdate())
    held = held.filter(school=school, role__in=roles)
    people = get_user_model().objects.filter(is_active=True)
    return people.filter(pk__in=held.values("user")).order_by("full_name", "pk")


def assign(assessment, reviews, person, *, by):
    """Give the `reviews` (pks) to `person`, or to nobody when None. Returns how many
    there were. Their texts stay as they are, so `updated_at` does too."""
    with assessing(assessment, by=by, ability=Ability.LEAD_ASSESSMENT) as locked:
        known = (
            person is None or people_for(locked.school).filter(pk=person.pk).exists()
        )
        if not known:
            raise ValidationError("Người này không tham gia tự đánh giá của trường.")
        return locked.reviews.filter(pk__in=reviews).update(assigned_to=person)


def finish_assessment(assessment, *, by):
    """Close the assessment: its texts are then the ground of the plan."""
    with assessing(assessment, by=by, ability=Ability.LEAD_ASSESSMENT) as locked:
        unfinished = locked.reviews.filter(is_finished=False)
        codes = list(unfinished.values_list("criterion__code", flat=True))
        if codes:
            raise NotReadyError(
                f"Chưa hoàn thành được: còn {len(codes)} tiêu chí chưa đánh dấu “Đã "
                f"xong” ({', '.join(dict.fromkeys(codes))})."
            )
        locked.status = AssessmentStatus.FINISHED


def reopen_assessment(assessment, *, by):
    with assessing(
        assessment,
        by=by,
        ability=Ability.LEAD_ASSESSMENT,
        status=AssessmentStatus.FINISHED,
    ) as locked:
        locked.status = AssessmentStatus.OPEN
