"""Which schools an office looks at in a school year, and the filters an address names."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import F, FilteredRelation, Q
from django.utils import timezone

from plans.enums import PlanStatus
from qualityplan.text import fold
from schools.enums import LevelOfSchooling
from schools.models import Authority, School
from schools.scoping import valid_on
from schools.year_rules import FIELDS, rules

NOT_STARTED, OVERDUE = "none", "overdue"
STATES = {NOT_STARTED: "Chưa lập kế hoạch", **dict(PlanStatus.choices)}
LEVELS = {
    level.value: level.label
    for level in LevelOfSchooling
    if level != LevelOfSchooling.MULTI_LEVEL
}
_LONGEST = 100
_ALL_DIGITS = 18  # fits the keys of both databases


@dataclass(frozen=True)
class Filters:
    """What `?nam=&q=&coquan=&cap=&trangthai=` ask for; what means nothing is left out."""

    year: str = ""
    text: str = ""
    office: int | None = None
    level: str = ""
    state: str = ""

    @classmethod
    def of(cls, asked, school_year):
        """`asked` is the request's GET."""
        office, level = asked.get("coquan", ""), asked.get("cap", "")
        state = asked.get("trangthai", "")
        return cls(
            year=school_year.name,
            text=" ".join(asked.get("q", "").split())[:_LONGEST],
            office=number(office),
            level=level if level in LEVELS else "",
            state=state if state == OVERDUE or state in STATES else "",
        )

    @property
    def is_narrow(self):
        return bool(self.text or self.office or self.level)

    def without_state(self):
        return replace(self, state="")

    def within(self, states):
        """Without a state that is none of `states`."""
        return self if self.state in states else self.without_state()

    def query(self, **more):
        """The address of this view, to be shared: `?nam=2026-2027&cap=primary`."""
        named = {
            "nam": self.year,
            "q": self.text,
            "coquan": self.office,
            "cap": self.level,
            "trangthai": self.state,
            **more,
        }
        return "?" + urlencode({key: value for key, value in named.items() if value})


def number(text):
    """The key that `text` is, or None."""
    is_key = text.isascii() and text.isdecimal() and len(text) <= _ALL_DIGITS
    return int(text) if is_key else None


@dataclass(frozen=True)
class Office:
    pk: int | None
    name: str
    rules: object  # `YearRules` of the school year


def offices(user, school_year):
    """The `Office` of each authority `user` looks at, by pk, with what it decided for the
    year; under None what holds for a school without an office. One query."""
    setting = FilteredRelation(
        "review_settings", condition=Q(review_settings__school_year=school_year)
    )
    found = Authority.objects.for_user(user).annotate(setting=setting)
    found = found.annotate(**{f"set_{name}": F(f"setting__{name}") for name in FIELDS})
    first_year = school_year.first_year
    listed = {
        office.pk: Office(
            office.pk,
            str(office),
            rules(first_year, **{n: getattr(office, f"set_{n}") for n in FIELDS}),
        )
        for office in found.order_by("name")
    }
    return {**listed, None: Office(None, "", rules(first_year, has_office=False))}


def with_office(schools):
    """`schools` with the `office` (pk) they stand under today. A school has one a day
    (`Supervision.clean`): joining is enough, and quicker than asking for each."""
    today = timezone.localdate()
    supervised = FilteredRelation(
        "supervisions", condition=valid_on(today, "supervisions__")
    )
    schools = schools.annotate(supervised=supervised)
    return schools.annotate(office=F("supervised__authority"))


def office_schools(user, school_year):
    """The schools under the offices of `user` today, each with its `office` and its
    `year_plan` (a relation). One that has closed is of the years it had a plan in."""
    schools = with_office(School.objects.for_user(user)).annotate(
        year_plan=FilteredRelation("plans", condition=Q(plans__school_year=school_year))
    )
    if not user.is_superuser:
        schools = schools.filter(office__in=user.standing.authority_ids)
    return schools.filter(Q(is_active=True) | Q(year_plan__isnull=False))


def narrowed(schools, filters):
    """Those of `schools` that the filters name, whatever their state."""
    for word in fold(filters.text).split():
        schools = schools.filter(search_name__contains=word)
    if filters.office:
        schools = schools.filter(office=filters.office)
    if filters.level:
        schools = schools.filter(education_levels=filters.level)
    return schools


def in_state(schools, state):
    """Those of `schools` (of `office_schools`) whose plan of the year is in `state`, a key
    of `STATES`; all of them where it is empty."""
    if state == NOT_STARTED:
        return schools.filter(year_plan__isnull=True)
    return schools.filter(year_plan__status=state) if state else schools


def in_order(schools):
    """By name, the same on every database; never by what they reached."""
    return schools.order_by("search_name", "pk")
