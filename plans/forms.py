"""Input to a plan. The fields of a line come from the layout, so that the editor cannot
lack a column the paper has."""

from django import forms
from django.urls import reverse
from django.utils import timezone

from plans import drafting
from plans.enums import LEVEL_CHOICES, Grouping
from plans.models import ActionRow
from plans.presenting import default_subject
from qualityplan.fields import PlainTextField
from qualityplan.forms import PlainHelper
from qualityplan.text import lines
from schools.enums import LevelOfSchooling
from schools.models.school_year import first_year_on


class PlainForm(PlainHelper, forms.Form):
    """A form whose tag and buttons stand in the template."""


class LineForm(PlainForm):
    """One line of one of the plan's tables. `criteria` maps the circular's criteria by
    code, in order (`criteria.queries.criteria_with_requirements`)."""

    def __init__(self, data=None, *, table, plan, line, criteria, **kwargs):
        self.table, self.plan, self.line = table, plan, line
        # Column (10) is filled by recording progress, with its date and reason.
        self.columns = [
            column
            for column in table.columns(plan.layout)
            if column.field != "progress"
        ]
        self.by_pk = {str(c.pk): c for c in criteria.values()}
        self.standards = {str(c.standard_id): c.standard for c in self.by_pk.values()}
        super().__init__(data, initial=self._initial(), **kwargs)
        if table.has_criterion:
            self._add_place_fields()
        for column in self.columns:
            self.fields[column.field] = _column_field(table, column)

    def _initial(self):
        line = self.line
        initial = {column.field: getattr(line, column.field) for column in self.columns}
        if self.table.has_criterion:
            initial |= {
                "criterion": line.criterion_id,
                "standard": line.standard_id,
                "education_level": line.education_level_id or "",
            }
        if self.table.model is ActionRow:
            initial |= {"level": line.level, "focus_issue": line.focus_issue_id}
        return initial

    def _add_place_fields(self):
        layout = self.plan.layout
        codes = self.plan.school.level_codes
        if len(codes) > 1:
            held = self.line.education_level_id or codes[0]
            choices = [
                (c, LevelOfSchooling(c).label)
                for c in {**dict.fromkeys(codes), held: None}
            ]
            self.fields["education_level"] = _choice("Cấp học", [("", "—"), *choices])
        if self.table.model is ActionRow and layout.focus_issues:
            self.fields["focus_issue"] = _choice(
                "Vấn đề trọng tâm (mục IV)", self._focus_issue_choices()
            )
        if not self.table.needs_criterion(layout):
            choices = [("", "—")] + [(k, str(s)) for k, s in self.standards.items()]
            self.fields["standard"] = _choice("Tiêu chuẩn", choices)
        self.fields["criterion"] = _choice(
            "Tiêu chí"
            if self.table.needs_criterion(layout)
            else "Tiêu chí liên quan (nếu có)",
            self._criterion_choices(),
            required=self.table.needs_criterion(layout),
        )
        # Another criterion, other requirements: the panel beside the form follows.
        self.fields["criterion"].widget.attrs |= {
            "hx-get": reverse("plans:requirements", args=[self.plan.pk]),
            "hx-include": "this",
            "hx-target": "next .requirements-panel",
        }
        if self.table.model is ActionRow and layout.has_levels:
            # A loaded file may group by other levels: what is there can stay.
            held = self.line.level
            choices = dict(LEVEL_CHOICES) | {held: f"Mức {held}" if held else "—"}
            self.fields["level"] = _choice("Mức", list(choices.items()))

    def _criterion_choices(self):
        groups = {}
        for pk, criterion in self.by_pk.items():
            groups.setdefault(str(criterion.standard), []).append((pk, str(criterion)))
        return [("", "—"), *groups.items()]

    def _focus_issue_choices(self):
        issues = enumerate(self.plan.focus_issues.all(), start=1)
        return [("", "—")] + [(str(i.pk), f"{n}. {i}") for n, i in issues]

    def clean(self):
        cleaned = super().clean()
        criterion = self.by_pk.get(cleaned.get("criterion", ""))
        standard = self.standards.get(cleaned.get("standard", ""))
        if criterion and standard and criterion.standard_id != standard.pk:
            self.add_error(
                "criterion",
                f"Tiêu chí {criterion.code} không thuộc tiêu chuẩn {standard.number}. "
                "Hãy chọn lại một trong hai.",
            )
        self.criterion = criterion
        self.standard = criterion.standard if criterion else standard
        return cleaned

    def filled_line(self):
        """The line with what was entered; not saved."""
        line, entered = self.line, self.cleaned_data
        for column in self.columns:
            setattr(line, column.field, entered[column.field])
        if self.table.has_criterion:
            changed = line.criterion_id != (
                self.criterion.pk if self.criterion else None
            )
            line.criterion, line.standard = self.criterion, self.standard
            if "education_level" in entered:
                line.education_level_id = entered["education_level"] or None
            if changed and isinstance(line, ActionRow):
                line.criterion_title = self.criterion.title if self.criterion else ""
        if isinstance(line, ActionRow):
            line.level = entered.get("level", "")
            self._link_focus_issue(line, entered.get("focus_issue"))
        return line

    def _link_focus_issue(self, line, pk):
        issues = {str(i.pk): i for i in self.plan.focus_issues.all()} if pk else {}
        line.focus_issue = issues.get(pk)
        if line.focus_issue and line.standard is None:
            line.standard = line.focus_issue.standard
            line.criterion = line.focus_issue.criterion


