"""Who is invited to what, and which role a person gets."""

import datetime

from django import forms
from django.utils import timezone

from qualityplan.forms import PlainHelper
from qualityplan.text import one_line
from schools.enums import OFFICE_ROLES, SCHOOL_ROLES, Role
from schools.people import WRONG_ROLE, role_fits

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _roles(found):
    """The roles that somebody with this reach may give, by the kind of place."""
    at_school = [(r.value, r.label) for r in Role if r in SCHOOL_ROLES]
    if not found.is_leader:
        return at_school
    at_office = [(r.value, r.label) for r in Role if r in OFFICE_ROLES]
    return [("Ở trường", at_school), ("Ở cơ quan", at_office)]


class RoleForm(PlainHelper, forms.Form):
    """A role at one of the places in `reach`."""

    place = forms.ChoiceField(label="Nơi làm việc")
    role = forms.ChoiceField(label="Vai trò")
    ends_on = forms.DateField(
        label="Đến hết ngày",
        required=False,
        widget=_DAY,
        help_text="Để trống nếu chưa biết. Hết ngày này, vai trò tự kết thúc.",
    )

    def __init__(self, *args, reach, **kwargs):
        super().__init__(*args, **kwargs)
        offices = {f"co-quan-{o.pk}": o for o in reach.offices()}
        schools = {f"truong-{s.pk}": s for s in reach.schools.order_by("search_name")}
        self.places = offices | schools
        groups = [
            (label, [(key, str(place)) for key, place in group.items()])
            for label, group in (("Cơ quan", offices), ("Trường", schools))
            if group
        ]
        blank = [] if len(self.places) == 1 else [("", "Chọn nơi làm việc")]
        self.fields["place"].choices = [*blank, *groups]
        self.fields["role"].choices = [("", "Chọn vai trò"), *_roles(reach)]

    def clean_ends_on(self):
        day = self.cleaned_data["ends_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError("Ngày này đã qua. Hãy chọn từ hôm nay trở đi.")
        if day and day > timezone.localdate() + datetime.timedelta(days=20 * 365):
            raise forms.ValidationError("Ngày này quá xa. Hãy kiểm tra lại năm.")
        return day

    def clean(self):
        data = super().clean()
        if data.get("place"):
            data["place"] = self.places[data["place"]]
            if data.get("role") and not role_fits(data["role"], data["place"]):
                self.add_error("role", WRONG_ROLE)
        return data


class InvitationForm(RoleForm):
    email = forms.EmailField(
        label="E-mail",
        max_length=254,
        help_text="E-mail công vụ của chính người được mời; dùng để đăng nhập.",
    )
    full_name = forms.CharField(label="Họ và tên", max_length=100)

    field_order = ["email", "full_name", "place", "role", "ends_on"]

    def clean_full_name(self):
        return _person_name(self.cleaned_data["full_name"])


class AcceptForm(PlainHelper, forms.Form):
    full_name = forms.CharField(label="Họ và tên", max_length=100)
    password = forms.CharField(
        label="Mật khẩu",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Ít nhất 8 ký tự, không chỉ toàn chữ số, không giống tên hay e-mail.",
    )
    repeated = forms.CharField(
        label="Gõ lại mật khẩu",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_full_name(self):
        return _person_name(self.cleaned_data["full_name"])

    def clean(self):
        data = super().clean()
        if (
            data.get("password")
            and data.get("repeated")
            and (data["password"] != data["repeated"])
        ):
            self.add_error("repeated", "Hai lần gõ mật khẩu không giống nhau.")
        return data


def _person_name(text):
    name = one_line(text)
    if not name:
        raise forms.ValidationError("Hãy ghi họ và tên.")
    return name
