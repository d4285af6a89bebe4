"""The lists of an office for django-import-export: schools, people, roles. Whatever a row
says about somebody else's school or person is an error of that row."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from qualityplan.text import fold, spelling_key
from schools.enums import Role, SchoolType
from schools.list_resource import ListResource, looked_up
from schools.models import Membership, School, Supervision, User
from schools.people import WRONG_ROLE, not_ended, role_fits
from schools.resource_fields import (
    EMPTY,
    ChoiceWidget,
    DayWidget,
    KnownWidget,
    LevelsWidget,
    ListField,
    Names,
    PlaceField,
    TextWidget,
)

NAME = "Tên trường"


class SchoolResource(ListResource):
    label, file_name = "Các trường", "Danh sach truong"
    hint = (
        "Trường được nhận ra theo tên. Trường mới trực thuộc cơ quan ghi ở cột cuối kể từ "
        "hôm nay. Nhiều cấp học thì cách nhau bằng dấu chấm phẩy."
    )

    name = ListField(
        "name",
        NAME,
        TextWidget(200),
        example="Trường Tiểu học Hoa Sen",
        width=40,
    )
    education_levels = ListField(
        "education_levels",
        "Cấp học",
        LevelsWidget(),
        is_required=True,
        example="Tiểu học; Trung học cơ sở",
    )
    school_type = ListField(
        "school_type", "Loại hình", ChoiceWidget(SchoolType.choices), example="Công lập"
    )
    address = ListField(
        "address", "Địa chỉ", TextWidget(300), example="12 Đường Hoa Sen"
    )
    place = ListField("place", "Địa danh", TextWidget(100), example="Phường An Phước")
    symbol = ListField("symbol", "Ký hiệu", TextWidget(15), example="HS", width=12)
    office = ListField("office", "Cơ quan quản lý", TextWidget(200), width=40)

    class Meta:
        model = School
        fields = (
            "name",
            "education_levels",
            "school_type",
            "address",
            "place",
            "symbol",
            "office",
        )
        import_id_fields = ("name",)
        skip_unchanged = report_skipped = store_instance = True
        skip_html_diff = clean_model_instances = True

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.offices = list(self.reach.offices())
        today = timezone.localdate()
        mine = self.reach.schools.prefetch_related(
            "education_levels", "supervisions__authority"
        )
        for school in mine:
            supervision = school.supervision_on(today)
            school.office = str(supervision.authority) if supervision else ""
            self.stored[(school,)] = school
        self.mine = Names((school.name, school) for school in self.stored.values())
        others = School.objects.exclude(pk__in=[s.pk for s in self.stored.values()])
        self.others = Names(others.values_list("name", "pk"))

    def exported(self):
        return sorted(self.stored.values(), key=lambda school: school.search_name)

    def row_key(self, row):
        name = row[NAME]
        return (looked_up(self.mine, name, "name") or spelling_key(name),)

    def more_errors(self, instance, new, row):
        """A school is under one's own office; a list does not move it to another."""
        named = row["Cơ quan quản lý"]
        if new and looked_up(self.others, row[NAME], "name"):
            return {
                "name": "Trường này không thuộc cơ quan của bạn nên không sửa được. Nếu "
                "trường vừa được chuyển về, hãy báo người quản trị hệ thống."
            }
        if not new:
            if fold(named) != fold(instance.office):
                return {
                    "office": "Chuyển trường sang cơ quan khác do người quản trị hệ "
                    "thống làm. Hãy để trống ô này."
                }
            row["Cơ quan quản lý"] = instance.office
            row[NAME] = instance.name  # found by another spelling, it keeps its own
            return {}
        office = self._office(named)
        if office is None:
            names = ", ".join(f"“{office}”" for office in self.offices)
            told = f"Không có cơ quan “{named}”." if named else EMPTY
            return {"office": f"{told} Hãy ghi một trong: {names}."}
        instance.first_office = office
        row["Cơ quan quản lý"] = str(office)
        return {}

    def _office(self, named):
        if not named:
            return self.offices[0] if len(self.offices) == 1 else None
        wanted = fold(named)
        both = (
            (office, {fold(office.name), fold(str(office))}) for office in self.offices
        )
        return next((office for office, names in both if wanted in names), None)

    def after_save_instance(self, instance, row, **kwargs):
        if hasattr(instance, "first_office"):
            Supervision.objects.create(
                school=instance,
                authority=instance.first_office,
                starts_on=timezone.localdate(),
            )


