"""Input to a result report."""

from django import forms

from plans.enums import Grouping
from plans.forms import PlainForm
from qualityplan.fields import PlainTextField
from qualityplan.text import lines
from reports.enums import Period, ReportForm
from reports.layout import COLUMNS, default_subject


class NewReportForm(PlainForm):
    """For which period, and in which form."""

    period = forms.ChoiceField(label="Kỳ báo cáo", choices=Period)
    form = forms.ChoiceField(
        label="Cách trình bày",
        choices=ReportForm,
        help_text="Báo cáo gửi cơ quan quản lý là báo cáo riêng; phụ lục in sau kế hoạch, "
        "không có số riêng.",
    )


class ResultRowForm(PlainForm):
    """The cells of one line."""

    is_late = forms.BooleanField(label="Có việc chậm so với kế hoạch", required=False)

    def __init__(self, data=None, *, row):
        cells = {column.field: getattr(row, column.field) for column in COLUMNS}
        super().__init__(data, initial=cells | {"is_late": row.is_late})
        for column in COLUMNS:
            self.fields[column.field] = PlainTextField.area(
                rows=4, required=False, label=column.label, help_text=column.guide
            )
        self.order_fields([*cells, "is_late"])


class ReportHeaderForm(PlainForm):
    """What stands above and below the table. An annex has neither addressee nor
    recipients, a report of its own no annex note."""

    subject = PlainTextField.area(rows=2, label="Trích yếu", max_length=300)
    annex_note = PlainTextField.area(
        rows=2,
        label="Ghi chú kèm theo",
        max_length=300,
        help_text="In nghiêng dưới tên báo cáo, ví dụ: (Kèm theo Kế hoạch số 05/KH-TH "
        "ngày 05 tháng 9 năm 2025 của Trường …).",
    )
    addressees = PlainTextField.area(
        rows=2,
        label="Kính gửi",
        required=False,
        help_text="Cơ quan nhận báo cáo, mỗi nơi một dòng.",
    )
    introduction = PlainTextField.area(rows=3, label="Lời dẫn", required=False)
    grouping = forms.ChoiceField(label="Cách xếp bảng", choices=Grouping)
    closing_rows = PlainTextField.area(
        rows=2,
        label="Dòng cuối bảng",
        required=False,
        help_text="Mỗi dòng in suốt chiều rộng bảng, ví dụ: Mức 4: Trường không có kế "
        "hoạch cải tiến.",
    )
    remarks = PlainTextField.area(
        rows=5,
        label="Nhận xét chung dưới bảng",
        required=False,
        help_text="Lúc đầu lấy từ bảng theo dõi, đánh giá của kế hoạch; mỗi đoạn một dòng.",
    )
    recipients = PlainTextField.area(
        rows=4,
        label="Nơi nhận",
        required=False,
        help_text="Mỗi nơi nhận một dòng, không cần gạch đầu dòng. Báo cáo gửi cấp trên "
        "luôn bắt đầu bằng “Như trên”.",
    )

    def __init__(self, data=None, *, report):
        names = list(self.base_fields)
        unused = ["addressees", "introduction", "recipients"]
        if not report.is_annex:
            unused = ["annex_note"]
        super().__init__(
            data,
            initial={name: getattr(report, name) for name in names}
            | {"subject": report.subject or default_subject(report)},
        )
        for name in unused:
            del self.fields[name]

    def texts(self):
        """The entered texts, without the bullets and marks that the paper sets."""
        texts = dict(self.cleaned_data)
        for name in ("addressees", "recipients"):
            if name in texts:
                texts[name] = "\n".join(
                    line.lstrip("-– ").rstrip(";. ") for line in lines(texts[name])
                )
        return texts
