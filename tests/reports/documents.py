"""Sample documents, and how to read the three formats back: cell by cell."""

import unicodedata
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pdfplumber
from lxml import etree, html

from reports.official.document import (
    Align,
    Cell,
    Column,
    Document,
    Heading,
    Letterhead,
    Orientation,
    Paragraph,
    Row,
    RowKind,
    Table,
)
from reports.official.numbering import date_text, number_text
from reports.official.signing import recorded_signature, signature_entry
from tests.forms import PLAN_HEAD

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

LEGACY_WIDTHS = (10, 34, 30, 62, 26, 26, 22, 28, 14)
CURRENT_HEAD = (
    "TT\n(1)",
    "Nội dung cải tiến\n(2)",
    "Mục tiêu cải tiến\n(3)",
    "Hoạt động/giải pháp\n(4)",
    "Chỉ số đánh giá kết quả\n(5)",
    "Thời gian thực hiện\n(6)",
    "Đơn vị/cá nhân phụ trách\n(7)",
    "Nguồn lực bảo đảm\n(8)",
    "Thông tin, dữ liệu hoặc minh chứng dự kiến\n(9)",
    "Mức độ thực hiện\n(10)",
)
CURRENT_WIDTHS = (10, 30, 28, 42, 27, 20, 24, 22, 27, 22)


def signature(capacity, name=""):
    return recorded_signature(signature_entry(capacity, name))


def letterhead(**changes):
    standard = Letterhead(
        "UBND XÃ HÒA XÁ",
        "TRƯỜNG TIỂU HỌC HỒNG QUANG",
        number_text(5, "KH", "TH"),
        date_text("Hòa Xá", date(2026, 9, 5)),
    )
    return replace(standard, **changes)


def document(*blocks, **changes):
    """A short plan with everything around the body."""
    standard = Document(
        letterhead(),
        "KẾ HOẠCH",
        "Cải tiến chất lượng giáo dục năm học 2026 - 2027",
        blocks or (Paragraph("Nhà trường xây dựng kế hoạch như sau./."),),
        bases=("Căn cứ Luật Giáo dục;", "Căn cứ Thông tư số 57/2026/TT-BGDĐT."),
        recipients=("UBND xã Hòa Xá (để b/c)", "Trang TTĐT", "Lưu: VT, HĐTĐG"),
        signatures=(signature("head", "Nguyễn Thị Thanh Hương"),),
    )
    return replace(standard, **changes)


def legacy_plan(row_count=9):
    """The nine columns of 2018, with level and standard rows."""
    rows = [Row((Cell("MỨC 1", colspan=9),), RowKind.GROUP)]
    for number in range(row_count):
        if number % 5 == 0:
            standard = number // 5 + 1
            title = Cell(f"Tiêu chuẩn {standard}: Tổ chức và quản lý", colspan=8)
            rows.append(Row((Cell(str(standard)), title), RowKind.STANDARD))
        rows.append(_legacy_row(number))
    closing = "Mức 4: Trường không có kế hoạch cải tiến vì không đạt."
    rows.append(Row((Cell(closing, colspan=9),), RowKind.CLOSING))
    return document(
        Heading("I. MỤC ĐÍCH, YÊU CẦU"),
        Paragraph("1. Khắc phục điểm yếu.\n2. Phát huy điểm mạnh."),
        Heading("III. NỘI DUNG KẾ HOẠCH", ref="section-3"),
        table(PLAN_HEAD, LEGACY_WIDTHS, rows),
        Heading("IV. TỔ CHỨC THỰC HIỆN"),
        Paragraph("Các bộ phận thực hiện nghiêm túc kế hoạch này./."),
    )


def current_plan(row_count=6):
    """The ten columns of Circular 57/2026."""
    rows = [_current_row(number) for number in range(1, row_count + 1)]
    return document(
        Heading("V. KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG"),
        table(CURRENT_HEAD, CURRENT_WIDTHS, rows),
        Heading("VIII. CƠ CHẾ ĐÁNH GIÁ VÀ BÁO CÁO"),
        Paragraph("c) Bảo đảm công khai, minh bạch./."),
    )


