"""What a plan's paper says about its school: the lines of the letterhead and section I
of Mẫu số 2. Its own fields first, else the school's record of the plan's day."""

from dataclasses import dataclass

from django.utils import timezone


@dataclass(frozen=True)
class Letterhead:
    superior: str
    issuer: str
    place: str
    symbol: str


def letterhead(plan):
    """The `Letterhead` of `plan`; a line that nobody recorded is empty."""
    school = plan.school
    derived = recorded_letterhead(school, plan_day(plan))
    return Letterhead(
        superior=plan.superior_line or derived.superior,
        issuer=plan.issuer_line or derived.issuer,
        place=plan.place or derived.place,
        symbol=plan.symbol or derived.symbol,
    )


def recorded_letterhead(school, day):
    """The `Letterhead` by the school's record alone, as it stood on `day`."""
    held = school.supervision_on(day)
    return Letterhead(
        superior=(held.superior_line or held.authority.header_line) if held else "",
        issuer=(held.issuer_line if held else "") or school.name.upper(),
        place=(held.place if held else "") or school.place,
        symbol=school.symbol,
    )


def plan_day(plan):
    """The day whose record applies: that of issue, else today within the plan's year."""
    return plan.issued_on or plan.school_year.clamp(timezone.localdate())


def school_lines(plan):
    """Section I of Mẫu số 2 by the school's record."""
    school = plan.school
    return (
        f"1. Tên cơ sở giáo dục: {school.name}",
        f"2. Loại hình: {school.get_school_type_display()}",
        f"3. Địa chỉ: {school.address}".rstrip(),
    )
