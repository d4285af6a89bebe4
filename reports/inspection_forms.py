"""The last questions before the record of an inspection becomes a numbered document."""

from django import forms
from django.utils import timezone

from inspections.enums import RecordForm
from reports.forms import LineField, NumberedForm
from reports.issuing_record import proposed_signers
from reports.official.inspection_facts import record_letterhead, without_honorific


class RecordIssueForm(NumberedForm):
    def __init__(self, data=None, *, inspection):
        self.document = inspection
        head, people = record_letterhead(inspection), proposed_signers(inspection)
        names = {f"signer_{n}": name for n, (_, name) in enumerate(people)}
        initial = {n: without_honorific(name) for n, name in names.items()}
        initial |= {
            "symbol": head.symbol,
            "place": head.place,
            "issued_on": timezone.localdate(),
        }
        super().__init__(data, initial=initial)
        self.fields["number"].help_text = (
            "Để trống thì lấy số tiếp theo trong sổ văn bản đi của cơ quan. Chỉ ghi số "
            "khi văn thư đã cho số trên giấy."
        )
        self.fields["symbol"].label = "Ký hiệu cơ quan"
        self.fields["symbol"].help_text = "Phần chữ sau “BB-”, ví dụ: VHXH."
        if inspection.form != RecordForm.FORM_2018:
            del self.fields["place"]  # Mẫu 1.9 has no line of place and date
        for name, (capacity, _) in zip(names, people, strict=True):
            self.fields[name] = LineField(
                label=f"Người ký: {capacity.capitalize()}",
                max_length=100,
                required=False,
                help_text="Để trống thì người ký ghi họ tên bằng tay.",
            )
        self.signer_fields = tuple(names)

    def clean_issued_on(self):
        day, held = self.cleaned_data["issued_on"], self.document.ends_at
        if day > timezone.localdate():
            raise forms.ValidationError("Ngày ban hành không được sau hôm nay.")
        if held and day < timezone.localtime(held).date():
            raise forms.ValidationError(
                "Ngày ban hành không được trước ngày kết thúc kiểm tra "
                f"({timezone.localtime(held):%d/%m/%Y})."
            )
        return day

    def entered(self):
        """What `issue_record` takes, by name."""
        given = self.cleaned_data
        return {
            "number": given["number"],
            "symbol": given["symbol"],
            "place": given.get("place", ""),
            "issued_on": given["issued_on"],
            "names": [given[name] for name in self.signer_fields],
        }
