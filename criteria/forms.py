from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms

from qualityplan.text import clean, fold

_NAMES = {"circular": "thong-tu"}  # as the address says it


class SearchForm(forms.Form):
    q = forms.CharField(
        label="Từ khóa hoặc mã tiêu chí",
        max_length=200,
        help_text="Có dấu hay không dấu đều được, ví dụ: hội đồng trường, thu vien, 1.10.",
        required=False,  # clean_q tells what is missing
        error_messages={
            "max_length": "Từ khóa dài tối đa %(limit_value)d ký tự (đang có "
            "%(show_value)d).",
        },
    )
    circular = forms.ChoiceField(
        label="Trong thông tư",
        required=False,
        error_messages={"invalid_choice": "Không có thông tư này; hãy chọn lại."},
    )

    def __init__(self, *args, circulars, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["circular"].choices = [
            ("", "Tất cả thông tư"),
            *((c.slug, str(c).removeprefix("Thông tư ")) for c in circulars),
        ]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Row(
                Column("q", css_class="col-lg-7"),
                Column("circular", css_class="col-lg"),
            )
        )

    def add_prefix(self, field_name):
        return super().add_prefix(_NAMES.get(field_name, field_name))

    def clean_q(self):
        q = clean(self.cleaned_data["q"])
        if len(fold(q)) < 2:
            raise forms.ValidationError("Hãy nhập ít nhất 2 ký tự.", code="short")
        return q
