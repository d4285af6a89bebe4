"""What is to be taken away."""

from django import forms

from qualityplan.forms import PlainHelper
from reports.enums import ExportKind
from reports.exporting.choice import DOCUMENTS, FORMATS, Choice


class ExportForm(PlainHelper, forms.Form):
    """The schools are chosen by the filters beside it, which its address carries."""

    kind = forms.ChoiceField(
        label="Nội dung",
        choices=ExportKind.choices,
        widget=forms.RadioSelect,
        initial=ExportKind.DOCUMENTS,
    )
    documents = forms.MultipleChoiceField(
        label="Loại văn bản",
        choices=DOCUMENTS.items(),
        widget=forms.CheckboxSelectMultiple,
        initial=list(DOCUMENTS),
        required=False,
        help_text="Chỉ dùng khi tải văn bản đã ban hành.",
    )
    formats = forms.MultipleChoiceField(
        label="Dạng tệp",
        choices=FORMATS.items(),
        widget=forms.CheckboxSelectMultiple,
        initial=["pdf"],
        required=False,
        help_text="Bản có nhiều chữ ký số nhất được lấy; bản quét giấy ký tay đi kèm "
        "khi chọn PDF.",
    )

    def clean(self):
        data = super().clean()
        if data.get("kind") == ExportKind.DOCUMENTS:
            if not data.get("documents") and "documents" not in self.errors:
                self.add_error("documents", "Hãy chọn ít nhất một loại văn bản.")
            if not data.get("formats") and "formats" not in self.errors:
                self.add_error("formats", "Hãy chọn ít nhất một dạng tệp.")
        return data

    def choice(self, filters):
        data = self.cleaned_data
        return Choice(filters, tuple(data["documents"]), tuple(data["formats"]))
