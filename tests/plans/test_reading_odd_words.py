"""Word files with what schools really leave in them: heads of three rows, notes, hidden
words, old fonts, two papers in one file."""

import unittest

import docx

from plans.reading import DocumentRefused, oldfonts, refusals
from plans.reading.files import read_content
from tests.forms import PLAN_HEAD
from tests.plans.wordfiles import (
    KEYS,
    LIBRARY,
    YARD,
    add_table,
    leftovers,
    messages,
    read,
    rebuilt,
    rows_of,
    saved,
    word_plan,
    xml,
)

ROW = ("", "Tiêu chí 3.6", *LIBRARY)
TRACKED = 'w:id="1" w:author="a" w:date="2024-01-01T00:00:00Z"'
DELETED_MARK = f"<w:rPr><w:del {TRACKED}/></w:rPr>"
# Short words that labels use as well.
LIKE_A_HEAD = (
    "Đạt mục tiêu",
    "Làm công việc",
    "Cô phụ trách",
    "Tháng hoàn thành",
    "Kinh phí trường",
    "Điều kiện tốt",
    "Lưu ý",
)
VNI = ("Naâng cao chaát löôïng", "Toå chöùc boài döôõng giaùo vieân")
TCVN3 = ("N©ng cao chÊt l\u00adîng", "Tæ chøc båi d\u00adìng gi\u00b8o viªn")


class HeadTests(unittest.TestCase):
    def test_head_of_three_rows(self):
        document = docx.Document()
        table = document.add_table(4, 9)
        cells = [row.cells for row in table.rows]
        for place in (0, 1, 8):
            cells[0][place].merge(cells[2][place]).text = PLAN_HEAD[place]
        cells[0][2].merge(cells[0][7]).text = "Nội dung kế hoạch cải tiến"
        for place in (2, 3):
            cells[1][place].merge(cells[2][place]).text = PLAN_HEAD[place]
        cells[1][4].merge(cells[1][5]).text = "Tổ chức thực hiện"
        cells[1][6].merge(cells[1][7]).text = "Nguồn lực"
        for place in range(4, 8):
            cells[2][place].text = PLAN_HEAD[place]
        for cell, text in zip(cells[3], ROW, strict=True):
            cell.text = text
        self.assertEqual(rows_of(read(document), *KEYS), [LIBRARY])

    def test_row_above_a_head_printed_again_stays_a_row(self):
        row = ("", "Tiêu chí 3.6", *LIKE_A_HEAD)
        reading = read(word_plan(row, PLAN_HEAD, ROW))
        self.assertEqual(rows_of(reading, *KEYS), [LIKE_A_HEAD, LIBRARY])

    def test_row_below_a_short_head_stays_a_row(self):
        reading = read(word_plan(("", "Tiêu chí 3.6", *LIKE_A_HEAD)))
        self.assertEqual(rows_of(reading, *KEYS), [LIKE_A_HEAD])


class CriterionTests(unittest.TestCase):
    def placed(self, *rows, head=PLAN_HEAD):
        self.reading = read(word_plan(*rows, head=head))
        return rows_of(self.reading, "standard", "criterion", *KEYS)

    def test_standard_and_number_within_it_in_one_cell(self):
        for text in ("Tiêu chuẩn 2, tiêu chí 3", "Tiêu chuẩn 2\nTiêu chí 3"):
            with self.subTest(text=text):
                self.assertEqual(
                    self.placed(("", text, *LIBRARY)), [(2, "2.3", *LIBRARY)]
                )

    def test_bare_number_beside_a_column_of_standards(self):
        head = ("TT", "Tiêu chuẩn", "Tiêu chí", *PLAN_HEAD[2:])
        rows = (("1", "2", "1", *LIBRARY), ("", "", "3", *YARD))
        self.assertEqual(
            self.placed(*rows, head=head), [(2, "2.1", *LIBRARY), (2, "2.3", *YARD)]
        )

    def test_several_criteria_in_one_cell_are_doubted(self):
        for text in (
            "Tiêu chí 2.3, 2.4",
            "Tiêu chí 2.3 và 2.4",
            "TC 2.3; tiêu chí 2.4",
        ):
            with self.subTest(text=text):
                self.placed(("", text, *LIBRARY))
                self.assertIn("Ô này ghi nhiều tiêu chí", messages(self.reading)[0])

    def test_level_behind_the_number_is_the_level_of_that_row(self):
        self.placed(("", "Tiêu chí 2.3 (Mức 2)", *LIBRARY), ("", "Tiêu chí 3.6", *YARD))
        self.assertEqual(
            rows_of(self.reading, "level", "criterion_title"), [("2", ""), (None, "")]
        )

    def test_invisible_characters_hide_no_criterion_and_stay_in_the_text(self):
        goal = "Tủ\u00adsách"
        row = ("", "Ti\u00adêu\u200b chí 3.6\ufeff", goal, *LIBRARY[1:])
        self.assertEqual(self.placed(row), [(3, "3.6", goal, *LIBRARY[1:])])


