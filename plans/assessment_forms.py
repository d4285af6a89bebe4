"""Input to a self-assessment."""

from django import forms

from plans.assessing import contradictions
from plans.forms import PlainForm
from qualityplan.fields import PlainTextField

MET, NOT_MET, UNSEEN = "dat", "chua-dat", ""
STATES = [(MET, "Đạt"), (NOT_MET, "Chưa đạt"), (UNSEEN, "Chưa xem xét")]
_FOUND = {MET: True, NOT_MET: False, UNSEEN: None}
_STATE = {is_met: state for state, is_met in _FOUND.items()}

# 57/2026 speaks of limitations, the circulars of 2018 of weak points: never mixed.
_LABELS_2018 = {
    "current_state": "Mô tả hiện trạng",
    "strengths": "Điểm mạnh",
    "limitations": "Điểm yếu",
    "cause": "Nguyên nhân của điểm yếu",
}
_LABELS_2026 = {
    "current_state": "Hiện trạng",
    "strengths": "Điểm mạnh",
    "limitations": "Hạn chế",
    "cause": "Nguyên nhân của hạn chế",
}
TEXT_FIELDS = tuple(_LABELS_2026)


def labels_for(assessment):
    """What the four texts are called in the generation of the assessment."""
    return _LABELS_2026 if assessment.has_two_levels else _LABELS_2018


def state_field(label, is_met):
    """One of met, not met, not looked at."""
    return forms.ChoiceField(
        label=label,
        choices=STATES,
        widget=forms.RadioSelect,
        required=False,
        initial=_STATE[is_met],
    )


class ReviewForm(PlainForm):
    """What was found for one criterion; `requirements` are those in force."""

    seen_at = forms.CharField(widget=forms.HiddenInput, required=False)
    is_finished = forms.BooleanField(
        label="Đã xong tiêu chí này",
        required=False,
        help_text="Đánh dấu khi không còn gì phải viết thêm; lúc nào cũng bỏ dấu được.",
    )

    is_in_conflict = False  # somebody else saved since the page was opened

    def __init__(self, data=None, *, review, requirements, found):
        super().__init__(data)
        self.review, self.requirements = review, requirements
        for name, label in labels_for(review.assessment).items():
            self.fields[name] = PlainTextField.area(
                rows=6 if name == "current_state" else 4, required=False, label=label
            )
            self.initial[name] = getattr(review, name)
        for requirement in requirements:
            name = _field_name(requirement)
            self.fields[name] = state_field(
                _short_name(requirement), found.get(requirement.pk)
            )
        self.initial |= {
            "is_finished": review.is_finished,
            "seen_at": review.updated_at.isoformat(),
        }

    def by_level(self):
        """The radio fields with their requirements: (level, [(requirement, field)])."""
        levels = {}
        for requirement in self.requirements:
            field = self[_field_name(requirement)]
            levels.setdefault(requirement.level, []).append((requirement, field))
        return list(levels.items())

    def text_fields(self):
        return [self[name] for name in TEXT_FIELDS]

    @property
    def found(self):
        """What was chosen, by requirement: True, False or None."""
        return {
            r.pk: _FOUND[self.cleaned_data[_field_name(r)]]
            for r in self.requirements
            if _field_name(r) in self.cleaned_data
        }

    @property
    def texts(self):
        return {name: self.cleaned_data[name] for name in TEXT_FIELDS}

    def clean(self):
        cleaned = super().clean()
        names = {r.pk: _field_name(r) for r in self.requirements}
        faults = contradictions(
            self.review.assessment,
            self.review.criterion,
            self.found,
            cleaned.get("is_finished", False),
        )
        for pk, message in faults:
            self.add_error(names.get(pk, "is_finished"), message)
        return cleaned


def _field_name(requirement):
    return f"yeu-cau-{requirement.pk}"


def _short_name(requirement):
    point = f", điểm {requirement.point}" if requirement.point else ""
    return f"Mức {requirement.level}{point}"


class LevelFourForm(PlainForm):
    """The extra clauses of Mức 4 (2018, Điều 22)."""

    def __init__(self, data=None, *, clauses, found):
        super().__init__(data)
        self.clauses = clauses
        for clause in clauses:
            label = f"Khoản {clause.number}"
            self.fields[f"khoan-{clause.pk}"] = state_field(label, found.get(clause.pk))

    def rows(self):
        return [(clause, self[f"khoan-{clause.pk}"]) for clause in self.clauses]

    @property
    def found(self):
        return {c.pk: _FOUND[self.cleaned_data[f"khoan-{c.pk}"]] for c in self.clauses}


class AssignForm(PlainForm):
    """Criteria, and who is to look at them; nobody, where the button `clear` was pressed."""

    person = forms.ModelChoiceField(
        None, label="Giao cho", required=False, empty_label="Chọn người"
    )
    clear = forms.BooleanField(required=False, widget=forms.HiddenInput)
    reviews = forms.TypedMultipleChoiceField(
        label="Tiêu chí",
        coerce=int,
        error_messages={"required": "Hãy chọn ít nhất một tiêu chí."},
    )

    def __init__(self, data=None, *, people, reviews):
        super().__init__(data)
        self.fields["person"].queryset = people
        self.fields["reviews"].choices = [(r.pk, str(r)) for r in reviews]

    def clean(self):
        entered = super().clean()
        if entered.get("clear"):
            entered["person"] = None
        elif not entered.get("person") and "person" not in self.errors:
            self.add_error("person", "Hãy chọn người nhận các tiêu chí.")
        return entered


class WishForm(forms.Form):
    """A level the school would like to reach; nothing is saved."""

    wish = forms.TypedChoiceField(coerce=int, required=False, empty_value=None)

    def __init__(self, data, *, top):
        super().__init__(data)
        self.fields["wish"].choices = [(n, f"Mức {n}") for n in range(1, top + 1)]

    def add_prefix(self, field_name):
        return "mong-muon"


class PlanChoiceForm(PlainForm):
    """Which of the open plans a limitation goes into."""

    plan = forms.ModelChoiceField(
        None,
        label="Đưa vào kế hoạch",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn một kế hoạch."},
    )

    def __init__(self, data=None, *, plans):
        super().__init__(data)
        self.fields["plan"].queryset = plans
        self.fields["plan"].label_from_instance = lambda plan: (
            f"Kế hoạch năm học {plan.school_year}"
        )
