"""Input after the inspection: answers, the office's word, a row of the next plan."""

from django import forms

from plans.forms import PlainForm
from qualityplan.fields import PlainTextField


class AnswerForm(PlainForm):
    """What the school did, with pieces of its evidence."""

    text = PlainTextField.area(
        rows=4,
        label="Nhà trường đã làm gì",
        error_messages={"required": "Hãy ghi việc đã làm."},
    )

    def __init__(self, data=None, *, evidence):
        super().__init__(data)
        self.by_pk = {str(piece.pk): piece for piece in evidence}
        if self.by_pk:
            self.fields["evidence"] = forms.MultipleChoiceField(
                label="Minh chứng",
                required=False,
                choices=[(pk, str(piece)) for pk, piece in self.by_pk.items()],
                widget=forms.CheckboxSelectMultiple,
                error_messages={
                    "invalid_choice": "Minh chứng này không thuộc danh mục của trường."
                },
            )

    def chosen(self):
        return [self.by_pk[pk] for pk in self.cleaned_data.get("evidence", ())]


class SettleForm(PlainForm):
    """The office's word about what the school answered."""

    note = PlainTextField.area(
        rows=3,
        label="Ý kiến của cơ quan",
        required=False,
        help_text="Bắt buộc khi đề nghị làm tiếp.",
    )


class TakeForm(PlainForm):
    """Where in the plan the new row stands."""

    def __init__(self, data=None, *, plan, criteria):
        self.by_pk = {str(c.pk): c for c in criteria.values()}
        is_needed = plan.layout.needs_criterion
        super().__init__(data)
        groups = {}
        for pk, criterion in self.by_pk.items():
            groups.setdefault(str(criterion.standard), []).append((pk, str(criterion)))
        self.fields["criterion"] = forms.ChoiceField(
            label="Tiêu chí" if is_needed else "Tiêu chí liên quan (nếu có)",
            choices=[("", "—"), *groups.items()],
            required=is_needed,
            error_messages={"required": "Hãy chọn tiêu chí."},
        )

    @property
    def criterion(self):
        return self.by_pk.get(self.cleaned_data["criterion"])
