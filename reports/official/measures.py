"""Every measure of an official text, in one place, with the rule it comes from.

The rule ids (P01, H02, ...) are those of `docs/` and of Decree 30/2020, Annex I. The
writers take lengths, sizes and widths from here and nowhere else, so that the screen,
the PDF and the Word file cannot drift apart. Lengths are millimetres, type is points.
"""

from itertools import pairwise

from reports.official.document import Orientation, Table

PORTRAIT, LANDSCAPE = Orientation.PORTRAIT, Orientation.LANDSCAPE

PAGE_MM = {PORTRAIT: (210, 297), LANDSCAPE: (297, 210)}  # P01, P02: A4
MARGIN_TOP_MM = 20  # P03
MARGIN_BOTTOM_MM = 20  # P03
MARGIN_LEFT_MM = 30  # P03
MARGIN_RIGHT_MM = 15  # P03
TEXT_WIDTH_MM = {
    orientation: width - MARGIN_LEFT_MM - MARGIN_RIGHT_MM
    for orientation, (width, _) in PAGE_MM.items()
}

# P04. The second family has the metrics of the first and stands in where the first is
# not installed; Word files name the first only.
FONT_FAMILIES = ("Times New Roman", "Liberation Serif")
# Height of a single line (P09) in ems: ascent, descent and line gap of that face. Word
# takes it from the font, CSS has to be told.
SINGLE_LINE_EM = 1.149

# Size profile A of Annex I, section V.
NATION_PT = 12  # Quốc hiệu
MOTTO_PT = 13  # Tiêu ngữ
SUPERIOR_PT = 12
ISSUER_PT = 12
NUMBER_PT = 13
PLACE_DATE_PT = 13
TITLE_PT = 14
SUBJECT_PT = 14
ANNEX_NOTE_PT = 13
ADDRESSEE_PT = 14
BODY_PT = 14  # P06
SIGNATURE_PT = 14
HINT_PT = 13
RECIPIENTS_LABEL_PT = 12
RECIPIENTS_PT = 11
PAGE_NUMBER_PT = 14  # P05
# From the edge of the paper: a line of 14 pt then stands in the middle of the margin.
HEADER_DISTANCE_MM = 7.2

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"  # H01
MOTTO = "Độc lập - Tự do - Hạnh phúc"  # H01

# H01-H07: the letterhead is a table of two cells without padding. The right one holds
# Quốc hiệu on one line (88 mm at 12 pt, H07).
LETTERHEAD_MM = {PORTRAIT: (71, 94), LANDSCAPE: (110, 142)}
NUMBER_GAP_PT = 6  # between the names and "Số: …"
RULE_PT = 0.75
RULE_GAP_PT = 2  # between a line of text and the rule under it
# H04, T02: between a third and a half of the line above it.
PARTIAL_RULE = 0.4
FULL_RULE = 1.0  # H02

TITLE_GAP_PT = 18  # between the letterhead and the title
SUBJECT_GAP_PT = 8  # between the rule under the subject and what follows

INDENT_MM = 10  # P07
PARAGRAPH_BEFORE_PT = 6  # P08
LINE_SPACING = 1.1  # P09, body text; tables and blocks of names are single
TABLE_GAP_PT = 6  # between a paragraph and the table after it

# R02: several addressees, each on its own line, the dashes under the colon.
ADDRESSEE_LABEL_MM = 18  # "Kính gửi" at 14 pt
ADDRESSEE_LEFT_MM = {PORTRAIT: 35, LANDSCAPE: 70}

# P10: inside tables the decree leaves the size to us.
TABLE_PT = 12
CROWDED_TABLE_PT = 11
SMALLEST_TABLE_PT = 10
CROWDED_FROM_COLUMNS = 10
CELL_SIDE_MM = 1.0
CELL_TOP_MM = 0.5
BORDER_PT = 0.5

# S01, R01: recipients on the left, signature on the right, level with each other.
CLOSING_MM = {PORTRAIT: (75, 90), LANDSCAPE: (126, 126)}
CLOSING_GAP_PT = 12  # between the body and that block, and between its rows
SIGNING_MM = 24  # room for the signature and the seal (S05)
# A line that continues hangs under the text of its item ("- " at 11 pt).
RECIPIENTS_HANGING_MM = 2.3

# The check mark stands in the bottom margin of the first page, where it takes no room
# from the text. A module of its QR is then about 0.4 mm: a telephone reads that.
CHECK_MARK_PT = 9
CHECK_MARK_QR_MM = 13
CHECK_MARK_GAP_MM = 2.5  # between the QR and its words, and from the text above
CHECK_MARK_BOTTOM_MM = 4.5  # from the edge of the paper; printers leave 4 mm blank

MM_PER_PT = 25.4 / 72
TWIPS_PER_MM = 1440 / 25.4
TWIPS_PER_PT = 20


def table_size_pt(column_count: int) -> int:
    """Size of the type in a table (P10): 12, but 11 from ten columns on.

    Ten columns on 252 mm leave 20 mm for "Thời gian thực hiện"; at 11 pt a date such as
    "31/12/2026" still stands on one line there.
    """
    return CROWDED_TABLE_PT if column_count >= CROWDED_FROM_COLUMNS else TABLE_PT


def column_widths_mm(table: Table, orientation: Orientation) -> tuple[int, ...]:
    """Whole millimetres that fill the width of the text exactly.

    Whole, because the screen may use classes only (no inline styles), one per
    millimetre. A form whose widths do not add up is scaled, never run off the paper.
    """
    text_width = TEXT_WIDTH_MM[orientation]
    asked = [column.width_mm for column in table.columns]
    edges = [0]
    for index in range(1, len(asked) + 1):
        edges.append(round(sum(asked[:index]) * text_width / sum(asked)))
    return tuple(right - left for left, right in pairwise(edges))


def text_height_mm(orientation: Orientation) -> int:
    """What a page leaves between its margins."""
    return PAGE_MM[orientation][1] - MARGIN_TOP_MM - MARGIN_BOTTOM_MM


def twips(millimetres: float) -> int:
    return round(millimetres * TWIPS_PER_MM)


def points_to_twips(points: float) -> int:
    return round(points * TWIPS_PER_PT)
