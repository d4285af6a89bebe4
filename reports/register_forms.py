"""What a clerk enters in the register of outgoing documents."""

from django import forms
from django.utils import timezone

from plans.forms import PlainForm
from qualityplan.fields import PlainTextField
from reports import register
from reports.enums import EntryState
from reports.forms import LineField
from schools.models.school import symbol_validator

# Type abbreviations of Decree 30/2020, Phụ lục III mục I, that schools and offices use.
DOCUMENT_TYPES = (
    ("KH", "Kế hoạch"),
    ("BC", "Báo cáo"),
    ("BB", "Biên bản"),
    ("QĐ", "Quyết định"),
    ("TB", "Thông báo"),
    ("TTr", "Tờ trình"),
    ("HD", "Hướng dẫn"),
    ("QC", "Quy chế"),
    ("GM", "Giấy mời"),
    ("GGT", "Giấy giới thiệu"),
    ("CV", "Công văn"),
)


class EntryForm(PlainForm):
    """A number to keep (`number` empty), or one that was given on paper."""

    document_type = forms.ChoiceField(label="Loại văn bản", choices=DOCUMENT_TYPES)
    number = forms.IntegerField(
        label="Số đã cho trên giấy",
        min_value=1,
        max_value=99_999,
        required=False,
        help_text="Để trống thì giữ số tiếp theo của năm.",
    )
    dated = forms.DateField(
        label="Ngày văn bản",
        error_messages={
            "invalid": "Hãy ghi ngày dạng ngày/tháng/năm, ví dụ 05/9/2026."
        },
    )
    symbol = forms.CharField(
        label="Ký hiệu", max_length=15, required=False, validators=[symbol_validator]
    )
    subject = PlainTextField(label="Tên loại và trích yếu", max_length=2000)
    signer = LineField(label="Người ký", max_length=150, required=False)
    recipients = PlainTextField(label="Nơi nhận", max_length=2000, required=False)
    keeper = LineField(
        label="Đơn vị, người nhận bản lưu", max_length=200, required=False
    )
    copies = forms.IntegerField(
        label="Số lượng bản", min_value=1, max_value=9999, required=False
    )
    note = LineField(label="Ghi chú", max_length=300, required=False)

    def __init__(self, data=None, *, body):
        self.body = body
        initial = {"dated": timezone.localdate(), "symbol": body.symbol}
        super().__init__(data, initial=initial)

    def clean_dated(self):
        day, today = self.cleaned_data["dated"], timezone.localdate()
        if day > today:
            raise forms.ValidationError("Ngày văn bản không được sau hôm nay.")
        if day.year < 2018:
            raise forms.ValidationError("Sổ có từ năm 2018; hãy xem lại năm.")
        return day

    def enter(self, *, by):
        """The new line. Raises `register.NumberError` where the number is taken."""
        facts = dict(self.cleaned_data)
        number = facts.pop("number")
        state = EntryState.USED if number else EntryState.RESERVED
        return register.enter(
            self.body,
            number=number,
            is_paper=number is not None,
            state=state,
            created_by=by,
            **facts,
        )


class WithdrawForm(PlainForm):
    reason = LineField(
        label="Lý do thu hồi",
        max_length=300,
        help_text="Số vẫn ở lại trong sổ và không cấp cho văn bản khác.",
    )
