"""The weekly summary: on Monday, to officers and heads of school, what waits for them and
what is late. Whoever has nothing to do gets none."""

from dataclasses import dataclass, field

from django.urls import reverse

from plans.due import school_year_states
from plans.enums import PlanStatus
from plans.reminding import STAGES, years_around
from schools.enums import ReviewMode
from schools.mailing import (
    absolute,
    letter,
    people_at_offices,
    people_at_schools,
    post,
)
from schools.models import Authority, School
from schools.permissions import Ability

# On Tuesday for the machine that was off on Monday; the key has the week.
_MONDAY, _TUESDAY = 0, 1
_MOST_LINES = 20


@dataclass
class Part:
    """One place in somebody's summary; lines are sentences without a full stop."""

    title: str
    waiting: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    soon: list[str] = field(default_factory=list)

    @property
    def lists(self):
        """(heading, lines shown, how many more), of those that have any."""
        named = (
            ("Đang chờ Thầy/Cô", self.waiting),
            ("Quá hạn", self.late),
            ("Sắp đến hạn", self.soon),
        )
        return [
            (name, lines[:_MOST_LINES], max(len(lines) - _MOST_LINES, 0))
            for name, lines in named
            if lines
        ]


def send_digests(today):
    """Write the summaries of the week that `today` begins; how many are new."""
    if today.weekday() not in (_MONDAY, _TUESDAY):
        return 0
    offices, schools = {}, {}
    for year in years_around(today):
        _collect(year, today, offices, schools)
    parts = {}
    places = (
        (offices, people_at_offices, Ability.REVIEW_PLAN),
        (schools, people_at_schools, Ability.APPROVE_AS_HEAD),
    )
    for found, people_at, ability in places:
        filled = {pk: part for pk, part in found.items() if part.lists}
        for pk, people in people_at(filled, ability).items():
            for person in people:
                parts.setdefault(person, []).append(filled[pk])
    year, week, _ = today.isocalendar()
    return post(
        letter(
            "digest",
            key=f"digest-{year}-{week}-{person.pk}",
            recipient=person,
            subject=f"Việc trong tuần từ ngày {today:%d/%m/%Y}",
            parts=found,
            today=today,
            url=absolute(reverse("home")),
        )
        for person, found in parts.items()
        if person.gets_digest_mails
    )


def _collect(school_year, today, offices, schools):
    """Add the lines of one school year to the parts of `offices` and `schools`, by pk."""
    listed = School.objects.filter(is_active=True).prefetch_related("supervisions")
    states = school_year_states(listed, school_year)
    names = {office.pk: str(office) for office in Authority.objects.all()}
    for state in states:
        own = schools.setdefault(state.school.pk, Part(str(state.school)))
        own.waiting += _for_head(state, school_year)
        late, soon = _dates(state, school_year, today)
        own.late += late
        own.soon += soon
        supervision = state.school.supervision_on(today)
        if supervision is None:
            continue
        pk = supervision.authority_id
        above = offices.setdefault(pk, Part(names[pk]))
        above.waiting += _for_office(state, school_year)
        above.late += [f"{state.school}: {line}" for line in late]


def _texts(state, school_year):
    """(name, state, who approves) of the year's plan and of its report, where begun."""
    status = state.plan.status if state.plan else ""
    return (
        (f"Kế hoạch năm học {school_year}", status, state.rules.mode),
        (
            f"Báo cáo kết quả năm học {school_year}",
            state.result_status,
            state.rules.report_mode,
        ),
    )


def _for_head(state, school_year):
    lines = []
    for name, status, mode in _texts(state, school_year):
        if status == PlanStatus.SUBMITTED and mode == ReviewMode.SCHOOL:
            lines.append(f"{name}: chờ hiệu trưởng phê duyệt")
        elif status == PlanStatus.RETURNED:
            lines.append(f"{name}: bị trả lại, cần sửa")
        elif status == PlanStatus.APPROVED:
            lines.append(f"{name}: đã duyệt, chờ ban hành")
    count = state.plan.open_remarks if state.plan else 0
    if count:
        lines.append(f"Kế hoạch năm học {school_year}: {count} góp ý chưa xử lý")
    return lines


def _for_office(state, school_year):
    return [
        f"{state.school}: {name.lower()} chờ phê duyệt"
        for name, status, mode in _texts(state, school_year)
        if status == PlanStatus.SUBMITTED and mode == ReviewMode.OFFICE
    ]


def _dates(state, school_year, today):
    """Lines on what is late and on what is due within the longest reminder. A year that
    is over for good is not brought up every week."""
    if today > school_year.ends_on:
        return [], []
    late = state.overdue(today)
    soon = [
        entry
        for entry in state.entries
        if not entry.is_done and 0 <= (entry.day - today).days <= max(STAGES)
    ]
    return [_date_line(e, today) for e in late], [_date_line(e, today) for e in soon]


def _date_line(entry, today):
    words = entry.countdown(today).words.lower()
    return f"{entry.name}, hạn {entry.day:%d/%m/%Y} ({words})"
