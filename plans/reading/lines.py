"""The rows of the three tables of Mẫu số 2 (57/2026)."""

import re
from functools import lru_cache

from django.conf import settings

from plans.enums import Progress
from plans.reading import labels, wordings
from plans.reading.alignment import is_head_again
from plans.reading.continuation import joined
from plans.reading.stream import one_line
from qualityplan.strict_json import SourceError, read_json
from qualityplan.text import fold

_COUNTER = re.compile(r"^[\W_]*\d{0,3}[\W_]*$")
_PROGRESS = {fold(label): label for label in Progress.labels} | {
    "da hoan thanh": Progress.DONE.label,
    "dang trien khai": Progress.IN_PROGRESS.label,
    "chua thuc hien": Progress.NOT_DONE.label,
}
_FIRST_COLUMN = {"focus_issues": "standard", "rows": "content", "monitoring": "time"}


class Lines:
    """Reads the tables of one form, row after row."""

    def __init__(self, form, report):
        self.form, self.report = form, report
        self.rows, self.titles = [], {}
        self.places = []  # of each row, where in the file it stands
        self.schooling = None
        self.keys = [key for key in form.wordings if key != "tt"]

    def read(self, part):
        for text in part.head_texts:
            self.report.form(text)
        for row in part.rows:
            if row.filled:
                self._read_row(row, part.heading)

    def _read_row(self, row, heading):
        if is_head_again(row, heading):
            for cell in row.filled:
                self.report.form(cell.text)
            return
        if self._is_group(row):
            return
        texts, counter = self._texts(row, heading)
        if not any(texts.values()):
            return
        if self._goes_on(texts, counter):
            before = self.rows[-1]
            for key in self.keys:
                before[key] = joined(before[key], texts.get(key, ""))
            self.places[-1].append(row.place)
            self.report.warn(row.place, "Dòng này được nối vào dòng ở trên.")
            return
        self._add({key: texts.get(key, "") for key in self.keys}, row)

    def _texts(self, row, heading):
        texts, counter = {}, ""
        for cell in row.cells:
            column = heading.column_at(cell.column)
            key = column.key if column else None
            text = cell.text or cell.above or ""
            if key == "tt" and _COUNTER.match(text):
                counter = text
                self.report.form(text)
            elif key in self.keys:
                texts[key] = "\n".join(filter(None, [texts.get(key, ""), text]))
            elif text:
                name = f", cột “{one_line(column.label)}”" if column else ""
                self.report.unplaced(f"{row.place}{name}", text)
        return texts, counter

    def _goes_on(self, texts, counter):
        first = texts.get(_FIRST_COLUMN[self.form.name])
        return bool(self.rows) and not counter and not first

    def _add(self, line, row):
        if self.form is wordings.FOCUS_ISSUES:
            line = self._place(line, row)
        elif self.form is wordings.ROWS:
            self._progress(line, row)
        if self.schooling and self.form is not wordings.MONITORING:
            line["education_level"] = self.schooling
        self.rows.append(line)
        self.places.append([row.place])

    def _place(self, line, row):
        """Standard and criterion by their numbers; their titles are the circular's."""
        named = labels.standard(one_line(line["standard"]), in_column=True)
        code = labels.criterion(line["criterion"], named and named.code)
        if named is None and line["standard"]:
            self.report.unplaced(row.place, line["standard"])
        if code is None and line["criterion"]:
            self.report.unplaced(row.place, line["criterion"])
        if named:
            self.titles.setdefault(named.code, named.title)
            self.report.form(line["standard"])
        if code:
            self._title_of_criterion(code, line["criterion"], row)
        number = int(named.code) if named else None
        if number is None and code:
            number = int(code.code.split(".")[0])
        return line | {"standard": number, "criterion": code.code if code else ""}

    def _title_of_criterion(self, named, text, row):
        if not named.title or fold(named.title) in _known_titles():
            self.report.form(text)
        else:
            self.report.unplaced(row.place, text)

    def _progress(self, line, row):
        text = line["progress"]
        line["progress"] = _PROGRESS.get(fold(text).rstrip(" ."), "")
        if text and not line["progress"]:
            self.report.unplaced(f"{row.place}, cột “Mức độ thực hiện”", text)
        elif line["progress"] != text:
            self.report.form(text)

    def _is_group(self, row):
        if len(row.filled) != 1:
            return False
        schooling = labels.schooling(row.filled[0].text)
        if schooling is None:
            return False
        self.schooling = str(schooling)
        self.report.form(row.filled[0].text)
        return True


@lru_cache(maxsize=1)
def _known_titles():
    """The titles of the criteria in force: the form prints them beside the number, so a
    file that repeats them says nothing of its own."""
    found = set()
    for path in sorted((settings.BASE_DIR / "fixtures/catalogue").glob("tt57-*.json")):
        try:
            catalogue = read_json(path, max_bytes=2 * 1024**2)
        except SourceError:
            continue
        found |= set(_titles(catalogue))
    return frozenset(found)


def _titles(value):
    if isinstance(value, dict):
        if isinstance(value.get("title"), str):
            yield fold(value["title"])
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _titles(item)
