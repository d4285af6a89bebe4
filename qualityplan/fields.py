"""Form fields for Vietnamese prose and days."""

from django import forms
from django.core.validators import MaxLengthValidator

from qualityplan.text import MAX_TEXT, clean, control_characters


class PlainTextField(forms.CharField):
    """Text as typed, in NFC, without control characters. Long texts are welcome up to
    `max_length`; beyond it the message says by how much."""

    def __init__(self, *, max_length=MAX_TEXT, **kwargs):
        super().__init__(strip=False, **kwargs)
        limit = f"{max_length:,}".replace(",", ".")
        self.validators.append(
            MaxLengthValidator(
                max_length,
                f"Dài %(show_value)s ký tự, quá mức {limit} ký tự. Hãy rút gọn hoặc "
                "tách làm hai.",
            )
        )

    def to_python(self, value):
        return clean(super().to_python(value))

    @classmethod
    def area(cls, *, rows=3, **kwargs):
        widget = forms.Textarea(attrs={"rows": rows, "class": "grows"})
        return cls(widget=widget, **kwargs)


def date_field(**kwargs):
    """A day, typed as 05/10/2026 or picked in the browser's calendar."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(
        widget=widget,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={
            "required": "Hãy chọn ngày.",
            "invalid": "Ngày chưa đúng, ví dụ: 05/10/2026.",
        },
        **kwargs,
    )


def removed_controls(form):
    """How many control characters cleaning took out of what was typed into `form`."""
    return sum(
        len(control_characters(form.data.get(form.add_prefix(name)) or ""))
        for name, field in form.fields.items()
        if isinstance(field, PlainTextField)
    )
