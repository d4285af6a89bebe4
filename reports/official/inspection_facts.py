"""What the paper of an inspection says, whichever layout it has: the office's letterhead,
the people, and on a blank form nothing of the day itself."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from inspections.enums import Duty, InspectionStatus, Side
from inspections.models import Inspection
from plans.letterhead import Letterhead
from qualityplan.days import day_text
from qualityplan.text import lines

_HONORIFIC = re.compile(r"^(?:Ông|Bà|Cô|Thầy)\s+")
_OVER = frozenset({InspectionStatus.CLOSED, InspectionStatus.ISSUED})
_DAY_OF_DOTS = "ngày …… tháng …… năm ………"


@dataclass(frozen=True)
class Visit:
    """An inspection as its paper shows it. The texts are empty on a blank form."""

    inspection: Inspection
    is_blank: bool
    starts_at: datetime | None
    ends_at: datetime | None
    held_at: str
    strengths: str
    limitations: str
    remarks: str
    school_opinion: str
    team: tuple
    school_side: tuple
    findings: tuple
    recommendations: tuple

    @classmethod
    def of(cls, inspection, *, blank=False):
        people = list(inspection.attendees.all())
        texts = ("held_at", "strengths", "limitations", "remarks", "school_opinion")
        findings = inspection.findings.select_related(
            "row__standard", "row__criterion", "row__source_review"
        )
        return cls(
            inspection=inspection,
            is_blank=blank,
            starts_at=None if blank else inspection.starts_at,
            ends_at=None if blank else inspection.ends_at,
            team=tuple(p for p in people if p.side == Side.TEAM),
            school_side=()
            if blank
            else tuple(p for p in people if p.side == Side.SCHOOL),
            findings=tuple(findings),
            recommendations=() if blank else tuple(inspection.recommendations.all()),
            **{name: "" if blank else getattr(inspection, name) for name in texts},
        )

    @property
    def is_over(self):
        return not self.is_blank and self.inspection.status in _OVER

    @property
    def is_issued(self):
        return not self.is_blank and self.inspection.status == InspectionStatus.ISSUED

    @property
    def bases(self):
        """Of the record itself, else of the round it belongs to."""
        held = self.inspection
        return lines(held.legal_bases or (held.round.legal_bases if held.round else ""))

    def name_of(self, duty):
        """The member of the team with this duty who was there; empty where none was."""
        found = (p for p in self.team if p.duty == duty and p.is_present)
        return next((person.name for person in found), "")

    @property
    def head_of_school(self):
        """Whoever stands first among those of the school who were there."""
        there = (p.name for p in self.school_side if p.is_present and p.name)
        return next(there, "")

    def presence_of(self, person):
        """Nobody is there or absent before the day has begun."""
        if self.is_blank or self.starts_at is None:
            return ""
        return "Có mặt" if person.is_present else "Vắng"


def record_letterhead(inspection):
    """The `Letterhead` of the office that inspects; a line nobody recorded is empty."""
    office = inspection.authority
    return Letterhead(
        superior=inspection.superior_line or (office.header_line if office else ""),
        issuer=inspection.issuer_line or (office.office_name.upper() if office else ""),
        place=inspection.place or (office.place if office else ""),
        symbol=inspection.symbol or (office.symbol if office else ""),
    )


def default_recipients(inspection):
    """Mẫu 1.9: the file; the school has its copy."""
    return (f"{inspection.school.name} (để t/h)", "Lưu: VT, Hồ sơ")


def recorded_signatures(visit):
    """(capacity, name) as written down when the record was issued; a blank form keeps the
    capacities and leaves the names to be written."""
    return [
        (entry["capacity"], "" if visit.is_blank else entry["name"])
        for entry in visit.inspection.signatures
    ]


def duty_label(person):
    """The duty as the form of 2018 calls it."""
    return "Tổ trưởng" if person.duty == Duty.LEADER else person.get_duty_display()


def moment_text(moment):
    """ "08 giờ 30 phút, ngày 05 tháng 3 năm 2027"; dots for one that is not known."""
    if moment is None:
        return f"…… giờ …… phút, {_DAY_OF_DOTS}"
    local = timezone.localtime(moment)
    return f"{local:%H} giờ {local:%M} phút, {day_text(local.date())}"


def without_honorific(name):
    """S04: nothing stands before the name of who signs."""
    return _HONORIFIC.sub("", name)
