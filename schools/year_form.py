"""What an office decides for a school year, as a form."""

from itertools import pairwise

from django import forms

from qualityplan.fields import date_field
from qualityplan.forms import PlainHelper
from schools.enums import ReviewMode
from schools.models import ReviewSetting, School
from schools.scoping import valid_on
from schools.year_rules import rules

_DAYS = ("plan_due_on", "midyear_due_on", "result_due_on")
_WHAT_CHANGES = {
    "office": "{count} {noun} đang chờ hiệu trưởng phê duyệt sẽ chuyển sang chờ cơ quan "
    "phê duyệt, ngay khi lưu.",
    "school": "{count} {noun} đang chờ cơ quan phê duyệt sẽ chuyển sang chờ hiệu trưởng "
    "phê duyệt, ngay khi lưu; cơ quan còn theo dõi và góp ý.",
}


def submitted_now(authority, school_year, today):
    """How many plans and how many reports of that year lie submitted at the schools that
    `authority` supervises today. Both stand to the right of this app: they are reached
    through their relations to the school."""
    if school_year.pk is None:
        return 0, 0
    schools = School.objects.filter(
        valid_on(today, "supervisions__"), supervisions__authority=authority
    )
    plans = schools.filter(plans__school_year=school_year, plans__status="submitted")
    reports = schools.filter(
        result_reports__school_year=school_year, result_reports__status="submitted"
    )
    return plans.count(), reports.count()


class YearSettingForm(PlainHelper, forms.ModelForm):
    """`submitted` is what `submitted_now` counts: whoever changes the way of approval
    while something waits is told what becomes of it and says yes to that."""

    is_understood = forms.BooleanField(
        label="Tôi đã đọc và đồng ý với thay đổi trên", required=False
    )

    class Meta:
        model = ReviewSetting
        fields = [*_DAYS, "mode", "report_mode"]
        # The choices are sentences: too long for a list that folds.
        widgets = {"mode": forms.RadioSelect, "report_mode": forms.RadioSelect}

    def __init__(self, data=None, *, instance, submitted):
        super().__init__(data, instance=instance)
        year = instance.school_year
        usual = rules(year.first_year)
        self.before = (instance.mode, instance.report_mode)
        self.submitted = submitted
        self.fields["plan_due_on"] = date_field(
            label="Hạn nộp kế hoạch",
            required=False,
            help_text="Để trống nếu không đặt hạn: Thông tư không ấn định ngày.",
        )
        self.fields["midyear_due_on"] = date_field(
            label="Hạn theo dõi, đánh giá học kỳ I",
            required=False,
            help_text=f"Để trống thì là ngày {usual.midyear_due_on:%d/%m/%Y}.",
        )
        self.fields["result_due_on"] = date_field(
            label="Hạn nộp báo cáo kết quả, theo dõi cuối năm",
            required=False,
            help_text=f"Để trống thì là ngày {usual.result_due_on:%d/%m/%Y}.",
        )
        for name in ("mode", "report_mode"):
            self.fields[name].choices = ReviewMode.choices
        if not self.consequences:
            del self.fields["is_understood"]
        self.order_fields([*_DAYS, "mode", "report_mode", "is_understood"])

    @property
    def consequences(self):
        """What the changes of mode that were posted do to what lies submitted now."""
        if not self.is_bound:
            return []
        nouns = ("kế hoạch", "báo cáo kết quả")
        names = ("mode", "report_mode")
        return [
            _WHAT_CHANGES[self.data[name]].format(count=count, noun=noun)
            for name, noun, before, count in zip(
                names, nouns, self.before, self.submitted, strict=True
            )
            if count and self.data.get(name) in _WHAT_CHANGES.keys() - {before}
        ]

    def clean(self):
        found = super().clean()
        self._check_year(found)
        self._check_order(found)
        if self.consequences and not found.get("is_understood"):
            self.add_error(
                "is_understood", "Hãy đọc thay đổi nêu ở đầu trang rồi đánh dấu đồng ý."
            )
        return found

    def _check_year(self, found):
        year = self.instance.school_year
        for name in _DAYS:
            day = found.get(name)
            if day and not year.starts_on <= day <= year.ends_on:
                self.add_error(
                    name,
                    f"Ngày này không thuộc năm học {year}: chọn từ "
                    f"{year.starts_on:%d/%m/%Y} đến {year.ends_on:%d/%m/%Y}.",
                )

    def _check_order(self, found):
        """The days in their order, with the usual ones where none is set."""
        usual = rules(self.instance.school_year.first_year)
        days = [
            (name, found.get(name) or getattr(usual, name))
            for name in _DAYS
            if name not in self.errors
        ]
        known = [(name, day) for name, day in days if day]
        for (earlier, first), (later, second) in pairwise(known):
            if first >= second:
                at = later if found.get(later) else earlier
                self.add_error(
                    at,
                    f"“{self.fields[earlier].label}” ({first:%d/%m/%Y}) phải trước "
                    f"“{self.fields[later].label}” ({second:%d/%m/%Y}).",
                )