def portrait_report(**changes):
    """A head of two rows with spans, on an upright page, to several addressees."""
    head = (
        Row((Cell("TT", rowspan=2), Cell("Kết quả", colspan=2), Cell("Ý", rowspan=2))),
        Row((Cell("Đã xong"), Cell("Chưa xong, lý do"))),
    )
    rows = [
        Row((Cell(str(n)), Cell("Đã tập huấn"), Cell("Không"), Cell("")))
        for n in range(1, 4)
    ]
    report = document(
        Heading("1. Kết quả", 2),
        replace(table(("",) * 4, (10, 60, 60, 35), rows), head=head),
        Paragraph("Nhà trường báo cáo./."),
        title="BÁO CÁO",
        letterhead=letterhead(issuer="TRƯỜNG TIỂU HỌC NGUYỄN SƠN HÀ"),
        addressees=("UBND xã Hòa Xá", "Phòng Văn hóa - Xã hội"),
        orientation=Orientation.PORTRAIT,
    )
    return replace(report, **changes)


def annex(**changes):
    """A report without a letterhead: its note below the title, its date at the end."""
    standard = portrait_report(
        letterhead=None,
        addressees=(),
        bases=(),
        recipients=(),
        annex_note="(Kèm theo Kế hoạch số 05/KH-TH ngày 05 tháng 9 năm 2026)",
        signed_at="Hòa Xá, ngày 20 tháng 5 năm 2027",
        orientation=Orientation.LANDSCAPE,
    )
    return replace(standard, **changes)


def table(head, widths, rows):
    columns = tuple(
        Column(width, Align.CENTER if width == 10 else Align.LEFT) for width in widths
    )
    return Table(columns, (Row(tuple(Cell(text) for text in head)),), tuple(rows))


def one_cell(text):
    """A document whose only table holds `text` in a row of its own."""
    return document(table(("Nội dung",), (252,), [Row((Cell(text),))]))


def _legacy_row(number):
    texts = (
        "",
        f"Tiêu chí 1.{number + 1} Cơ cấu tổ chức",
        "Đạt mức 1",
        "Tham mưu với cấp trên bổ sung nhân sự\nTổ chức tập huấn nghiệp vụ",
        "Hiệu trưởng",
        "Từ tháng 9/2026 đến tháng 5/2027",
        "Không",
        "Ủy ban nhân dân phường hỗ trợ",
        "",
    )
    return Row(tuple(Cell(text) for text in texts), ref=f"row-{number}")


def _current_row(number):
    texts = (
        str(number),
        "Học sinh lớp 1 đọc chậm",
        "Còn dưới 5%",
        "Phụ đạo 02 buổi mỗi tuần",
        "≥ 95% học sinh đạt",
        "Từ tháng 9/2026 đến 31/12/2026",
        "Tổ trưởng tổ 1",
        "5.000.000 đồng",
        "(MC.1.1.01, MC.1.1.02)",
        "Chưa hoàn thành",
    )
    return Row(tuple(Cell(text) for text in texts), ref=f"row-{number}")


# --- reading back: tables as rows of texts, heads included ------------------------


def described_rows(described):
    """What the document says, as the readers below give it."""
    rows = [
        row
        for block in described.blocks
        if isinstance(block, Table)
        for row in (*block.head, *block.body)
    ]
    return [[cell.text for cell in row.cells] for row in rows]


def html_rows(markup):
    tree = html.fromstring(markup)
    return [
        ["".join(cell.itertext()) for cell in row.xpath("./th|./td")]
        for row in tree.xpath("//table[contains(@class, 'grid')]//tr")
    ]


def docx_rows(file):
    rows = []
    for element in docx_root(file).iter(f"{W}tbl"):
        if element.find(f"{W}tblPr/{W}tblBorders") is not None:
            rows += [_docx_cells(row) for row in element.iter(f"{W}tr")]
    return rows


def _docx_cells(row):
    texts = []
    for cell in row.iter(f"{W}tc"):
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        if merge is None or merge.get(f"{W}val") == "restart":
            paragraphs = cell.iter(f"{W}p")
            texts.append("\n".join("".join(p.itertext()) for p in paragraphs))
    return texts


def docx_root(file, part="word/document.xml"):
    return etree.fromstring(ZipFile(BytesIO(file)).read(part))


def docx_text(file):
    return "\n".join("".join(p.itertext()) for p in docx_root(file).iter(f"{W}p"))


def pdf_rows(file):
    """Rows of all pages; a head that is repeated counts once."""
    rows = []
    with pdfplumber.open(BytesIO(file)) as pdf:
        for page in pdf.pages:
            for found in page.find_tables():
                texts = [[t for t in row if t is not None] for row in found.extract()]
                repeated = len(rows) and texts[0] == rows[0]
                rows += texts[1:] if repeated else texts
    return rows


def pdf_texts(file):
    with pdfplumber.open(BytesIO(file)) as pdf:
        return [page.extract_text() for page in pdf.pages]


def squeezed(text):
    """Without blanks: a PDF knows lines, not words that run on."""
    return "".join(unicodedata.normalize("NFC", text).split())
