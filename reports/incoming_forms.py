"""What is asked about an old file: before it is read, and before it is taken in."""

import re
import shutil

from django import forms
from django.utils import timezone

from criteria.models import Circular
from qualityplan.forms import PlainHelper
from reports.enums import Period
from reports.incoming_reading import checked_content, largest
from reports.incoming_result import RESULT, TABLES, Choices, Place, has_issue, leftovers
from schools.models import SchoolYear
from schools.models.school_year import first_year_on

_FIRST = 2018
_ASKED = re.compile(rf"^(bo|tieu-chi|muc)-({'|'.join(TABLES)})-(\d{{1,5}})$", re.ASCII)
_MOVED = re.compile(r"^cho-(\d{1,5})$", re.ASCII)


def accepted():
    """What the file chooser offers: older kinds where there is a program to convert them."""
    kinds = ".docx,.xlsx"
    return f"{kinds},.doc,.odt,.xls,.ods" if shutil.which("soffice") else kinds


def _year_choices():
    newest = first_year_on(timezone.localdate()) + 1
    return [(y, f"{y}-{y + 1}") for y in range(newest, _FIRST - 1, -1)]


class UploadForm(PlainHelper, forms.Form):
    school = forms.ModelChoiceField(label="Trường", queryset=None, empty_label=None)
    first_year = forms.TypedChoiceField(
        label="Năm học", coerce=int, required=False, empty_value=None
    )
    file = forms.FileField(
        label="Tệp kế hoạch hoặc báo cáo",
        error_messages={
            "required": "Hãy chọn một tệp.",
            "empty": "Tệp rỗng: không có nội dung nào bên trong.",
            "missing": "Hãy chọn một tệp.",
        },
    )

    def __init__(self, data=None, files=None, *, schools):
        super().__init__(data, files)
        self.fields["school"].queryset = schools
        if len(schools) == 1:
            self.initial["school"] = schools[0].pk
        self.fields["first_year"].choices = [
            ("", "Theo năm ghi trong tệp"),
            *_year_choices(),
        ]
        self.fields["file"].widget.attrs["accept"] = accepted()
        older = ", .doc, .odt" if ".doc," in accepted() else ""
        self.fields["file"].help_text = (
            f"Tệp .docx, .xlsx{older}, tối đa {largest() // 1024**2} MB, không có macro và "
            "tệp nhúng."
        )

    def clean_file(self):
        self.content = checked_content(self.cleaned_data["file"])
        return self.cleaned_data["file"]

    @property
    def school_year(self):
        """The school year chosen; None where the file is to say."""
        first_year = self.cleaned_data["first_year"]
        if first_year is None:
            return None
        return SchoolYear.objects.get_or_create(first_year=first_year)[0]


class ReviewForm(PlainHelper, forms.Form):
    """The head of the screen; what is decided row by row is read by `choices`."""

    first_year = forms.TypedChoiceField(label="Năm học", coerce=int)
    circular = forms.ChoiceField(label="Thông tư")
    period = forms.ChoiceField(label="Kỳ báo cáo", choices=Period)
    state = forms.ChoiceField(label="Nhận thành", widget=forms.RadioSelect)

    def __init__(self, data=None, *, incoming, part, may_issue):
        self.part, self.result = part, incoming.result
        super().__init__(data, initial=self._initial(incoming, part))
        years = _year_choices()
        if self.initial["first_year"] is None:
            years.insert(0, ("", "— hãy chọn —"))
        self.fields["first_year"].choices = years
        self.fields["circular"].choices = self._circulars(incoming.school, part)
        self.fields["state"].choices = self._states(may_issue)
        if part["kind"] != RESULT:
            del self.fields["period"]
        if len(self.fields["state"].choices) == 1:
            self.fields["state"].widget = forms.HiddenInput()

    @staticmethod
    def _initial(incoming, part):
        year = incoming.school_year and incoming.school_year.first_year
        stated = part["school_year"] and int(part["school_year"][:4])
        return {
            "first_year": year or stated,
            "circular": part["circular"],
            "period": "year",
            "state": "draft",
        }

    def _circulars(self, school, part):
        level = school.level_key
        found = Circular.objects.for_level(level) if level else Circular.objects.none()
        numbers = dict.fromkeys(found.values_list("number", flat=True))
        if part["circular"] not in numbers:
            self.initial["circular"] = next(iter(numbers), "")
        return [(number, f"Thông tư {number}") for number in numbers]

    def _states(self, may_issue):
        states = [("draft", "Bản nháp, còn sửa được")]
        if may_issue and has_issue(self.part):
            document = self.part["document"]
            number = f"số {document['number']:02d}, " if document["number"] else ""
            day = "/".join(reversed(document["issued_on"].split("-")))
            states.append(
                ("outside", f"Văn bản đã ban hành trên giấy: {number}ngày {day}")
            )
        return states

    def choices(self):
        """The `Choices` of what was sent; before that, those of the file."""
        said = self.cleaned_data if self.is_bound and self.is_valid() else self.initial
        names = self.data if self.is_bound else {}
        asked = [(found, names[n]) for n in names if (found := _ASKED.match(n))]
        rows = {(f[1], f[2], int(f[3])): value.strip()[:20] for f, value in asked}
        rows = {key: value for key, value in rows.items() if self._is_row(*key[1:])}
        keys = {key[1:] for key in rows if key[0] != "bo"}
        return Choices(
            first_year=said.get("first_year") or 0,
            circular=said.get("circular") or "",
            is_outside=said.get("state") == "outside",
            period=said.get("period", "year"),
            skipped=frozenset(key[1:] for key in rows if key[0] == "bo"),
            places={
                key: Place(
                    rows.get(("tieu-chi", *key), ""), rows.get(("muc", *key), "")
                )
                for key in keys
            },
            moves=self._moves(names),
        )

    def _is_row(self, table, index):
        return index < len(self.part.get(table, ()))

    def _moves(self, names):
        count, moves = len(leftovers(self.result)), {}
        for name in names:
            found = _MOVED.match(name)
            if found and names[name] and int(found[1]) < count:
                index = int(found[1])
                moves[index] = (names[name], names.get(f"o-{index}", ""))
        return moves
