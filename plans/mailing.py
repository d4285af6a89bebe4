"""Mails about what was done to a plan: to those who are to act next. They name the school,
the deed and the page; reasons, remarks and persons stay on the page, behind the sign-in."""

from dataclasses import dataclass

from django.utils import timezone

from schools.enums import ReviewMode
from schools.mailing import absolute, letter, people_at_offices, people_at_schools, post
from schools.models import School
from schools.permissions import Ability
from schools.year_rules import rules_at


@dataclass(frozen=True)
class Matter:
    """What a mail is about. `kind` keeps keys apart ("plan", "result"), `noun` is the word
    in sentences, `mode` tells who approves it."""

    kind: str
    pk: int
    noun: str
    name: str
    school: School
    path: str
    mode: ReviewMode


# What the reader is asked to do, by the key of the deed (`plans.workflow`).
_ASKED = {
    "trinh": "Mời Thầy/Cô xem xét {noun} tại:",
    "tra-lai": "Mời Thầy/Cô xem lý do, sửa {noun} rồi trình lại tại:",
    "mo-lai": "Mời Thầy/Cô xem lý do, sửa {noun} rồi trình lại tại:",
    "duyet": "Hiệu trưởng có thể ban hành {noun} tại:",
    "tiep-nhan": "Xem {noun} tại:",
    "gop-y": "Mời Thầy/Cô xem góp ý tại:",
    "ban-hanh": "Xem {noun} tại:",
}
_TO_OFFICE = frozenset({"ban-hanh"})


def tell(plan, event):
    """Write the mails about `event`, a milestone of `plan` just recorded."""
    if event.deed in _ASKED:
        tell_about(_plan_matter(plan), event)


def tell_comment(plan, comment):
    """Write the mails about `comment` (a `PlanComment`), just written."""
    tell_about_comment(_plan_matter(plan), comment)


def _plan_matter(plan):
    return Matter(
        kind="plan",
        pk=plan.pk,
        noun="kế hoạch",
        name=f"Kế hoạch cải tiến chất lượng năm học {plan.school_year}",
        school=plan.school,
        path=plan.get_absolute_url(),
        mode=rules_at(plan.school, plan.school_year).mode,
    )


def tell_about(matter, event):
    """Write the mails about a deed done to `matter`; deeds that ask nobody to act are
    told to nobody."""
    if event.deed not in _ASKED:
        return
    people = _who_acts(matter, event.deed)
    post(
        letter(
            "deed",
            key=f"{matter.kind}-deed-{event.pk}-{person.pk}",
            recipient=person,
            subject=f"{event.label} – {matter.school}",
            matter=matter,
            done=event.label,
            at=event.at,
            asked=_ASKED[event.deed].format(noun=matter.noun),
            url=absolute(matter.path),
        )
        for person in _willing(people, event.actor_id)
    )


def _who_acts(matter, deed):
    if deed in _TO_OFFICE or (deed == "trinh" and matter.mode == ReviewMode.OFFICE):
        return _at_office(matter.school)
    ability = Ability.APPROVE_AS_HEAD if deed == "trinh" else Ability.SUBMIT_PLAN
    return people_at_schools([matter.school.pk], ability).get(matter.school.pk, [])


def _at_office(school):
    held = school.supervision_on(timezone.localdate())
    if held is None:
        return []
    found = people_at_offices([held.authority_id], Ability.REVIEW_PLAN)
    return found.get(held.authority_id, [])


def _willing(people, actor_id):
    """Those who want such mails; nobody is told of their own deed."""
    return [p for p in people if p.gets_deed_mails and p.pk != actor_id]


def tell_about_comment(matter, comment):
    """Write the mails about a remark: the school's people about one of the office; about
    a reply of the school, who is replied to, else the office. Remarks come in dozens, so
    a person gets one such mail an hour."""
    if comment.is_from_office:
        school = matter.school
        people = people_at_schools([school.pk], Ability.REPLY).get(school.pk, [])
    else:
        people = _at_office(matter.school)
        asker = comment.parent.author_id if comment.parent_id else None
        people = [p for p in people if p.pk == asker] or people
    hour = timezone.localtime(comment.at).strftime("%Y%m%d%H")
    side = "school" if comment.is_from_office else "office"
    post(
        letter(
            "comment",
            key=f"{matter.kind}-comment-{matter.pk}-{side}-{hour}-{person.pk}",
            recipient=person,
            subject=f"Có góp ý mới về {matter.noun} – {matter.school}",
            matter=matter,
            is_from_office=comment.is_from_office,
            url=absolute(matter.path),
        )
        for person in _willing(people, comment.author_id)
    )
