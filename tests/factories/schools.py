"""Schools, offices and the fixed cast of the tests."""

import datetime
from dataclasses import dataclass

import factory

from schools.enums import AuthorityKind, Role
from schools.models import (
    Authority,
    EducationLevel,
    Membership,
    School,
    SchoolYear,
    Supervision,
    User,
)


class AuthorityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Authority

    name = factory.Sequence(lambda n: f"Ủy ban nhân dân Phường Số {n}")
    kind = AuthorityKind.COMMUNE
    header_line = factory.LazyAttribute(lambda o: o.name.upper())


class SchoolFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = School
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Trường Tiểu học Số {n}")
    place = "Phường Bình An"
    symbol = "THS"

    @factory.post_generation
    def levels(self, create, codes, **kwargs):
        for code in codes or ["primary"]:
            level, _ = EducationLevel.objects.get_or_create(code=code)
            self.education_levels.add(level)

    @factory.post_generation
    def authority(self, create, authority, **kwargs):
        if authority is not None:
            Supervision.objects.create(school=self, authority=authority)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"nguoi{n}@example.edu.vn")
    full_name = factory.Sequence(lambda n: f"Nguyễn Văn Số {n}")


def make_user(role, place, **dates):
    """A person who holds `role` at `place`, a school or an authority."""
    user = UserFactory()
    where = "school" if isinstance(place, School) else "authority"
    Membership.objects.create(user=user, role=role, **{where: place}, **dates)
    return user


def school_year(first_year):
    return SchoolYear.objects.get_or_create(first_year=first_year)[0]


@dataclass(frozen=True)
class Cast:
    """A school under an office with its people; a stranger from another school, one from
    another office, and the system administrator."""

    office: Authority
    school: School
    principal: User
    editor: User
    contributor: User
    viewer: User
    leader: User
    officer: User
    office_viewer: User
    other_school: School
    stranger: User
    other_officer: User
    former_principal: User
    suspended: User
    admin: User


def make_cast():
    office, elsewhere = AuthorityFactory(), AuthorityFactory()
    school = SchoolFactory(authority=office, symbol="NSH")
    other_school = SchoolFactory(authority=elsewhere)
    suspended = make_user(Role.PRINCIPAL, school)
    suspended.is_active = False
    suspended.save()
    return Cast(
        office=office,
        school=school,
        principal=make_user(Role.PRINCIPAL, school),
        editor=make_user(Role.EDITOR, school),
        contributor=make_user(Role.CONTRIBUTOR, school),
        viewer=make_user(Role.VIEWER, school),
        leader=make_user(Role.OFFICE_LEADER, office),
        officer=make_user(Role.OFFICE_OFFICER, office),
        office_viewer=make_user(Role.OFFICE_VIEWER, office),
        other_school=other_school,
        stranger=make_user(Role.PRINCIPAL, other_school),
        other_officer=make_user(Role.OFFICE_OFFICER, elsewhere),
        former_principal=make_user(
            Role.PRINCIPAL, school, ends_on=datetime.date(2025, 6, 30)
        ),
        suspended=suspended,
        admin=UserFactory(is_superuser=True, is_staff=True),
    )