class BesideTheTextTests(unittest.TestCase):
    def setUp(self):
        self.document = word_plan(ROW)
        self.cell = self.document.tables[0].cell(1, 3)
        self.paragraph = self.cell.paragraphs[0]._p

    def test_deleted_paragraph_mark_at_the_end_of_a_cell(self):
        self.paragraph.get_or_add_pPr().append(xml(DELETED_MARK))
        self.assertEqual(rows_of(read(self.document), *KEYS), [LIBRARY])

    def test_deleted_paragraph_mark_at_the_end_of_the_file(self):
        last = self.document.add_paragraph("Câu cuối cùng.")
        last._p.get_or_add_pPr().append(xml(DELETED_MARK))
        self.assertEqual(leftovers(read(self.document)), ["Câu cuối cùng."])

    def test_hidden_words_are_listed(self):
        self.cell.paragraphs[0].add_run(" bản nháp").font.hidden = True
        reading = read(self.document)
        self.assertEqual(rows_of(reading, *KEYS), [LIBRARY])
        self.assertEqual(leftovers(reading), ["bản nháp"])

    def test_placeholder_of_an_empty_control_is_no_text(self):
        self.document.tables[0].cell(1, 8).paragraphs[0]._p.append(
            xml(
                "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r>"
                "<w:t>Bấm để nhập</w:t></w:r></w:sdtContent></w:sdt>"
            )
        )
        self.assertEqual(rows_of(read(self.document), "note"), [("",)])

    def test_ticks_of_a_font_of_pictures(self):
        self.document.tables[0].cell(1, 8).paragraphs[0]._p.append(
            xml('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>')
        )
        self.assertEqual(rows_of(read(self.document), "note"), [("✓",)])

    def test_notes_and_comments_are_listed_and_put_nowhere(self):
        self.document.add_paragraph("Nơi nhận:")
        self.document.add_paragraph("- Lưu: VT.")
        for kind, name in (
            ("footnotes", "footnote"),
            ("endnotes", "endnote"),
            ("comments", "comment"),
        ):
            with self.subTest(kind=kind):
                reading = read(with_part(saved(self.document), kind, name))
                self.assertEqual(leftovers(reading), ["Xem lại chỗ này."])
                self.assertEqual(reading.as_json()["recipients"], ["Lưu: VT"])

    def test_list_of_people_makes_no_signature(self):
        self.document.add_paragraph("II. TỔ CHỨC THỰC HIỆN")
        add_table(
            self.document,
            [("TT", "Họ và tên", "Chức vụ"), ("1", "Bùi Thị Na", "Hiệu trưởng")],
        )
        data = read(self.document).as_json()
        self.assertEqual(data["signatures"], [])
        self.assertEqual(
            data["sections"][-1]["paragraphs"],
            ["TT | Họ và tên | Chức vụ", "1 | Bùi Thị Na | Hiệu trưởng"],
        )


def with_part(content, kind, name):
    """`content` with a part of notes or comments that holds one."""
    namespace = "http://schemas.openxmlformats.org"
    part = (
        f'<w:{kind} xmlns:w="{namespace}/wordprocessingml/2006/main"><w:{name} w:id="2">'
        f"<w:p><w:r><w:t>Xem lại chỗ này.</w:t></w:r></w:p></w:{name}></w:{kind}>"
    )
    relation = (
        f'<Relationship Id="rNote" Type="{namespace}/officeDocument/2006/relationships/'
        f'{kind}" Target="{kind}.xml"/></Relationships>'
    )
    return rebuilt(
        content,
        {
            "word/_rels/document.xml.rels": lambda old: old.replace(
                b"</Relationships>", relation.encode()
            )
        },
        {f"word/{kind}.xml": part},
    )


class OldFontTests(unittest.TestCase):
    def test_text_of_an_old_font_is_told(self):
        for goal, actions in (VNI, TCVN3):
            with self.subTest(goal=goal):
                row = ("", "Tiêu chí 3.6", goal, actions, *LIBRARY[2:])
                reading = read(word_plan(row, ROW))
                self.assertEqual(
                    [
                        (entry["place"], entry["message"])
                        for entry in reading.report.warnings
                    ],
                    [("bảng 1, dòng 2", refusals.OLD_FONT)],
                )

    def test_file_whose_head_cannot_be_read_for_its_font(self):
        document = docx.Document()
        add_table(document, [("TT", "Tiªu chuÈn, tiªu chÝ", *TCVN3)])
        with self.assertRaises(DocumentRefused) as caught:
            read_content(saved(document))
        self.assertEqual(str(caught.exception), refusals.OLD_FONT)

    def test_vietnamese_and_foreign_names_are_no_old_font(self):
        for text in (
            "Hoàn thành, khoẻ mạnh, TOÁN, nguyên, Huỳnh, quỹ, uỷ ban, ngoằn ngoèo",
            "Cô Müller của tổ chức Noël dạy lớp 3",
            "Phần mềm SMAS® và «sổ điểm» 10µm, ghi chú¹",
        ):
            with self.subTest(text=text):
                self.assertFalse(oldfonts.is_old(text))


class TwoPapersTests(unittest.TestCase):
    def test_second_plan_in_one_file_is_doubted(self):
        document = word_plan(ROW)
        for text in ("KẾ HOẠCH", "Năm học 2022 - 2023"):
            document.add_paragraph(text)
        add_table(document, [PLAN_HEAD, ("", "Tiêu chí 3.6", *YARD)])
        entry = read(document).report.warnings[0]
        self.assertEqual(entry["place"], "bảng 2")
        self.assertIn("có thể thuộc một văn bản khác", entry["message"])

    def test_one_plan_over_two_tables_is_one(self):
        document = word_plan(ROW)
        document.add_paragraph("Tiêu chuẩn 3: Cơ sở vật chất, năm học 2023 - 2024")
        add_table(document, [PLAN_HEAD, ("", "Tiêu chí 3.6", *YARD)])
        self.assertEqual(messages(read(document)), [])
