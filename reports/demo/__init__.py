"""The demonstration: a ward with three schools and three years of plans, in such states
that everybody has something to do. Only ever put into an empty database."""

import json
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from plans import workflow
from plans.models import ImprovementPlan
from reports.demo.inspections import tell_inspections
from reports.demo.years import head_of, tell_years
from reports.yearfile.loading import load_files
from schools.enums import AuthorityKind, ReviewMode, Role
from schools.models import (
    Authority,
    EducationLevel,
    Mail,
    Membership,
    ReviewSetting,
    School,
    SchoolYear,
    Supervision,
    User,
)

FOLDER = settings.BASE_DIR / "fixtures" / "demo"
# Not a secret: printed for whoever tries the product on their own machine.
PASSWORD = "kehoach-2026"  # noqa: S105
ADMIN_EMAIL = "quantri@demo.example"

_REASON_RETURNED = (
    "Đề nghị nhà trường chỉnh ba chỗ ở mục V rồi trình lại trước ngày 30 tháng 11:\n"
    "1. Nội dung 5: ghi số tiền và nguồn thay cho “kinh phí ôn tập theo dự toán”.\n"
    "2. Nội dung 6: hai phòng bộ môn chưa khởi công; nêu thêm cách xếp giờ thực hành nếu "
    "đến hết học kỳ I chưa nhận bàn giao.\n"
    "3. Nội dung 7: ghi tên người chịu trách nhiệm trả lời tin báo trong 24 giờ."
)


@dataclass(frozen=True)
class Account:
    email: str
    role: str
    place: str


def is_empty():
    """Whether nobody works in this database yet."""
    return not (User.objects.exists() or School.objects.exists())


def accounts():
    """The demonstration's accounts that are in the database, the administrator last."""
    emails = [person["email"] for person in _structure()["people"]]
    held = Membership.objects.filter(user__email__in=emails)
    held = held.select_related("user", "school", "authority").order_by("pk")
    found = [
        Account(m.user.email, m.get_role_display(), str(m.school or m.authority))
        for m in held
    ]
    if User.objects.filter(email=ADMIN_EMAIL).exists():
        found.append(Account(ADMIN_EMAIL, "Quản trị hệ thống", "Toàn hệ thống"))
    return found


def begins_on():
    """The day on which the ward of the story was set up; nobody has a role there before."""
    return date.fromisoformat(_structure()["commune"]["starts_on"])


@transaction.atomic
def load_demo():
    """Fill the empty database. Raises YearFileError where the catalogues are missing."""
    structure = _structure()
    commune = _create_places(structure)
    load_files(sorted(FOLDER.glob("*-20*.json")))
    # In this ward the office approves, so that review can be tried.
    ReviewSetting.objects.create(
        authority=commune,
        school_year=SchoolYear.objects.named("2026-2027"),
        mode=ReviewMode.OFFICE,
    )
    tell_years()
    _walk_states(structure)
    tell_inspections()
    # Nobody waits for mails about what happened before the installation.
    Mail.objects.all().delete()


def _structure():
    return json.loads((FOLDER / "structure.json").read_text(encoding="utf-8"))


def _create_places(structure):
    places = {"province": _authority(structure, "province", parent=None)}
    for kind in ("district", "commune"):
        places[kind] = _authority(structure, kind, parent=places["province"])
    for entry in structure["schools"]:
        places[entry["key"]] = _school(entry, places["district"], places["commune"])
    password = make_password(PASSWORD)
    for person in structure["people"]:
        _person(person, places[person["at"]], password)
    User.objects.create(
        email=ADMIN_EMAIL,
        full_name="Quản trị hệ thống",
        password=password,
        is_staff=True,
        is_superuser=True,
    )
    return places["commune"]


def _authority(structure, kind, parent):
    fields = dict(structure[kind])
    for name in ("starts_on", "ends_on"):
        if fields.get(name):
            fields[name] = date.fromisoformat(fields[name])
    return Authority.objects.create(kind=AuthorityKind(kind), parent=parent, **fields)


def _school(entry, *authorities):
    """A school that stood under each of `authorities` for as long as they existed."""
    fields = {k: v for k, v in entry.items() if k not in ("key", "education_levels")}
    school = School.objects.create(**fields)
    school.education_levels.set(
        EducationLevel.objects.get_or_create(code=code)[0]
        for code in entry["education_levels"]
    )
    for authority in authorities:
        Supervision.objects.create(
            school=school,
            authority=authority,
            starts_on=authority.starts_on,
            ends_on=authority.ends_on,
        )
    return school


def _person(person, place, password):
    user = User.objects.create(
        email=person["email"], full_name=person["full_name"], password=password
    )
    where = "school" if isinstance(place, School) else "authority"
    Membership.objects.create(user=user, role=Role(person["role"]), **{where: place})


def _walk_states(structure):
    """Of this year's plans one waits for the office, one is back at its school, one is
    being written."""
    names = {entry["key"]: entry["name"] for entry in structure["schools"]}
    for key in ("tieu-hoc", "thcs"):
        plan = _plan(names[key], 2026)
        workflow.perform(workflow.SUBMIT, plan, by=head_of(plan.school))
    officer = _holder(Role.OFFICE_OFFICER, authority__isnull=False)
    plan = _plan(names["thcs"], 2026)
    workflow.perform(workflow.RETURN, plan, by=officer, note=_REASON_RETURNED)


def _holder(role, **where):
    return User.objects.get(
        pk=Membership.objects.filter(role=role, **where).values("user")[:1]
    )


def _plan(school_name, first_year):
    return ImprovementPlan.objects.get(
        school__name=school_name, school_year__first_year=first_year
    )
