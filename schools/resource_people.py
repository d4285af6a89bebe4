"""The lists of people and of roles for django-import-export. Whatever a row says about
somebody else's person or place is an error of that row."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from qualityplan.text import fold
from schools.enums import Role
from schools.list_resource import ListResource, looked_up
from schools.models import Membership, User
from schools.people import WRONG_ROLE, close_invitations, not_ended, role_fits
from schools.resource_fields import (
    ChoiceWidget,
    DayWidget,
    KnownWidget,
    ListField,
    Names,
    PlaceField,
    TextWidget,
)

OWN_ROLE = (
    "Vai trò của chính bạn không sửa bằng danh sách được, để không ai tự khóa mình. Hãy "
    "nhờ người quản lý khác."
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
        skip_unchanged = report_skipped = store_instance = skip_diff = True

    columns_written = ("full_name", "search_name")

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
        skip_diff = clean_model_instances = True

    columns_written = ("starts_on", "ends_on")

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
        self.ended = {}
        roles = self.reach.memberships()
        current = set(not_ended(roles).values_list("pk", flat=True))
        for held in roles.select_related("user", "school", "authority"):
            place = held.school or held.authority
            key = (fold(held.user.email), fold(held.get_role_display()), place)
            if held.pk in current:
                self.stored[key] = held
            else:
                self.ended[key, held.ends_on] = held

    def exported(self):
        return sorted(
            self.stored.values(),
            key=lambda held: (str(held.school or held.authority), held.role, held.pk),
        )

    def row_key(self, row):
        """A place may be named in several ways: the key has the place itself."""
        user, role, place = super().row_key(row)
        return user, role, looked_up(self.places, row["Nơi làm việc"], "place") or place

    def get_instance(self, instance_loader, row):
        """The role that is held; or the one that ended on the day of the row, so that a
        file that ended it can be read again."""
        held = super().get_instance(instance_loader, row)
        if held is not None:
            return held
        try:
            day = self.fields["ends_on"].clean(row)
        except ValueError:  # told later, with the other cells
            return None
        return self.ended.get((self.row_key(row), day))

    def more_errors(self, instance, new, row):
        role, place = self.fields["role"].clean(row), self.fields["place"].clean(row)
        return {} if role_fits(role, place) else {"role": WRONG_ROLE}

    def validate_instance(self, instance, *args, **kwargs):
        """Only rows that change something come here."""
        super().validate_instance(instance, *args, **kwargs)
        starts, ends = instance.starts_on, instance.ends_on
        if starts and ends and ends < starts:
            raise ValidationError({"ends_on": "Ngày kết thúc phải sau ngày bắt đầu."})
        if instance.texts_before and instance.user_id == self.by.pk:
            raise ValidationError({"user": OWN_ROLE})

    def write(self):
        super().write()
        today = timezone.localdate()
        close_invitations(
            held for held in self.updated if held.ends_on and held.ends_on < today
        )
