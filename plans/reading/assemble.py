"""From the stream of a file to the year file it would become, with a report."""

import re

from plans.reading import facts, labels, oldfonts, refusals, wordings
from plans.reading.boundaries import second_documents
from plans.reading.lines import Lines
from plans.reading.narrative import Narrative
from plans.reading.refusals import DocumentRefused
from plans.reading.report import Report
from plans.reading.rows import CriterionRows
from plans.reading.segments import TablePart, segments
from plans.reading.stream import Aside, Para, Remark, one_line
from plans.yearfile import FORMAT
from qualityplan.text import fold, roman

PLAN, RESULT, INSPECTION = "improvement_plan", "result_report", "inspection_record"
_DOCUMENT_TYPES = {PLAN: "KH", RESULT: "BC", INSPECTION: "BB"}
_INSPECTED = re.compile(
    r"^(?:\d+\s*[.)]\s*)?(?:thanh phan\s+)?(?:to|doan) kiem tra\s*:?$"
)
_INSPECTION_TITLE = re.compile(r"^(?:kiem tra ke hoach|bien ban)\b")
_YEAR_DASH = re.compile(r"(20\d\d)\s*[–—]\s*(20\d\d)")
_FIRST_LINES = 60


class Reading:
    """One file read. `as_json()` is the year file; `report` has what is in doubt."""

    def __init__(self, blocks):
        self.report = Report()
        for remark in (b for b in blocks if isinstance(b, Remark)):
            self.report.warn(remark.place, remark.message)
        for aside in (b for b in blocks if isinstance(b, Aside)):
            self.report.unplaced(aside.place, aside.text)
        old = oldfonts.places(blocks)
        for place in old:
            self.report.warn(place, refusals.OLD_FONT)
        parts = segments(b for b in blocks if not isinstance(b, Remark | Aside))
        tables = [part for part in parts if isinstance(part, TablePart)]
        if not tables:
            raise DocumentRefused(refusals.OLD_FONT if old else refusals.NO_TABLE)
        for place, message in second_documents(parts):
            self.report.warn(place, message)
        forms = {part.heading.form.name for part in tables}
        self.kind = _kind(parts, forms)
        self.narrative = Narrative(self.report, self.kind == INSPECTION)
        self.criteria = CriterionRows(self.report)
        self.lines = {
            form.name: Lines(form, self.report)
            for form in (wordings.FOCUS_ISSUES, wordings.ROWS, wordings.MONITORING)
        }
        self.is_2026 = forms.isdisjoint({"plan", "result"})
        self.heads = [text for part in tables for text in part.head_texts]
        self._read(parts, forms)
        self._find_facts()

    def _read(self, parts, forms):
        wanted = "result" if "plan" not in forms else "plan"
        captions = _captions(parts)
        for index, part in enumerate(parts):
            if index in captions:
                self.criteria.caption(part)
                continue
            if isinstance(part, Para):
                self.narrative.take(part)
                continue
            name = part.heading.form.name
            if self.is_2026:
                self.narrative.table(name)
                self.lines[name].read(part)
            elif name == wanted:
                self.narrative.table("rows")
                self.criteria.read(part)
            else:
                self._leave(part)
        self.criteria.finish()

    def _leave(self, part):
        """A table of another form than the document's own."""
        for text in part.head_texts:
            self.report.unplaced(part.place, text)
        for row in part.rows:
            for cell in row.filled:
                self.report.unplaced(row.place, cell.text)

    def _find_facts(self):
        narrative = self.narrative
        opening = [
            narrative.annex_note,
            *narrative.introduction,
            narrative.inspection.place or "",
            *narrative.inspection.basis,
            *narrative.subject,
            *narrative.bases,
        ]
        running = [text for s in narrative.sections for text in s.paragraphs]
        cells = [str(v) for row in self._rows() for v in row.values()]
        issuer = "" if self.kind == INSPECTION else narrative.issuer
        self.name = facts.school_name(issuer, [*opening, *running])
        if issuer and (not self.name or fold(issuer) != fold(self.name)):
            self.report.unplaced("đầu văn bản", issuer)
        every = [*opening, *running, *cells, *self.heads]
        self.symbol = narrative.symbol or facts.symbol_of(self.name, every)
        self.level = facts.level_of(self.name, every)
        prior = [" ".join(narrative.subject), *self.heads, *narrative.introduction]
        self.year = facts.first_year(prior, [*running, *opening, *cells])
        self._choose_circular(every)

    def places(self):
        """Where in the file each row of each table stands: {table: [[place, ...], ...]}."""
        if self.is_2026:
            return {name: table.places for name, table in self.lines.items()}
        return {"rows": self.criteria.places}

    def _rows(self):
        return [*self.criteria.rows, *(r for t in self.lines.values() for r in t.rows)]

    def _choose_circular(self, texts):
        self.circular = facts.circular_for(self.level, self.year)
        if self.year is None:
            issued_on = self.narrative.issued_on
            self.year = issued_on and issued_on.year - (issued_on.month < 8)
            if self.year:
                self.report.warn("", "Tệp không ghi năm học; đoán theo ngày ban hành.")
                self.circular = facts.circular_for(self.level, self.year)
        if self.is_2026:
            self.circular = "57/2026/TT-BGDĐT"
        self._doubts()

    def _doubts(self):
        missing = {
            "Không tìm thấy năm học trong tệp; hãy chọn năm học.": self.year,
            "Không tìm thấy tên trường trong tệp; hãy chọn trường.": self.name,
            "Không rõ cấp học của trường; hãy chọn cấp học.": self.level,
            "Không xác định được thông tư áp dụng; hãy chọn thông tư.": self.circular,
        }
        for message, value in missing.items():
            if not value:
                self.report.warn("", message)
        if self.circular and self.year and (self.year >= 2026) != self.is_2026:
            self.report.warn("", "Mẫu bảng không khớp với năm học ghi trong tệp.")
            if not self.is_2026:
                # The columns decide: a nine-column table is no Mẫu số 2.
                self.circular = facts.circular_for(self.level, 2025)
        named = {code for s in self.narrative.bases for code in facts.circulars(s)}
        if named and self.circular and self.circular[:7] not in named:
            self.report.warn("", "Thông tư nêu ở phần căn cứ khác thông tư áp dụng.")
        narrative = self.narrative
        if (narrative.number is None) != (narrative.issued_on is None):
            self.report.warn("", "Văn bản chỉ có số hoặc chỉ có ngày; cần có cả hai.")

    # --- the year file --------------------------------------------------------------

    def as_json(self):
        data = {"format": FORMAT} | self._head()
        narrative = self.narrative
        data["school"] = {
            "name": self.name,
            "education_level": str(self.level) if self.level else None,
            "superior": None if self._is_inspection else narrative.superior or None,
            "place": narrative.place or None,
            "symbol": self.symbol or None,
        }
        data["document"] = self._document()
        if self._is_inspection:
            data |= self._empty_body() | self._closing()
            office = {"superior": narrative.superior, "name": narrative.issuer}
            data["inspection"] = narrative.inspection.as_json(office)
            data["inspection"]["plan"] = self._inspected_plan()
        else:
            data |= self._body() | self._closing()
        return data | {"report": self.report.entries}

    @property
    def _is_inspection(self):
        return self.kind == INSPECTION

    def _head(self):
        year = f"{self.year}-{self.year + 1}" if self.year else None
        return {"kind": self.kind, "circular": self.circular, "school_year": year}

    def _document(self):
        narrative = self.narrative
        issued_on = narrative.issued_on
        return {
            "type": self._document_type(),
            "title": narrative.title or None,
            "subject": self._subject() or None,
            "number": narrative.number,
            "issued_on": issued_on.isoformat() if issued_on else None,
            "annex_note": narrative.annex_note or None,
        }

    def _document_type(self):
        if self._is_inspection:
            return "BB"
        named = self.narrative.document_type
        if named in ("KH", "BC"):
            return named
        if named:
            self.report.warn("", f"Loại văn bản {named} không dùng cho kế hoạch.")
        title = fold(self.narrative.title)
        by_title = {"ke hoach": "KH", "bao cao": "BC"}
        return by_title.get(title, _DOCUMENT_TYPES[self.kind])

    def _subject(self):
        """One sentence: the form sets its lines in capitals, the decree does not."""
        parts = []
        for part in self.narrative.subject:
            text = part.lower() if part.isupper() else part
            if parts:
                text = text[:1].lower() + text[1:]
            parts.append(text)
        subject = _YEAR_DASH.sub(r"\1 - \2", one_line(" ".join(parts)))
        if self.name:
            found = re.search(re.escape(self.name), subject, re.IGNORECASE)
            if found:
                subject = subject.replace(found[0], self.name)
        return subject[:1].upper() + subject[1:]

    def _body(self):
        narrative = self.narrative
        titles, tables = self.criteria.titles, {"rows": self.criteria.rows}
        if self.is_2026:
            titles = self.lines["focus_issues"].titles
            tables = {name: self.lines[name].rows for name in self.lines}
        return {
            "legal_bases": narrative.bases,
            "introduction": "\n".join(narrative.introduction) or None,
            "sections": [
                _section(section, index)
                for index, section in enumerate(narrative.sections, start=1)
            ],
            "grouping": str(self.criteria.grouping),
            **tables,
            "standard_titles": dict(sorted(titles.items(), key=lambda i: int(i[0]))),
            "closing_rows": self.criteria.closing,
        }

    def _closing(self):
        return {
            "recipients": self.narrative.recipients,
            "signatures": self.narrative.signatures,
        }

    def _empty_body(self):
        return {
            "legal_bases": [],
            "introduction": None,
            "sections": [],
            "grouping": "level_first",
            "rows": [],
            "standard_titles": {},
            "closing_rows": [],
        }

    def _inspected_plan(self):
        blank = dict.fromkeys(("title", "subject", "number", "issued_on", "annex_note"))
        head = self._head() | {"kind": PLAN, "document": {"type": "KH"} | blank}
        return head | self._body() | {"recipients": [], "signatures": []}


def _captions(parts):
    """The places of levels and standards that stand above a table of their own."""
    found, is_above = set(), False
    for index in reversed(range(len(parts))):
        part = parts[index]
        if isinstance(part, TablePart):
            is_above = part.heading.form.has_criteria
        elif is_above:
            text = one_line(part.text)
            is_above = bool(labels.level(text) or labels.standard(text))
            if is_above:
                found.add(index)
    return found


def _section(section, index):
    number = roman(min(index, 39))
    head = {"number": number, "title": section.title}
    if section.number_in_source != number:
        head["number_in_source"] = section.number_in_source
    if section.content:
        return head | {"content": section.content}
    return head | {"paragraphs": section.paragraphs}


def _kind(parts, forms):
    paras = [part for part in parts if isinstance(part, Para)][:_FIRST_LINES]
    for text in (one_line(para.text) for para in paras):
        is_title = text.isupper() and _INSPECTION_TITLE.match(fold(text))
        if is_title or _INSPECTED.match(fold(text)):
            return INSPECTION
    return RESULT if "result" in forms and "plan" not in forms else PLAN