def _choice(label, choices, required=False):
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=required,
        error_messages={"required": f"Hãy chọn {label.lower()}."},
    )


def _column_field(table, column):
    model_field = table.model._meta.get_field(column.field)
    kwargs = {"label": column.label, "required": False, "help_text": column.guide}
    if model_field.max_length:
        return PlainTextField(max_length=model_field.max_length, **kwargs)
    return PlainTextField.area(rows=2 if column.is_short else 4, **kwargs)


class SeenForm(PlainForm):
    """A form that carries which texts its writer began with, so that a colleague's are
    not written over unseen (decision 0008)."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data, *, texts):
        seen = drafting.texts_token(texts)
        super().__init__(data, initial={**texts, "seen": seen})

    @property
    def seen_texts(self):
        """The token of what the writer has seen, or None."""
        return self.cleaned_data["seen"] or None

    def show_theirs(self, stored):
        """Show what a colleague `stored` meanwhile beside what was typed; saving again is
        a decision."""
        self.add_error(
            None,
            "Người khác vừa sửa phần này. Phần bạn gõ vẫn còn nguyên dưới đây và chưa "
            "được lưu. Xem phần của người kia, gộp nếu cần, rồi bấm Lưu lần nữa.",
        )
        self.data = self.data.copy()
        self.data["seen"] = drafting.texts_token(stored)
        differing = {
            name: text
            for name, text in stored.items()
            if name in self.fields and text != self.cleaned_data.get(name)
        }
        theirs = {
            f"theirs_{name}": PlainTextField.area(
                rows=4,
                label=f"{self.fields[name].label} – phần người kia vừa lưu",
                initial=self._shown(name, text),
                required=False,
                disabled=True,
            )
            for name, text in differing.items()
        }
        self.fields = theirs | self.fields

    def _shown(self, name, text):
        choices = getattr(self.fields[name], "choices", ())
        return dict(choices).get(text, text)


class SectionForm(SeenForm):
    """The school's text of one section."""

    def __init__(self, data=None, *, section):
        spec = section.spec
        fixed, text = drafting.section_texts(section.plan, section)
        self.fixed_lines = lines(fixed)
        super().__init__(data, texts={"text": text or ""})
        self.fields["text"] = PlainTextField.area(
            rows=8 if fixed else 18,
            required=False,
            label="Phần trường viết thêm" if fixed else "Nội dung",
            help_text=spec.guide if spec else "",
        )


class HeaderForm(SeenForm):
    """What stands above and below the sections. Fields that the generation's form does
    not have are not offered."""

    subject = PlainTextField.area(rows=2, label="Trích yếu", max_length=300)
    legal_bases = PlainTextField.area(
        rows=5,
        label="Căn cứ",
        required=False,
        help_text="Mỗi căn cứ một dòng. Dấu chấm phẩy và dấu chấm cuối được đặt tự động.",
    )
    introduction = PlainTextField.area(rows=2, label="Lời dẫn", required=False)
    grouping = forms.ChoiceField(label="Cách xếp bảng kế hoạch", choices=Grouping)
    recipients = PlainTextField.area(
        rows=5,
        label="Nơi nhận",
        required=False,
        help_text="Mỗi nơi nhận một dòng, không cần gạch đầu dòng; dòng cuối là nơi "
        "lưu, ví dụ: Lưu: VT, HĐTĐG.",
    )

    def __init__(self, data=None, *, plan):
        layout = plan.layout
        names = ["subject", "recipients"]
        if layout.needs_criterion:
            names[1:1] = ["legal_bases", "introduction", "grouping"]
        super().__init__(data, texts=drafting.header_texts(plan, names))
        self.initial["subject"] = plan.subject or default_subject(plan)
        for name in set(self.fields) - {*names, "seen"}:
            del self.fields[name]
        self.order_fields(names)

    def texts(self):
        """The entered texts, punctuated as the decree wants them."""
        texts = {k: v for k, v in self.cleaned_data.items() if k != "seen"}
        if "legal_bases" in texts:
            texts["legal_bases"] = drafting.punctuated(texts["legal_bases"])
        if "recipients" in texts:
            texts["recipients"] = "\n".join(
                line.lstrip("-– ").rstrip(";. ") for line in lines(texts["recipients"])
            )
        return texts


class NewPlanForm(PlainForm):
    """For which school and which school year a plan is begun."""

    school = forms.ModelChoiceField(None, label="Trường", empty_label=None)
    first_year = forms.TypedChoiceField(label="Năm học", coerce=int)

    def __init__(self, data=None, *, schools, initial_year=None):
        super().__init__(data, initial={"first_year": initial_year})
        self.fields["school"].queryset = schools
        latest = first_year_on(timezone.localdate()) + 1
        self.fields["first_year"].choices = [
            (year, f"{year}-{year + 1}") for year in range(latest, 2017, -1)
        ]


class NoteForm(PlainForm):
    """The reason or remark that goes with a deed."""

    note = PlainTextField.area(rows=4, max_length=5_000)

    def __init__(self, data=None, *, transition):
        super().__init__(data)
        field = self.fields["note"]
        field.label = transition.note_label
        field.required = transition.needs_note
        field.error_messages["required"] = f"Hãy ghi: {transition.note_label.lower()}."
