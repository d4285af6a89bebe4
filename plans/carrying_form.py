"""What is ticked and chosen on the carry-over page."""

from dataclasses import dataclass

from django import forms

from plans.carried_sections import TEXT_KEYS
from plans.carrying import Proposal, RowOffer
from plans.crossing import carried_texts

_NO_CRITERION = "Không gắn tiêu chí"


@dataclass(frozen=True)
class Choice:
    """One row as the page shows it: what it would read like, ticked or not, with the
    field of its criterion where there is something to choose."""

    offer: RowOffer
    preview: tuple
    is_ticked: bool
    criterion: object = None


class CarryOverForm(forms.Form):
    """`rows` and `texts` are ticks; `criterion-<pk>` is a row's new criterion."""

    rows = forms.TypedMultipleChoiceField(coerce=int, required=False)
    texts = forms.MultipleChoiceField(required=False)

    def __init__(self, data=None, *, proposal: Proposal):
        self.proposal = proposal
        super().__init__(data)
        offers = (*proposal.rows, *proposal.left_rows)
        # Rows and texts that came over in the meantime may still be ticked on a page
        # that is open: carrying skips them.
        self.fields["rows"].choices = [(o.row.pk, str(o.row)) for o in offers]
        self.fields["texts"].choices = [(key, key) for key in TEXT_KEYS]
        for offer in proposal.offers:
            if not offer.crossing.is_settled:
                self.fields[_name(offer)] = self._criterion_field(offer)

    def _criterion_field(self, offer):
        suggested = offer.crossing.criteria
        others = [c for c in self.proposal.criteria if c not in suggested]
        choices = [("", _NO_CRITERION)]
        if suggested:
            group = [(c.pk, _criterion_name(c)) for c in suggested]
            choices.append(("Gợi ý theo bảng đối chiếu", group))
        choices.append(("Tiêu chí khác", [(c.pk, _criterion_name(c)) for c in others]))
        nearest = offer.crossing.suggested
        return forms.TypedChoiceField(
            choices=choices,
            coerce=int,
            empty_value=None,
            required=False,
            initial=nearest.pk if nearest else "",
            label=f"Tiêu chí trong kế hoạch mới của “{offer.row}”",
            widget=forms.Select(attrs={"class": "form-select"}),
        )

    def clean(self):
        cleaned = super().clean()
        ticked = set(cleaned.get("rows", ()))
        if self.errors:
            return cleaned
        if not ticked and not cleaned.get("texts"):
            raise forms.ValidationError("Hãy đánh dấu ít nhất một mục để chuyển.")
        if self.proposal.needs_criterion:
            for offer in self.proposal.offers:
                name = _name(offer)
                if offer.row.pk in ticked and cleaned.get(name, 0) is None:
                    self.add_error(name, "Hãy chọn tiêu chí, hoặc bỏ dấu ở dòng này.")
        return cleaned

    def chosen_rows(self):
        """Old row's pk → pk of its new criterion, for what is ticked."""
        return {
            pk: self.cleaned_data.get(f"criterion-{pk}")
            for pk in self.cleaned_data["rows"]
        }

    def choices_of(self, offers):
        ticked = set(self.data.getlist("rows")) if self.is_bound else None
        return [self._choice(offer, ticked) for offer in offers]

    def _choice(self, offer, ticked):
        is_ticked = offer.is_ticked if ticked is None else str(offer.row.pk) in ticked
        name = _name(offer)
        field = self[name] if name in self.fields else None
        return Choice(offer, self._preview(offer), is_ticked, field)

    def _preview(self, offer):
        """What the row would hold on the new form, where that form is another one."""
        old, new = self.proposal.plan.layout, self.proposal.target_layout
        if old.key == new.key:
            return ()
        texts = carried_texts(offer.row, old, new)
        columns = (column for column in new.rows if column.field != "progress")
        return tuple((column.label, texts.get(column.field, "")) for column in columns)


def _name(offer):
    return f"criterion-{offer.row.pk}"


def _criterion_name(criterion):
    return f"{criterion.code} {criterion.title}"
