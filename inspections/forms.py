"""Input to rounds, teams and records. Rules that need the database stand in the modules
that write; their messages are shown at the fields they name."""

from django import forms
from django.utils import timezone

from inspections.enums import Duty, RecordForm, Result
from inspections.models import InspectionRound
from inspections.recording import RECOMMENDATION, fingerprint
from plans.forms import PlainForm
from plans.progress_forms import date_field
from qualityplan.fields import PlainTextField
from schools.enums import LevelOfSchooling
from schools.models import SchoolYear

MOMENT = "%Y-%m-%dT%H:%M"


def moment_field(**kwargs):
    """A day and a time, picked on a tablet or typed as 08:00 18/03/2027."""
    widget = forms.DateTimeInput(format=MOMENT, attrs={"type": "datetime-local"})
    return forms.DateTimeField(
        widget=widget,
        input_formats=[MOMENT, "%Y-%m-%dT%H:%M:%S", "%H:%M %d/%m/%Y", "%d/%m/%Y %H:%M"],
        error_messages={
            "required": "Hãy ghi ngày giờ.",
            "invalid": "Ngày giờ chưa đúng, ví dụ: 08:00 18/03/2027.",
        },
        **kwargs,
    )


def numbers(texts):
    """The keys among `texts`, as check boxes send them."""
    return {int(text) for text in texts if text.isdecimal() and len(text) < 18}


class RoundForm(PlainForm):
    """A new round, or the texts and dates of one. `authorities` are those in whose name
    this person inspects; one of them needs no asking."""

    title = PlainTextField(
        label="Tên đợt kiểm tra",
        max_length=200,
        error_messages={"required": "Hãy đặt tên cho đợt kiểm tra."},
        help_text="Ví dụ: Kiểm tra việc thực hiện kế hoạch cải tiến chất lượng học kỳ II.",
    )
    legal_bases = PlainTextField.area(
        rows=3,
        label="Căn cứ",
        required=False,
        help_text=InspectionRound._meta.get_field("legal_bases").help_text,
    )

    def __init__(self, data=None, *, authorities=(), school_year=None, round_=None):
        names = ("title", "legal_bases", "starts_on", "ends_on")
        initial = {name: getattr(round_, name) for name in names} if round_ else {}
        super().__init__(data, initial=initial)
        self.authorities = list(authorities)
        if round_ is None:
            self._ask_place(school_year)
        self.fields["starts_on"] = date_field(label="Từ ngày", required=False)
        self.fields["ends_on"] = date_field(label="Đến ngày", required=False)
        order = ["authority", "school_year", "title", "starts_on", "ends_on"]
        self.order_fields([*order, "legal_bases"])

    def _ask_place(self, school_year):
        self.fields["school_year"] = forms.ModelChoiceField(
            SchoolYear.objects.all(),
            label="Năm học",
            initial=school_year,
            empty_label=None,
            error_messages={"required": "Hãy chọn năm học."},
        )
        if len(self.authorities) > 1:
            choices = [(str(a.pk), str(a)) for a in self.authorities]
            self.fields["authority"] = forms.ChoiceField(
                label="Cơ quan kiểm tra",
                choices=choices,
                error_messages={"required": "Hãy chọn cơ quan."},
            )

    @property
    def authority(self):
        asked = self.cleaned_data.get("authority")
        if asked is None:
            return self.authorities[0]
        return next(a for a in self.authorities if str(a.pk) == asked)

    def texts(self):
        names = ("title", "legal_bases", "starts_on", "ends_on")
        return {name: self.cleaned_data[name] for name in names}


class SchoolSearchForm(forms.Form):
    q = forms.CharField(required=False, max_length=200)
    cap = forms.ChoiceField(
        required=False, choices=[("", "Mọi cấp học"), *LevelOfSchooling.choices]
    )


class ArrangeForm(PlainForm):
    """The planned day and the layout of the record."""

    def __init__(self, data=None, *, inspection):
        names = ("planned_on", "form")
        super().__init__(
            data, initial={name: getattr(inspection, name) for name in names}
        )
        self.fields["planned_on"] = date_field(label="Ngày dự kiến", required=False)
        self.fields["form"] = forms.ChoiceField(
            label="Cách trình bày biên bản", choices=RecordForm.choices
        )


def duty_field(initial=Duty.MEMBER):
    return forms.ChoiceField(
        label="Nhiệm vụ",
        choices=Duty.choices,
        initial=initial,
        error_messages={"required": "Hãy chọn nhiệm vụ."},
    )


class MemberForm(PlainForm):
    """A person with an account who joins the team."""

    person = forms.IntegerField(
        label="Người tham gia",
        error_messages={"required": "Hãy chọn người.", "invalid": "Hãy chọn người."},
    )
    duty = duty_field()


