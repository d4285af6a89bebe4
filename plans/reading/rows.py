"""The rows of the tables that go by criterion: the plan of 2018 and the result report."""

import re
from collections import Counter
from dataclasses import replace

from plans.enums import Grouping
from plans.reading import labels
from plans.reading.alignment import aligned, is_head_again
from plans.reading.continuation import continues, joined
from plans.reading.stream import one_line

_COUNTER = re.compile(r"^[\W_]*(?:\d{1,3}|[IVXivx]{1,5})?[\W_]*$")
_SEVERAL = "Ô này ghi nhiều tiêu chí; dòng được xếp vào {code}, hãy xem lại."
_PLACES = ("tt", "standard", "level", "criterion", "criterion_title")


class CriterionRows:
    """Reads row after row; levels and standards hold until the next one."""

    def __init__(self, report):
        self.report = report
        self.rows, self.closing, self.titles = [], [], {}
        self.places = []  # of each row, where in the file it stands
        self.level = self.standard = self.schooling = None
        self.votes, self.last_group = Counter(), None
        self.keys, self.pending = (), []

    def read(self, part):
        heading = part.heading
        self.keys = [k for k in heading.form.wordings if k not in _PLACES]
        for text in part.head_texts:
            self.report.form(text)
        for column in heading.columns:
            if column.key is None and column.label and part.head_texts:
                self.report.warn(
                    part.place, f"Cột “{one_line(column.label)}” không có trong mẫu."
                )
        for row in part.rows:
            if row.filled:
                self._read_row(row, heading)

    def caption(self, para):
        """A level or a standard in a line of its own above the table."""
        self._take_groups(one_line(para.text), para)

    def finish(self):
        """Rows over the whole table after the last criterion close it."""
        self.closing += [text for text, _ in self.pending]
        self.pending = []

    @property
    def grouping(self):
        level_first = self.votes["standard"] > self.votes["criterion"]
        return Grouping.LEVEL_FIRST if level_first else Grouping.STANDARD_FIRST

    def _read_row(self, row, heading):
        if is_head_again(row, heading):
            for cell in row.filled:
                self.report.form(cell.text)
            return
        cells = aligned(row, heading, self.report)
        text_cells = [c for c in cells if c.text and self._key(heading, c) != "tt"]
        label = self._label(text_cells, row, heading)
        if label is not None and self._groups(label, text_cells, row, cells, heading):
            return
        self._data_row(row, cells, heading)

    def _label(self, text_cells, row, heading):
        """The cell that may hold a level or a standard for the rows below."""
        if len(text_cells) == 1:
            return text_cells[0]
        if not text_cells:
            wide = row.filled[0]
            return wide if len(wide.text) > 4 else None
        first = text_cells[0]
        if self._key(heading, first) == "standard":
            return None
        is_group = labels.standard(first.text) or labels.level(first.text)
        return first if is_group else None

    def _groups(self, label, text_cells, row, cells, heading):
        """Take a row that holds for those below it; False for any other."""
        key = self._key(heading, label)
        is_wide = self._is_wide(heading, label)
        rest = self._take_groups(label.text, row)
        if rest == label.text:
            if len(text_cells) > 1 or not is_wide or labels.criterion(rest):
                return False
            self._wide_row(rest, row)
        elif rest and key == "criterion" and labels.criterion(rest, self.standard):
            # Standard and criterion in one cell, with the cells of the criterion.
            kept = [c for c in cells if c is not label]
            self._data_row(row, [*kept, replace(label, text=rest)], heading)
            return True
        else:
            self._title_goes_on(rest, row)
        for cell in cells:
            if cell is not label and cell.text:
                self._spare(cell, row, heading)
        return True

    def _take_groups(self, text, row):
        """Level and standard lines at the head of `text` hold from now on; the rest."""
        lines = text.split("\n")
        while lines:
            level, standard = labels.level(lines[0]), labels.standard(lines[0])
            if level is not None:
                self.level, kind = level, "level"
            elif standard is not None:
                inner = labels.criterion_in_words(standard.title)
                self._set_standard(labels.Named(standard.code) if inner else standard)
                self._vote("standard")
                kind = "standard"
                if inner:  # "Tiêu chuẩn 3, tiêu chí 3.6"
                    lines.insert(1, standard.title)
            else:
                break
            self.last_group = kind
            self._give_up_pending()
            self.report.form(lines.pop(0))
        return "\n".join(lines)

    def _vote(self, kind):
        """What follows a level row tells how the table is grouped."""
        if self.last_group == "level":
            self.votes[kind] += 1
        self.last_group = None

    def _set_standard(self, named):
        self.standard = int(named.code)
        self.titles.setdefault(named.code, one_line(named.title))

    def _title_goes_on(self, rest, row):
        """A title over two lines, or a level that the typist put behind the title."""
        if not rest:
            return
        key = str(self.standard)
        if self.last_group == "standard" and key in self.titles:
            self.titles[key] = f"{self.titles[key]} {one_line(rest)}".strip()
        else:
            self.report.unplaced(row.place, rest)

    def _wide_row(self, text, row):
        schooling = labels.schooling(text)
        if schooling is not None:
            self.schooling, self.level, self.standard = str(schooling), None, None
            self.report.form(text)
        else:
            self.pending.append((one_line(text), row.place))

    def _give_up_pending(self):
        for text, place in self.pending:
            self.report.unplaced(place, text)
        self.pending = []

    def _data_row(self, row, cells, heading):
        values, labels_of = {}, {}
        for cell in cells:
            column = heading.column_at(cell.column)
            key = column.key if column else None
            if key in _PLACES:
                labels_of[key] = cell
            elif key is None:
                self._spare(cell, row, heading)
            else:
                values.setdefault(key, []).append(cell)
        counter = self._counter(labels_of.pop("tt", None), row)
        self._own_columns(labels_of)
        named = self._criterion(labels_of.get("criterion"), row, counter, heading)
        title = labels_of.get("criterion_title")
        texts = {
            key: "\n".join(c.text for c in found if c.text)
            for key, found in values.items()
        }
        if named is None:
            self._without_criterion(texts, row, title)
            return
        for key, found in values.items():
            texts[key] = texts[key] or "\n".join(c.above for c in found if c.above)
        extra = one_line(title.text or title.above or "") if title else ""
        self._add(named.code, named.title or extra, texts, row)
        if extra and named.title and extra != named.title:
            self.report.unplaced(row.place, extra)

    def _counter(self, cell, row):
        """The number of a criterion where the TT column holds it, else None."""
        if cell is None or not cell.text:
            return None
        named = labels.criterion(cell.text)
        if _COUNTER.match(cell.text) or (named and not named.title):
            self.report.form(cell.text)
            return named
        self.report.unplaced(row.place, cell.text)
        return None

    def _own_columns(self, labels_of):
        """Standard and level in columns of their own, merged downwards or repeated."""
        cell = labels_of.get("standard")
        if cell is not None and cell.text:
            named = labels.standard(one_line(cell.text), in_column=True)
            if named is not None:
                self._set_standard(named)
                self.report.form(cell.text)
        cell = labels_of.get("level")
        if cell is not None and cell.text:
            self.level = labels.level(cell.text, in_column=True) or self.level
            self.report.form(cell.text)

    def _criterion(self, cell, row, counter, heading):
        """The criterion named in `cell`, or in the column before with its title here;
        None where the row names none."""
        text = (cell.text or cell.above or "") if cell else ""
        text = self._take_groups(text, row) if text else ""
        if not text:
            return counter
        has_column = "standard" in heading.known
        named = labels.criterion(text, self.standard, in_column=has_column)
        if named is None and counter:
            return labels.Named(counter.code, one_line(text))
        if named is None:
            self.report.warn(
                row.place, "Không thấy số của tiêu chí; hãy chọn tiêu chí."
            )
            return labels.Named("", one_line(text))
        if cell.text:
            self.report.form(text[: len(text) - len(named.title)])
        if labels.names_another(named.title):
            self.report.warn(row.place, _SEVERAL.format(code=named.code))
        return named

    def _add(self, code, title, texts, row):
        self._give_up_pending()
        self._vote("criterion")
        level = labels.own_level(title)
        if level:
            self.report.form(title)
        number = int(code.split(".")[0]) if code else self.standard
        if self.standard and number != self.standard:
            self.report.warn(
                row.place,
                f"Tiêu chí {code} đứng dưới tiêu chuẩn {self.standard}.",
            )
        line = {
            "level": level or self.level,
            "standard": number,
            "criterion": code,
            "criterion_title": "" if level else title,
        }
        line |= {key: texts.get(key, "") for key in self.keys}
        if self.schooling:
            line["education_level"] = self.schooling
        self.rows.append(line)
        self.places.append([row.place])

    def _without_criterion(self, texts, row, title=None):
        """A row broken over pages goes on in the row before; one with whole sentences of
        its own is another row of the same criterion."""
        filled = {key: text for key, text in texts.items() if text}
        if title is not None and title.text:
            self.report.unplaced(row.place, one_line(title.text))
        if not filled:
            return
        if not self.rows:
            for text in filled.values():
                self.report.unplaced(row.place, text)
            return
        before = self.rows[-1]
        if continues(before, filled):
            for key, text in filled.items():
                before[key] = joined(before[key], text)
            self.places[-1].append(row.place)
            message = f"Dòng này được nối vào tiêu chí {before['criterion']} ở trên."
        else:
            self._add(before["criterion"], before["criterion_title"], texts, row)
            message = (
                f"Dòng không ghi tiêu chí, được hiểu là của {before['criterion']}."
            )
        self.report.warn(row.place, message)

    def _key(self, heading, cell):
        if self._is_wide(heading, cell):
            return "wide"
        column = heading.column_at(cell.column)
        return column.key if column else None

    def _is_wide(self, heading, cell):
        covered = [c for c in heading.columns if cell.column <= c.start < cell.stop]
        return len(covered) >= max(2, len(heading.columns) - 2)

    def _spare(self, cell, row, heading):
        """Text in a cell that has no business there."""
        column = heading.column_at(cell.column)
        if column is not None and column.key == "tt" and _COUNTER.match(cell.text):
            self.report.form(cell.text)
        elif column is not None and column.label:
            name = one_line(column.label)
            self.report.unplaced(f"{row.place}, cột “{name}”", cell.text)
        else:
            self.report.unplaced(row.place, cell.text)
