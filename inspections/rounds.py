"""Rounds of inspection: which schools, when, on which decision."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from inspections.editing import InspectionError
from inspections.enums import InspectionStatus
from inspections.models import Inspection, InspectionRound
from plans.models import ImprovementPlan
from qualityplan.text import fold
from schools.models import Authority, School, Supervision
from schools.permissions import Ability, require_at_office

MOST_SCHOOLS = 200


@transaction.atomic
def create_round(authority, school_year, *, by, **fields):
    """A round without schools. Raises PermissionDenied, ValidationError by field."""
    _require(by, authority)
    # Two presses of one button come one after the other, and the second is told.
    Authority.objects.select_for_update().get(pk=authority.pk)
    round_ = InspectionRound(
        authority=authority, school_year=school_year, created_by=by, **fields
    )
    _check(round_)
    round_.save(force_insert=True)
    return round_


@transaction.atomic
def save_round(round_, *, by, **fields):
    """Store new texts and dates. Raises PermissionDenied, ValidationError by field."""
    locked = lock_round(round_)
    _require(by, locked.authority)
    for name, value in fields.items():
        setattr(locked, name, value)
    _check(locked)
    locked.save(update_fields=list(fields))
    return locked


@transaction.atomic
def delete_round(round_, *, by):
    """Take back a round in which nothing has begun, with its planned inspections."""
    locked = lock_round(round_)
    _require(by, locked.authority)
    # Locked before they are looked at: none of them starts in between.
    inspections = locked.inspections.select_for_update()
    if any(each.status != InspectionStatus.PLANNED for each in inspections):
        raise InspectionError(
            "Không xóa được: trong đợt đã có trường bắt đầu kiểm tra. Chỉ bỏ được những "
            "trường chưa kiểm tra."
        )
    locked.inspections.all().delete()
    locked.delete()


def lock_round(round_):
    """The row of `round_`, locked until the transaction ends. Raises InspectionError
    when somebody deleted it meanwhile."""
    rounds = InspectionRound.objects.select_related("authority", "school_year")
    found = rounds.select_for_update(of=("self",)).filter(pk=round_.pk).first()
    if found is None:
        raise InspectionError("Đợt kiểm tra này không còn nữa: người khác vừa xóa.")
    return found


def _require(by, authority):
    if by is not None:
        require_at_office(by, Ability.INSPECT, authority)


def _check(round_):
    errors = {}
    year = round_.school_year
    same = InspectionRound.objects.filter(
        authority=round_.authority, school_year=year, title=round_.title
    )
    if same.exclude(pk=round_.pk).exists():
        errors["title"] = "Năm học này đã có đợt kiểm tra cùng tên; hãy đặt tên khác."
    for name in ("starts_on", "ends_on"):
        message = outside_year(getattr(round_, name), year)
        if message:
            errors[name] = message
    start, end = round_.starts_on, round_.ends_on
    if start and end and end < start and "ends_on" not in errors:
        errors["ends_on"] = "Ngày kết thúc phải sau ngày bắt đầu."
    outside = _planned_outside(round_, start, end)
    if outside and not errors:
        errors["starts_on"] = (
            f"{outside[0].school} có ngày kiểm tra {outside[0].planned_on:%d/%m/%Y} ngoài "
            "khoảng này; hãy đổi ngày của trường đó trước."
        )
    if errors:
        raise ValidationError(errors)


def _planned_outside(round_, start, end):
    if round_.pk is None:
        return []
    planned = round_.inspections.filter(planned_on__isnull=False).select_related(
        "school"
    )
    return [
        each
        for each in planned
        if (start and each.planned_on < start) or (end and each.planned_on > end)
    ]


def outside_year(day, year):
    """The message for a day outside the school year; "" for a good one or none."""
    if day is None or year.starts_on <= day <= year.ends_on:
        return ""
    return (
        f"Ngoài năm học {year}: chọn trong khoảng {year.starts_on:%d/%m/%Y} đến "
        f"{year.ends_on:%d/%m/%Y}."
    )


def outside_round(day, inspection):
    """The message for a planned day that does not fit; "" for a good one or none."""
    message = outside_year(day, inspection.school_year)
    round_ = inspection.round
    if message or day is None or round_ is None:
        return message
    is_early = round_.starts_on and day < round_.starts_on
    is_late = round_.ends_on and day > round_.ends_on
    if is_early or is_late:
        first, last = (f"{d:%d/%m/%Y}" if d else "…" for d in _days(round_))
        return f"Ngoài thời gian của đợt kiểm tra ({first} đến {last})."
    return ""


def _days(round_):
    return round_.starts_on, round_.ends_on


def schools_of(authority):
    """The active schools that stand today under `authority` or one of its branches."""
    held = Supervision.objects.on(timezone.localdate()).filter(
        authority__in=branches(authority)
    )
    return School.objects.filter(pk__in=held.values("school"), is_active=True)


def branches(authority):
    """`authority` with all that stand under it, as ids: one query."""
    below = {}
    for pk, parent in Authority.objects.values_list("pk", "parent"):
        below.setdefault(parent, []).append(pk)
    found, open_ids = {authority.pk}, [authority.pk]
    while open_ids:
        for pk in below.get(open_ids.pop(), ()):
            if pk not in found:
                found.add(pk)
                open_ids.append(pk)
    return found


def find_schools(round_, asked="", level=""):
    """The schools of the office that are not in the round, by name without accents and
    by level of schooling."""
    schools = schools_of(round_.authority).exclude(inspections__round=round_)
    if level:
        schools = schools.filter(education_levels=level)
    wanted = fold(asked)
    schools = schools.order_by("name").distinct().prefetch_related("education_levels")
    return [school for school in schools if wanted in fold(school.name)]


@transaction.atomic
def add_schools(round_, school_ids, *, by):
    """Plan an inspection of each of the schools; how many are new. Those that are in the
    round already stay as they are. Raises PermissionDenied, InspectionError."""
    locked = lock_round(round_)
    _require(by, locked.authority)
    held = set(locked.inspections.values_list("school", flat=True))
    new = schools_of(locked.authority).filter(pk__in=set(school_ids) - held)
    new = list(new.order_by("name"))
    if len(held) + len(new) > MOST_SCHOOLS:
        raise InspectionError(
            f"Mỗi đợt kiểm tra tối đa {MOST_SCHOOLS} trường; đợt này đang có {len(held)}, "
            f"chọn thêm {len(new)} là quá mức. Chưa thêm trường nào; hãy lập thêm một đợt."
        )
    plans = ImprovementPlan.objects.filter(
        school__in=[school.pk for school in new], school_year=locked.school_year
    )
    by_school = dict(plans.values_list("school", "pk"))
    Inspection.objects.bulk_create(
        Inspection(
            round=locked,
            authority=locked.authority,
            school=school,
            school_year=locked.school_year,
            plan_id=by_school.get(school.pk),
            legal_bases=locked.legal_bases,
        )
        for school in new
    )
    return len(new)
