"""The school that a year file names, and the office above it. What is missing in the
database is created; what is there already is never overwritten by a file."""

import datetime
import re

from django.core.exceptions import ValidationError
from django.utils import timezone

from qualityplan.text import spelling_key
from schools.enums import AuthorityKind, LevelOfSchooling
from schools.models import Authority, EducationLevel, School, Supervision
from schools.models.school import symbol_validator

# Districts ended on the day before; their schools went to the communes.
_COMMUNES_FROM = datetime.date(2025, 7, 1)
_DAY = datetime.timedelta(days=1)
_KINDS = {
    "THÀNH PHỐ": AuthorityKind.DISTRICT,
    "ĐẶC KHU": AuthorityKind.COMMUNE,
    "THỊ TRẤN": AuthorityKind.COMMUNE,
    "THỊ XÃ": AuthorityKind.DISTRICT,
    "PHƯỜNG": AuthorityKind.COMMUNE,
    "HUYỆN": AuthorityKind.DISTRICT,
    "QUẬN": AuthorityKind.DISTRICT,
    "TỈNH": AuthorityKind.PROVINCE,
    "SỞ": AuthorityKind.PROVINCE,
    "XÃ": AuthorityKind.COMMUNE,
}
_UNIT = re.compile(rf"\b({'|'.join(_KINDS)})\b")


def known_school(data, report):
    """The school that `data` names, if it is here; of another level it is a fault."""
    school = find_school(data.school) if data.school.name else None
    if school is not None:
        _check_level(data, school, report)
    return school


def _check_level(data, school, report):
    held, asked = school.level_key, data.school.education_level
    if held is not None and asked and held != asked:
        report.fault(
            f"{data.school_path}.education_level",
            f"{school} trong hệ thống là cấp {LevelOfSchooling(held).label}, không phải "
            f"{LevelOfSchooling(asked).label}.",
        )


def ready_school(data, school, year):
    """The school, and what had to be created or changed for it."""
    changed = []
    if school is None:
        school = create_school(data.school)
        changed.append(school)
    elif school.level_key is None:
        add_level(school, data.school)
        changed.append(school)
    if data.school.superior:
        changed += supervise(school, data.school.superior, year)
    return school, changed


def find_school(data):
    return School.objects.filter(name=data.name).first()


def create_school(data):
    school = School.objects.create(
        name=data.name, place=data.place, symbol=_storable_symbol(data.symbol)
    )
    add_level(school, data)
    return school


def add_level(school, data):
    level, _ = EducationLevel.objects.get_or_create(code=data.education_level)
    school.education_levels.add(level)


def _storable_symbol(symbol):
    """`symbol`, unless the school's own form would refuse it; the plan keeps it then."""
    try:
        symbol_validator(symbol)
    except ValidationError:
        return ""
    return symbol


def supervise(school, superior, school_year):
    """Record that `school` stood under `superior` in `school_year`, where the database
    knows nothing of that time yet. Returns the rows created or changed."""
    starts_on, ends_on = _span(school_year)
    supervision = Supervision(school=school, starts_on=starts_on, ends_on=ends_on)
    if supervision.overlapping().exists():
        return []
    authority, is_new = ready_authority(superior, school_year)
    supervision = _continued(supervision, authority) or supervision
    supervision.authority = authority
    _end_with_districts(supervision)
    supervision.save()
    return [authority, supervision] if is_new else [supervision]


def _end_with_districts(supervision):
    last_day = _COMMUNES_FROM - _DAY
    is_district = supervision.authority.kind == AuthorityKind.DISTRICT
    if is_district and supervision.covers(last_day):
        supervision.ends_on = last_day


def _span(school_year):
    """From September to August, so that the spans of two years share no day. The year
    that is still running stays open: no school drops out of its office's list because
    a date was guessed."""
    first = school_year.first_year
    starts_on = datetime.date(first, 9, 1)
    today = timezone.localdate()
    if today < starts_on:
        starts_on = max(school_year.starts_on, min(today, starts_on))
    return starts_on, None if today <= school_year.ends_on else school_year.ends_on


def _continued(supervision, authority):
    """The supervision under the same office that ends the day before this one starts,
    or starts the day after it ends, stretched over both; None where there is none."""
    held = Supervision.objects.filter(school=supervision.school, authority=authority)
    before = held.filter(ends_on=supervision.starts_on - _DAY).first()
    if before is not None:
        before.ends_on = supervision.ends_on
        return before
    if supervision.ends_on is None:
        return None
    after = held.filter(starts_on=supervision.ends_on + _DAY).first()
    if after is not None:
        after.starts_on = supervision.starts_on
    return after


def ready_authority(superior, school_year):
    """The authority of that header line, and whether it is new."""
    key = spelling_key(superior)
    for authority in Authority.objects.order_by("pk"):
        if spelling_key(authority.header_line) == key:
            return authority, False
    header_line = superior.upper()
    name = _spoken(superior)
    if Authority.objects.filter(name=name).exists():
        name = header_line
    return Authority.objects.create(
        name=name, header_line=header_line, kind=_kind(superior, school_year)
    ), True


def _kind(superior, school_year):
    """By the first unit the line names. Since the districts ended, a city is a
    province."""
    has_districts = school_year.starts_on < _COMMUNES_FROM
    found = _UNIT.search(superior.upper())
    if found is None:
        return AuthorityKind.DISTRICT if has_districts else AuthorityKind.COMMUNE
    if found[1] == "THÀNH PHỐ" and not has_districts:
        return AuthorityKind.PROVINCE
    return _KINDS[found[1]]


def _spoken(superior):
    """The name as a sentence has it: "Ủy ban nhân dân Quận 3"."""
    found = _UNIT.search(superior)
    if found is None or superior != superior.upper():
        return superior
    body, unit, own = (
        superior[: found.start()].strip(),
        found[1].capitalize(),
        superior[found.end() :].strip().title(),
    )
    return f"{body.capitalize()} {unit} {own}".strip()