class GuestForm(PlainForm):
    """Somebody without an account who joins the team."""

    name = PlainTextField(
        label="Họ và tên",
        max_length=150,
        error_messages={"required": "Hãy ghi họ và tên."},
    )
    job = PlainTextField(
        label="Chức vụ, đơn vị công tác", max_length=200, required=False
    )
    duty = duty_field()


class PersonForm(PlainForm):
    """Somebody of the school who is there."""

    name = PlainTextField(
        label="Họ và tên",
        max_length=150,
        error_messages={"required": "Hãy ghi họ và tên."},
    )
    job = PlainTextField(label="Chức vụ", max_length=200, required=False)


class StartForm(PlainForm):
    held_at = PlainTextField(label="Địa điểm", max_length=300, required=False)

    def __init__(self, data=None, *, inspection):
        now = timezone.localtime().replace(second=0, microsecond=0)
        place = inspection.held_at or str(inspection.school)
        super().__init__(data, initial={"starts_at": now, "held_at": place})
        self.fields["starts_at"] = moment_field(label="Bắt đầu lúc")
        self.order_fields(["starts_at", "held_at"])


class EndForm(PlainForm):
    def __init__(self, data=None, *, inspection):
        now = timezone.localtime().replace(second=0, microsecond=0)
        super().__init__(data, initial={"ends_at": inspection.ends_at or now})
        begun = (
            timezone.localtime(inspection.starts_at) if inspection.starts_at else None
        )
        self.fields["ends_at"] = moment_field(
            label="Kết thúc lúc",
            help_text=f"Đã bắt đầu lúc {begun:%H:%M ngày %d/%m/%Y}." if begun else "",
        )


class ReopenForm(PlainForm):
    note = PlainTextField.area(
        rows=3,
        label="Lý do mở lại",
        error_messages={"required": "Hãy ghi lý do mở lại."},
    )


class PlaceForm(PlainForm):
    """Where it takes place and who is there. `shown` are those that the page showed:
    whoever a colleague added meanwhile is not absent for that."""

    held_at = PlainTextField(label="Địa điểm", max_length=300, required=False)
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, inspection=None, people=()):
        initial = {"shown": " ".join(str(person.pk) for person in people)}
        if inspection is not None:
            initial["held_at"] = inspection.held_at
        super().__init__(data, initial=initial)

    def clean_shown(self):
        return numbers(self.cleaned_data["shown"].split())


class FindingForm(forms.Form):
    """What was found for a row; the fields are drawn by the template as large buttons."""

    result = forms.ChoiceField(choices=[("", "—"), *Result.choices], required=False)
    remark = PlainTextField(label="Nhận xét", required=False)


class RemarksForm(PlainForm):
    strengths = PlainTextField.area(rows=4, label="Ưu điểm", required=False)
    limitations = PlainTextField.area(rows=4, label="Hạn chế", required=False)
    remarks = PlainTextField.area(rows=3, label="Nhận xét khác", required=False)
    school_opinion = PlainTextField.area(
        rows=3,
        label="Ý kiến của nhà trường",
        required=False,
        help_text="Đoàn ghi lại lời của đại diện nhà trường.",
    )


class RecommendationForm(PlainForm):
    text = PlainTextField.area(
        rows=3,
        label="Kiến nghị",
        error_messages={"required": "Hãy ghi kiến nghị."},
        help_text="Một việc cụ thể, ví dụ: Bổ sung biên bản họp tổ của học kỳ I.",
    )
    owner = PlainTextField(
        label="Người thực hiện",
        max_length=200,
        error_messages={
            "required": "Hãy ghi người hoặc bộ phận của trường chịu trách nhiệm."
        },
    )

    def __init__(self, data=None, *, recommendation=None):
        held = recommendation
        super().__init__(
            data, initial={n: getattr(held, n) for n in RECOMMENDATION} if held else {}
        )
        self.fields["due_on"] = date_field(label="Hạn khắc phục")
        self.fields["due_on"].error_messages["required"] = "Hãy chọn hạn khắc phục."
        if held:
            self.fields["seen"] = forms.CharField(
                required=False,
                widget=forms.HiddenInput,
                initial=fingerprint(held, RECOMMENDATION),
            )

    def show_other(self, error):
        """A colleague stored another wording meanwhile: it stands above what was typed,
        and saving again is a decision."""
        stored = error.stored
        self.add_error(
            None,
            [
                str(error),
                f"Đang lưu: “{stored.text}”; người thực hiện: {stored.owner}; hạn khắc "
                f"phục: {stored.due_on:%d/%m/%Y}.",
            ],
        )
        self.data = self.data.copy()
        self.data["seen"] = fingerprint(stored, RECOMMENDATION)