class PersonResource(ListResource):
    label, file_name = "Người dùng", "Danh sach nguoi dung"
    hint = (
        "Người được nhận ra theo e-mail. Người mới tự đặt mật khẩu bằng “Quên mật khẩu” ở "
        "trang đăng nhập; vai trò của họ nhập ở danh sách vai trò."
    )

    email = ListField(
        "email", "E-mail", TextWidget(254), example="hoa.nt@truong.edu.vn", width=32
    )
    full_name = ListField(
        "full_name",
        "Họ và tên",
        TextWidget(100),
        is_required=True,
        example="Nguyễn Thị Hoa",
        width=32,
    )

    class Meta:
        model = User
        fields = ("email", "full_name")
        import_id_fields = ("email",)
        skip_unchanged = report_skipped = store_instance = skip_html_diff = True

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.people = People(self.reach)
        self.stored = {(email,): who for email, who in self.people.known.items()}

    def exported(self):
        held = set(not_ended(self.reach.memberships()).values_list("user", flat=True))
        mine = (person for person in self.stored.values() if person.pk in held)
        return sorted(mine, key=lambda person: (person.search_name, person.pk))

    def before_import_row(self, row, **kwargs):
        super().before_import_row(row, **kwargs)
        email = row["E-mail"] = row["E-mail"].lower()
        try:
            validate_email(email)
        except ValidationError:
            raise ValidationError(
                {"email": f"“{email}” không phải e-mail. Hãy kiểm tra lại."}
            ) from None
        if email in self.people.foreign:
            raise ValidationError(
                {"email": "Người này đã có tài khoản ở nơi khác. Hãy gửi lời mời."}
            )

    def more_errors(self, instance, new, row):
        is_renamed = not new and row["Họ và tên"] != instance.full_name
        if is_renamed and instance.email in self.people.shared:
            return {
                "full_name": "Người này có vai trò ở cả nơi khác nên tên không sửa ở đây "
                "được. Hãy để trống ô này."
            }
        return {}

    def before_save_instance(self, instance, row, **kwargs):
        if instance._state.adding:
            instance.set_unusable_password()


class People:
    """Accounts by e-mail, as somebody with this reach may treat them: `known` (roles in
    reach, or none at all), of them `shared` with places beyond, and `foreign` ones."""

    def __init__(self, reach):
        inside = set(reach.memberships().values_list("pk", flat=True))
        held = {}
        for pk, user in Membership.objects.values_list("pk", "user_id"):
            held.setdefault(user, set()).add(pk)
        self.known, self.shared, self.foreign = {}, set(), set()
        for person in User.objects.all():
            email, roles = person.email.lower(), held.get(person.pk, set())
            is_mine = bool(roles & inside) or not roles
            if (person.is_superuser or person.is_staff) or not is_mine:
                self.foreign.add(email)
                continue
            self.known[email] = person
            if roles - inside:
                self.shared.add(email)


class MembershipResource(ListResource):
    label, file_name = "Vai trò", "Danh sach vai tro"
    hint = (
        "Vai trò được nhận ra theo e-mail, vai trò và nơi làm việc. Người và trường phải "
        "có trong hai danh sách kia. Ghi “Đến hết ngày” đã qua để kết thúc vai trò."
    )

    user = ListField(
        "user",
        "E-mail",
        TextWidget(254),
        is_required=True,
        example="hoa.nt@truong.edu.vn",
        width=32,
    )
    role = ListField(
        "role", "Vai trò", ChoiceWidget(Role.choices), example="Hiệu trưởng"
    )
    place = PlaceField(
        "place",
        "Nơi làm việc",
        TextWidget(),
        example="Trường Tiểu học Hoa Sen",
        width=40,
    )
    starts_on = ListField("starts_on", "Từ ngày", DayWidget(), example="01/09/2026")
    ends_on = ListField("ends_on", "Đến hết ngày", DayWidget())

    class Meta:
        model = Membership
        fields = ("user", "role", "place", "starts_on", "ends_on")
        import_id_fields = ("user", "role", "place")
        skip_unchanged = report_skipped = store_instance = True
        skip_html_diff = clean_model_instances = True

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.fields["user"].widget = KnownWidget(
            Names(People(self.reach).known.items()),
            "Không có người dùng “{value}” trong phạm vi của bạn. Hãy nhập danh sách "
            "người dùng trước, hoặc gửi lời mời.",
            name=lambda person: person.email.lower(),
        )
        places = [(school.name, school) for school in self.reach.schools]
        for office in self.reach.offices():
            places += [(office.name, office), (str(office), office)]
        self.places = Names(places)
        self.fields["place"].widget = KnownWidget(
            self.places,
            "Không có trường hay cơ quan “{value}” trong phạm vi của bạn. Hãy ghi đúng "
            "tên như trong danh sách trường.",
        )
        roles = not_ended(self.reach.memberships())
        for held in roles.select_related("user", "school", "authority"):
            place = held.school or held.authority
            key = (fold(held.user.email), fold(held.get_role_display()), place)
            self.stored[key] = held

    def exported(self):
        return sorted(
            self.stored.values(),
            key=lambda held: (str(held.school or held.authority), held.role, held.pk),
        )

    def row_key(self, row):
        """A place may be named in several ways: the key has the place itself."""
        user, role, place = super().row_key(row)
        return user, role, looked_up(self.places, row["Nơi làm việc"], "place") or place

    def more_errors(self, instance, new, row):
        role, place = self.fields["role"].clean(row), self.fields["place"].clean(row)
        if not role_fits(role, place):
            return {"role": WRONG_ROLE}
        is_changed = not new and any(
            row[self.fields[name].column_name] != instance.texts_before[name]
            for name in ("starts_on", "ends_on")
        )
        if is_changed and instance.user_id == self.by.pk:
            return {
                "user": "Vai trò của chính bạn không sửa bằng danh sách được, để không ai "
                "tự khóa mình. Hãy nhờ người quản lý khác."
            }
        return {}


RESOURCES = {
    "truong": SchoolResource,
    "nguoi-dung": PersonResource,
    "vai-tro": MembershipResource,
}
