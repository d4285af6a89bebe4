"""The last questions before a plan becomes a numbered document."""

from django import forms
from django.utils import timezone

from plans.forms import PlainForm
from plans.letterhead import letterhead
from qualityplan.fields import PlainTextField
from reports import register
from reports.enums import EntryState
from reports.official.signing import SIGNING_FORMS, Capacity, signature_entry
from schools.models.school import symbol_validator

# Who may sign a school's plan; the office's and the council's forms serve other papers.
_SCHOOL_CAPACITIES = (
    Capacity.HEAD,
    Capacity.DEPUTY,
    Capacity.ACTING,
    Capacity.DEPUTY_IN_CHARGE,
    Capacity.COUNCIL,
)


class LineField(PlainTextField):
    """One line as it goes onto paper and into the register."""

    def to_python(self, value):
        return " ".join(super().to_python(value).split())


class NumberedForm(PlainForm):
    """Number, place and day of a document; `document` is what is issued."""

    document = None
    number = forms.IntegerField(
        label="Số",
        min_value=1,
        max_value=99_999,
        required=False,
        help_text="Để trống thì lấy số tiếp theo trong sổ văn bản đi. Chỉ ghi số khi văn "
        "thư đã cho số trên giấy.",
    )
    symbol = forms.CharField(max_length=15, validators=[symbol_validator])
    place = LineField(label="Địa danh", max_length=100)
    issued_on = forms.DateField(
        label="Ngày ban hành",
        help_text="Ngày/tháng/năm, ví dụ 05/9/2026.",
        error_messages={
            "invalid": "Hãy ghi ngày dạng ngày/tháng/năm, ví dụ 05/9/2026."
        },
    )

    def clean(self):
        cleaned = super().clean()
        number, day = cleaned.get("number"), cleaned.get("issued_on")
        if number and day:
            taken = register.holder(
                register.body_of(self.document),
                self.document.document_type,
                number,
                day.year,
            )
            if taken is not None and taken.state != EntryState.RESERVED:
                self.add_error("number", str(register.NumberTakenError(taken)))
        return cleaned


class IssueForm(NumberedForm):
    capacity = forms.ChoiceField(label="Người ký với tư cách")
    signer = LineField(label="Họ và tên người ký", max_length=100)

    def __init__(self, data=None, *, document, signer=""):
        """`document` is the plan or the report that is issued."""
        self.document = document
        head, year = letterhead(document), document.school_year
        today = timezone.localdate()
        initial = {
            "symbol": head.symbol,
            "place": head.place,
            "issued_on": today if year.starts_on <= today <= year.ends_on else None,
            "signer": signer,
        }
        super().__init__(data, initial=initial)
        self.fields["symbol"].label = "Ký hiệu tên trường"
        capacities = _SCHOOL_CAPACITIES
        if document.school.head_title == "GIÁM ĐỐC":
            capacities = (Capacity.DIRECTOR,)
        self.fields["capacity"].choices = [
            (capacity.value, SIGNING_FORMS[capacity].label) for capacity in capacities
        ]
        if getattr(document, "is_annex", False):
            # An annex goes under the number of its plan.
            del self.fields["number"], self.fields["symbol"]

    def clean_issued_on(self):
        day, year = self.cleaned_data["issued_on"], self.document.school_year
        if not year.starts_on <= day <= year.ends_on:
            raise forms.ValidationError(
                f"Ngày ban hành phải trong năm học {year}: từ "
                f"{year.starts_on:%d/%m/%Y} đến {year.ends_on:%d/%m/%Y}."
            )
        if day > timezone.localdate():
            raise forms.ValidationError("Ngày ban hành không được sau hôm nay.")
        before = register.earlier_issue(self.document)
        if before and day < before:
            raise forms.ValidationError(
                f"Ngày ban hành không được trước văn bản mà nó dựa vào hoặc thay thế "
                f"({before:%d/%m/%Y})."
            )
        return day

    def signature(self):
        given = self.cleaned_data
        return signature_entry(given["capacity"], given["signer"])

    def entered(self):
        """What the issuing functions take, by name."""
        names = ("number", "issued_on", "symbol", "place")
        values = {name: self.cleaned_data.get(name) for name in names}
        return values | {
            "symbol": values["symbol"] or "",
            "signature": self.signature(),
        }
