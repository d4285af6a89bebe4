"""Everything outside the tables, line after line: letterhead, title, bases, sections,
recipients, signatures."""

import re
from dataclasses import dataclass, field

from plans.layouts import form_2026
from plans.reading import letterhead
from plans.reading.inspection import InspectionLines
from plans.reading.stream import one_line
from qualityplan.text import fold

_SECTION = re.compile(r"^(?:PHẦN\s+|Phần\s+)?([IVX]{1,6})\s*[.):/\-–]\s*(\S.*)$")
_TITLES = ("ke hoach", "bao cao", "bien ban", "kiem tra ke hoach", "to trinh")
_SUBJECT = re.compile(
    r"^(?:cai tien|ket qua|nam hoc|giai doan|thuc hien|ve viec|kiem tra|cua truong)\b"
)
_ISSUER = re.compile(r"^(?:truong|trung tam|nhom tre|lop mau giao|co so|phong|so) ")
_SUPERIOR = re.compile(
    r"^(?:ubnd|uy ban|phong|so|bo|hoi dong|cong ty|thanh pho|quan|huyen|xa|phuong) ?"
)
_BULLET = re.compile(r"^[-–—+*•·▪\uf0b7]\s*")
_SIDE_BY_SIDE = re.compile(r"\s*\t[\s\t]*|\s{4,}")
_NOTES = frozenset(fold(s.note) for s in form_2026.LAYOUT.sections if s.note)


@dataclass
class Section:
    title: str
    number_in_source: str
    content: str = ""
    paragraphs: list[str] = field(default_factory=list)


