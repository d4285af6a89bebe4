"""Word and Excel files as schools make them, built for tests of the reader."""

import copy
import io
import json
import re
import zipfile
from collections import Counter

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import Workbook

from plans.reading.assemble import Reading
from plans.reading.files import read_blocks
from plans.reading.stream import texts
from qualityplan.text import fold
from tests.forms import PLAN_HEAD

KEYS = ("goal", "actions", "responsible", "schedule", "budget", "support", "note")
STANDARD_3 = ("1", "Tiêu chuẩn 3: Cơ sở vật chất")
LIBRARY = (
    "Tủ sách lớp có 40 đầu sách",
    "Mỗi lớp lập một tủ sách ở góc phòng.",
    "Tổ thư viện",
    "Tháng 10/2023",
    "Không",
    "Cha mẹ học sinh góp sách",
    "",
)
YARD = (
    "Sân sau lát gạch xong",
    "Lát gạch 120 m2 sân sau trong hè.",
    "Kế toán",
    "Tháng 7/2023",
    "30 triệu đồng",
    "",
    "Chờ duyệt",
)


def saved(document):
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def add_table(document, rows):
    """A table of `rows`; a row shorter than the widest is one cell over the rest."""
    width = max(len(row) for row in rows)
    table = document.add_table(len(rows), width)
    for cells, row in zip([row.cells for row in table.rows], rows, strict=True):
        if len(row) < width:
            cells[len(row) - 1].merge(cells[-1])
        for cell, text in zip(cells, row, strict=False):
            cell.text = text
    return table


def word_plan(*rows, head=PLAN_HEAD, title="Năm học 2023 - 2024"):
    """A small plan; `rows` are tuples of cell texts."""
    document = docx.Document()
    document.add_paragraph("KẾ HOẠCH")
    document.add_paragraph("CẢI TIẾN CHẤT LƯỢNG GIÁO DỤC")
    document.add_paragraph(title)
    document.add_paragraph("Trường Tiểu học Lá Phong lập kế hoạch như sau:")
    add_table(document, [head, *rows])
    return document


def xml(markup):
    """A Word element from `markup` with the prefix w:."""
    return parse_xml(re.sub(r"^<(w:\w+)", rf"<\1 {nsdecls('w')}", markup, count=1))


def excel(rows, merges=()):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for area in merges:
        book.active.merge_cells(area)
    return saved(book)


def zipped(**parts):
    """A package of `parts`, whatever they are."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return content.getvalue()


def rebuilt(content, changes=None, parts=None):
    """The package `content` with some parts changed by a function, and others added."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package,
    ):
        for name in source.namelist():
            change = (changes or {}).get(name, bytes)
            package.writestr(name, change(source.read(name)))
        for name, added in (parts or {}).items():
            package.writestr(name, added)
    return target.getvalue()


def read(content):
    """The `Reading` of a document (or its bytes), after checking that no word of it was
    lost."""
    content = content if isinstance(content, bytes) else saved(content)
    blocks = read_blocks(content)
    reading = Reading(blocks)
    lost = lost_words(blocks, reading)
    if lost:
        raise AssertionError(f"neither placed nor listed: {lost}")
    return reading


def lost_words(blocks, reading):
    """The words of the source that stand neither in the result nor in the report."""
    data = copy.deepcopy(reading.as_json())
    kept = json.dumps(data, ensure_ascii=False).replace("\\n", " ")
    kept += " ".join(reading.report.form_texts)
    return words(" ".join(texts(blocks))) - words(kept)


def words(text):
    return Counter(re.findall(r"[^\W_]+", fold(text.replace('\\"', '"'))))


def rows_of(reading, *keys):
    """The named cells of each row."""
    return [tuple(row[key] for key in keys) for row in reading.as_json()["rows"]]


def messages(reading):
    return [entry["message"] for entry in reading.report.warnings]


def leftovers(reading):
    return [entry["text"] for entry in reading.report.leftovers]
