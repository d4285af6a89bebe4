"""Mails to schools before a date comes: 30 days, 7 days and 1 day ahead. What is done is
not mentioned, and what has passed is left to the pages and the weekly summary."""

from django.urls import reverse

from plans.due import school_year_states
from schools.mailing import absolute, letter, people_at_schools, post
from schools.models import School, SchoolYear
from schools.models.school_year import first_year_on
from schools.permissions import Ability

STAGES = (1, 7, 30)  # days ahead


def stage(days_left):
    """The reminder that is due when `days_left` days are left, or None. A run that was
    missed is made up for: with six days left, the one of seven days is."""
    if days_left < 0:
        return None
    return next((ahead for ahead in STAGES if days_left <= ahead), None)


def years_around(today):
    """School years that can have a date near `today`: the last one's reports are due
    until August, the next one's plans from July on."""
    current = first_year_on(today)
    return SchoolYear.objects.filter(first_year__range=(current - 1, current + 1))


def remind(today):
    """Write the reminders of `today`; how many are new. Run twice, or by two machines, it
    writes each one once."""
    return sum(_remind(year, today) for year in years_around(today))


def _remind(school_year, today):
    states = school_year_states(School.objects.filter(is_active=True), school_year)
    due = {state.school.pk: _due(state, today) for state in states}
    pks = [pk for pk, groups in due.items() if groups]
    people = people_at_schools(pks, Ability.SUBMIT_PLAN) if pks else {}
    return post(
        _letter(state, group, person, today)
        for state in states
        for group in due[state.school.pk].items()
        for person in people.get(state.school.pk, ())
        if person.gets_deadline_mails
    )


def _due(state, today):
    """What to remind a school of, by (day, stage): things due on one day are one mail."""
    groups = {}
    for entry in state.entries:
        ahead = None if entry.is_done else stage((entry.day - today).days)
        if ahead is not None:
            groups.setdefault((entry.day, ahead), []).append(entry)
    return groups


def _letter(state, group, person, today):
    (day, ahead), entries = group
    names = [entry.name for entry in entries]
    more = f" và {len(names) - 1} việc khác" if len(names) > 1 else ""
    plan = state.plan
    path = reverse("plans:year", args=[plan.pk]) if plan else reverse("home")
    return letter(
        "deadline",
        key=f"deadline-{state.school.pk}-{day:%Y%m%d}-{ahead}-{person.pk}",
        recipient=person,
        subject=f"Hạn {day:%d/%m/%Y}: {names[0]}{more} – {state.school}",
        school=state.school,
        names=names,
        day=day,
        today=today,
        words=entries[0].countdown(today).words.lower(),
        url=absolute(path),
    )
