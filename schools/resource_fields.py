"""What a cell of a list may hold, and what is said where it holds something else."""

import datetime

from import_export.fields import Field
from import_export.widgets import ManyToManyWidget, Widget

from qualityplan.text import fold, spelling_key
from schools.enums import LevelOfSchooling
from schools.list_files import Formula
from schools.models import EducationLevel, School

LEVELS = {
    level.value: level.label
    for level in LevelOfSchooling
    if level != LevelOfSchooling.MULTI_LEVEL
}
_YEARS = (1990, 2100)
FORMULA = "Ô là công thức. Hãy chép ô, dán lại dạng giá trị, rồi nhập."
EMPTY = "Ô này còn trống."


class TextWidget(Widget):
    """Plain text of at most `longest` characters."""

    def __init__(self, longest=300):
        super().__init__()
        self.longest = longest

    def clean(self, value, row=None, **kwargs):
        if len(value) > self.longest:
            raise ValueError(f"Dài {len(value)} ký tự, quá mức {self.longest}.")
        return value

    def render(self, value, obj=None, **kwargs):
        return str(value or "")


class ChoiceWidget(Widget):
    """One of `choices` (pairs of value and label), named by its label, without regard to
    accents and case."""

    def __init__(self, choices):
        super().__init__()
        self.labels = dict(choices)
        self.values = {fold(str(label)): value for value, label in choices}

    def clean(self, value, row=None, **kwargs):
        found = self.values.get(fold(value))
        if found is None:
            names = ", ".join(f"“{label}”" for label in self.labels.values())
            raise ValueError(f"Không có giá trị “{value}”. Hãy ghi một trong: {names}.")
        return found

    def render(self, value, obj=None, **kwargs):
        return str(self.labels.get(value, ""))


class Names:
    """Things by name, from pairs of both. A name leads to the thing of that spelling; one
    typed without accents to the only thing it may stand for."""

    def __init__(self, pairs):
        self._spelled, self._plain = {}, {}
        for name, thing in pairs:
            self._spelled.setdefault(spelling_key(name), {})[thing] = name
            self._plain.setdefault(fold(name), {})[thing] = name

    def get(self, name):
        """The thing or None. Raises ValueError where it may be one of several."""
        found = self._spelled.get(spelling_key(name), {})
        if not found and fold(name) == " ".join(name.casefold().split()):
            found = self._plain.get(fold(name), {})
        if len(found) > 1:
            names = ", ".join(f"“{other}”" for other in sorted(found.values()))
            raise ValueError(f"“{name}” có thể là {names}. Hãy ghi tên đủ dấu.")
        return next(iter(found), None)


class KnownWidget(Widget):
    """Something that is in `known` (`Names`); `told` says what to do where it is not, with
    {value} for what stands there."""

    def __init__(self, known, told, *, name=str):
        super().__init__()
        self.known, self.told, self.name = known, told, name

    def clean(self, value, row=None, **kwargs):
        found = self.known.get(value)
        if found is None:
            raise ValueError(self.told.format(value=value))
        return found

    def render(self, value, obj=None, **kwargs):
        return self.name(value) if value is not None else ""


class DayWidget(Widget):
    """A day as 31/12/2026 or 2026-12-31."""

    def clean(self, value, row=None, **kwargs):
        for pattern in ("%d/%m/%Y", "%Y-%m-%d"):
            try:
                day = datetime.datetime.strptime(value, pattern).date()  # noqa: DTZ007
            except ValueError:
                continue
            if _YEARS[0] <= day.year <= _YEARS[1]:
                return day
        raise ValueError(f"“{value}” không phải ngày. Hãy ghi như 01/09/2026.")

    def render(self, value, obj=None, **kwargs):
        return f"{value:%d/%m/%Y}" if value else ""


class LevelsWidget(ManyToManyWidget):
    """Levels of schooling by name, separated by semicolons."""

    def __init__(self):
        super().__init__(EducationLevel, separator=";", field="code")
        self.choice = ChoiceWidget(list(LEVELS.items()))
        self.rows = {}  # of the table of levels, as they are asked for

    def clean(self, value, row=None, **kwargs):
        names = [name.strip() for name in value.split(";") if name.strip()]
        codes = dict.fromkeys(self.choice.clean(name) for name in names)
        if not codes:
            raise ValueError(EMPTY)
        return [self._row(code) for code in codes]

    def _row(self, code):
        if code not in self.rows:
            self.rows[code], _ = EducationLevel.objects.get_or_create(code=code)
        return self.rows[code]

    def render(self, value, obj=None, **kwargs):
        if value is None:
            return ""
        held = {level.code for level in (value if type(value) is list else value.all())}
        return "; ".join(str(label) for code, label in LEVELS.items() if code in held)


class ListField(Field):
    """A column of a list. A blank cell leaves what is stored."""

    def __init__(self, *args, is_required=False, example="", width=24):
        super().__init__(*args)
        self.is_required, self.example, self.column_width = is_required, example, width

    def checked(self, row, *, is_new):
        """The trouble with the cell in words, or ""."""
        text = row.get(self.column_name, "")
        if isinstance(text, Formula):
            return FORMULA
        if not text:
            return EMPTY if is_new and self.is_required else ""
        try:
            self.clean(row)
        except ValueError as error:
            return str(error)
        return ""

    def save(self, instance, row, is_m2m=False, **kwargs):
        if row.get(self.column_name):
            super().save(instance, row, is_m2m, **kwargs)


class PlaceField(ListField):
    """A school or an office: `school` or `authority` of the row."""

    def save(self, instance, row, is_m2m=False, **kwargs):
        place = self.clean(row)
        is_school = isinstance(place, School)
        instance.school = place if is_school else None
        instance.authority = None if is_school else place

    def get_value(self, instance):
        return instance.school or instance.authority