@dataclass
class Narrative:
    """`phase` is the part of the paper that the next line belongs to."""

    report: object
    is_inspection: bool = False
    phase: str = "head"
    superior: str = ""
    issuer: str = ""
    number: int | None = None
    document_type: str = ""
    symbol: str = ""
    place: str = ""
    issued_on: object = None
    title: str = ""
    subject: list[str] = field(default_factory=list)
    annex_note: str = ""
    bases: list[str] = field(default_factory=list)
    introduction: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    signatures: list[dict] = field(default_factory=list)
    last_capacity: tuple = (None, None)

    def __post_init__(self):
        self.inspection = InspectionLines(self.report)

    def table(self, content):
        """A table of the form stands here; it fills the section that is open."""
        is_known = any(section.content == content for section in self.sections)
        if self.sections and not self.sections[-1].content and not is_known:
            section = self.sections[-1]
            for text in section.paragraphs:
                self.report.unplaced(f"mục “{section.title}”", text)
            section.content, section.paragraphs = content, []
        if self.phase in ("head", "subject", "opening"):
            self.phase = "closing"

    def take(self, para):
        parts = [
            one_line(p) for p in _SIDE_BY_SIDE.split(para.text.strip()) if p.strip()
        ]
        if len(parts) > 1 and self._stand_side_by_side(parts):
            for index, part in enumerate(parts):
                self._line(part, para.place, para.column or index)
        else:
            self._line(one_line(para.text), para.place, para.column)

    def _stand_side_by_side(self, parts):
        if self.phase == "head":
            return True
        return all(letterhead.is_capacity(p) or letterhead.is_name(p) for p in parts)

    def _line(self, text, place, column):
        if not text:
            return
        for step in (
            self._form_line,
            self._numbered_line,
            self._recipient,
            self._section_head,
            self._signature,
        ):
            if step(text, column):
                return
        if self.is_inspection and self.inspection.take(self, text):
            return
        getattr(self, f"_in_{self.phase}")(text, place, column)

    # --- lines that may stand anywhere ------------------------------------------

    def _form_line(self, text, column):
        is_form = letterhead.is_form_wording(text) or fold(text) in _NOTES
        if is_form:
            self.report.form(text)
        return is_form

    def _numbered_line(self, text, column):
        found = letterhead.number_and_symbol(text)
        if found and self.phase in ("head", "subject"):
            self.number, self.document_type, self.symbol = found
            self.report.form(text)
            return True
        found = letterhead.place_and_date(text)
        if found and self.phase != "sections" and not self._is_meeting(text):
            self.place, self.issued_on = self.place or found[0], found[1]
            self.report.form(text)
            return True
        if found and column is not None:
            self.place, self.issued_on = found
            self.report.form(text)
            return True
        return False

    def _is_meeting(self, text):
        return fold(text).startswith(("vao luc", "thoi gian", "hom nay", "can cu"))

    def _recipient(self, text, column):
        found = re.match(r"^n[ơo]i nh[ậa]n\s*:?\s*(.*)$", text, re.IGNORECASE)
        if found and self.phase != "head":
            self.phase = "recipients"
            self.report.form(text[: len(text) - len(found[1])])
            text = found[1]
            if not text:
                return True
        if self.phase != "recipients" or letterhead.is_capacity(text):
            return False
        is_item = _BULLET.match(text) or text.endswith((";", "."))
        if found or (is_item and not self._awaits_name(text)):
            self.recipients.append(_BULLET.sub("", text).rstrip(" ;,."))
            return True
        return False

    def _awaits_name(self, text):
        return not _BULLET.match(text) and any(not s["name"] for s in self.signatures)

    def _section_head(self, text, column):
        found = _SECTION.match(text)
        if found is None or self.phase == "recipients":
            return False
        self.sections.append(Section(found[2].rstrip(" :"), found[1]))
        self.report.form(found[1])
        self.phase = "sections"
        return True

    def _signature(self, text, column):
        if self.phase in ("head", "subject", "opening"):
            return False
        is_free = column is not None or self.phase != "sections"
        if letterhead.is_capacity(text, anywhere=is_free):
            self._add_capacity(text, column)
            return True
        waiting = [s for s in self.signatures if not s["name"]]
        if waiting and letterhead.is_name(text):
            waiting[0]["name"] = text
            self.last_capacity = (None, None)
            return True
        return False

    def _add_capacity(self, text, column):
        before, its_column = self.last_capacity
        if before and its_column == column and letterhead.is_by_order(before):
            self.signatures[-1]["capacity"] += f"\n{text}"
        else:
            self.signatures.append({"capacity": text, "name": ""})
        self.last_capacity = (text, column)
        if self.phase != "recipients":
            self.phase = "closing"

    # --- lines by the part of the paper ------------------------------------------

    def _in_head(self, text, place, column):
        folded = fold(text)
        if self._take_title(text, folded):
            return
        if _is_opening(folded):
            self.phase = "opening"
            self._in_opening(text, place, column)
        elif not self.superior and not self.issuer and _SUPERIOR.match(folded):
            self.superior = letterhead.corrected(text)
        elif not self.issuer and _ISSUER.match(folded):
            self.issuer = letterhead.corrected(text)
        elif self.issuer and text.isupper() and column is not None:
            self.issuer = f"{self.issuer} {text}"
        elif folded.startswith("(kem theo"):
            self.annex_note = text
        else:
            self.report.unplaced(place, text)

    def _take_title(self, text, folded):
        for title in sorted(_TITLES, key=len, reverse=True):
            is_whole = folded == title
            begins = folded.startswith(f"{title} ")
            is_ours = text.isupper() or folded.startswith(f"{title} cai tien")
            if not is_whole and not (begins and is_ours):
                continue
            words = text.split()
            count = len(title.split())
            self.title = " ".join(words[:count])
            self.subject += [" ".join(words[count:])] if not is_whole else []
            self.phase = "subject"
            return True
        if _SUBJECT.match(folded) and text.isupper():
            self.phase = "subject"
            self.subject.append(text)
            return True
        return False

    def _in_subject(self, text, place, column):
        folded = fold(text)
        if folded.startswith("(kem theo"):
            self.annex_note = text
        elif not _is_opening(folded) and (text.isupper() or _SUBJECT.match(folded)):
            self.subject.append(text)
        else:
            self.phase = "opening"
            self._in_opening(text, place, column)

    def _in_opening(self, text, place, column):
        folded = fold(text)
        goes_on = self.bases and self.bases[-1].endswith(";") and not self.introduction
        if folded.startswith("(kem theo"):
            self.annex_note = text
        elif folded.startswith("kinh gui"):
            self.report.unplaced(place, text)
        elif folded.startswith("can cu") or (goes_on and text.endswith((";", "."))):
            self.bases.append(text)
        else:
            self.introduction.append(text)

    def _in_sections(self, text, place, column):
        section = self.sections[-1]
        if section.content:
            self.report.unplaced(place, text)
        else:
            section.paragraphs.append(text)

    def _in_recipients(self, text, place, column):
        self.report.unplaced(place, text)

    def _in_closing(self, text, place, column):
        self.report.unplaced(place, text)

    def _in_remarks(self, text, place, column):
        self.inspection.remarks.append(text)


def _is_opening(folded):
    return folded.startswith(("can cu", "kinh gui", "thuc hien ke hoach so"))
