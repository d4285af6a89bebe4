"""Input while a plan is carried out. The rules stand in `plans.recording`; its messages
are shown at the fields they name."""

from django import forms
from django.utils import timezone

from plans.enums import Progress
from plans.forms import PlainForm
from plans.models import Monitoring
from qualityplan.fields import PlainTextField, date_field


class ProgressForm(PlainForm):
    """A new entry in the progress of a row."""

    status = forms.ChoiceField(
        label="Mức độ thực hiện",
        choices=Progress.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn mức độ thực hiện."},
    )
    is_late = forms.BooleanField(label="Chậm so với kế hoạch", required=False)
    done = PlainTextField.area(
        rows=3,
        label="Việc đã làm, kết quả",
        required=False,
        help_text="Nêu việc và con số, ví dụ: đã xếp tiết đọc cho 18/18 lớp.",
    )
    reason = PlainTextField.area(
        rows=2,
        label="Lý do chậm hoặc chưa làm",
        required=False,
        help_text="Bắt buộc khi chọn “Chưa hoàn thành” hoặc đánh dấu chậm.",
    )

    def __init__(self, data=None, *, row):
        year = row.plan.school_year
        today = timezone.localdate()
        initial = {"status": row.progress, "recorded_on": year.clamp(today)}
        super().__init__(data, initial=initial)
        self.fields["recorded_on"] = date_field(
            label="Ngày ghi nhận",
            help_text=f"Trong năm học {year}, không sau hôm nay.",
        )
        self.order_fields(["status", "is_late", "done", "reason", "recorded_on"])


class MonitoringForm(PlainForm):
    """What a review of the plan found. The moments the plan was issued with stay."""

    def __init__(self, data=None, *, plan, line):
        self.line = line
        columns = [
            column
            for column in plan.layout.monitoring
            if column.field != "time" or not (line.pk and line.time)
        ]
        self.names = [column.field for column in columns]
        super().__init__(data, initial={n: getattr(line, n) for n in self.names})
        for column in columns:
            self.fields[column.field] = _monitoring_field(column)

    def filled_line(self):
        """The review with what was entered; not saved."""
        for name in self.names:
            setattr(self.line, name, self.cleaned_data[name])
        return self.line


def _monitoring_field(column):
    kwargs = {"label": column.label, "required": False, "help_text": column.guide}
    longest = Monitoring._meta.get_field(column.field).max_length
    if longest:
        return PlainTextField(max_length=longest, **kwargs)
    return PlainTextField.area(rows=4, **kwargs)
