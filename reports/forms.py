"""The last questions before a plan becomes a numbered document."""

from django import forms
from django.utils import timezone

from plans.forms import PlainForm
from plans.letterhead import letterhead
from plans.models import ImprovementPlan
from reports.official.signing import SIGNING_FORMS, Capacity
from schools.models.school import symbol_validator

# Who may sign a school's plan; the office's and the council's forms serve other papers.
_SCHOOL_CAPACITIES = (
    Capacity.HEAD,
    Capacity.DEPUTY,
    Capacity.ACTING,
    Capacity.DEPUTY_IN_CHARGE,
    Capacity.COUNCIL,
)


class IssueForm(PlainForm):
    number = forms.IntegerField(
        label="Số",
        min_value=1,
        max_value=99_999,
        help_text="Số do văn thư cấp, theo sổ công văn đi của trường trong năm dương lịch.",
    )
    symbol = forms.CharField(
        label="Ký hiệu tên trường", max_length=15, validators=[symbol_validator]
    )
    place = forms.CharField(label="Địa danh", max_length=100)
    issued_on = forms.DateField(
        label="Ngày ban hành",
        help_text="Ngày/tháng/năm, ví dụ 05/9/2026.",
        error_messages={
            "invalid": "Hãy ghi ngày dạng ngày/tháng/năm, ví dụ 05/9/2026."
        },
    )
    capacity = forms.ChoiceField(label="Người ký với tư cách")
    signer = forms.CharField(label="Họ và tên người ký", max_length=100)

    def __init__(self, data=None, *, plan, signer=""):
        self.plan = plan
        head, today, year = letterhead(plan), timezone.localdate(), plan.school_year
        initial = {
            "symbol": head.symbol,
            "place": head.place,
            "issued_on": today if year.starts_on <= today <= year.ends_on else None,
            "signer": signer,
        }
        super().__init__(data, initial=initial)
        capacities = _SCHOOL_CAPACITIES
        if plan.school.head_title == "GIÁM ĐỐC":
            capacities = (Capacity.DIRECTOR,)
        self.fields["capacity"].choices = [
            (capacity.value, SIGNING_FORMS[capacity].label) for capacity in capacities
        ]

    def clean_issued_on(self):
        day, year = self.cleaned_data["issued_on"], self.plan.school_year
        if not year.starts_on <= day <= year.ends_on:
            raise forms.ValidationError(
                f"Ngày ban hành phải trong năm học {year}: từ "
                f"{year.starts_on:%d/%m/%Y} đến {year.ends_on:%d/%m/%Y}."
            )
        if day > timezone.localdate():
            raise forms.ValidationError("Ngày ban hành không được sau hôm nay.")
        return day

    def clean(self):
        cleaned = super().clean()
        number, day = cleaned.get("number"), cleaned.get("issued_on")
        if number and day:
            same = ImprovementPlan.objects.filter(
                school=self.plan.school_id,
                number=number,
                document_type=self.plan.document_type,
                issued_on__year=day.year,
            ).exclude(pk=self.plan.pk)
            if same.exists():
                self.add_error(
                    "number",
                    f"Số {number:02d} của năm {day.year} đã dùng cho kế hoạch năm học "
                    f"{same.get().school_year}. Hãy xem lại sổ công văn đi.",
                )
        return cleaned

    def signature(self):
        form = SIGNING_FORMS[Capacity(self.cleaned_data["capacity"])]
        return {"capacity": "\n".join(form.lines), "name": self.cleaned_data["signer"]}
