"""Sổ đăng ký văn bản đi as paper: the ten columns of Decree 30/2020, Phụ lục IV mục I."""

from reports.enums import EntryState
from reports.official.document import Align, Cell, Column, Document, Row, Table

_COLUMNS = (
    ("Số, ký hiệu văn bản", 24, Align.CENTER),
    ("Ngày tháng văn bản", 22, Align.CENTER),
    ("Tên loại và trích yếu nội dung văn bản", 66, Align.LEFT),
    ("Người ký", 26, Align.LEFT),
    ("Nơi nhận văn bản", 36, Align.LEFT),
    ("Đơn vị, người nhận bản lưu", 22, Align.LEFT),
    ("Số lượng bản", 14, Align.CENTER),
    ("Ngày chuyển", 14, Align.CENTER),
    ("Ký nhận", 12, Align.CENTER),
    ("Ghi chú", 16, Align.LEFT),
)


def register_document(body, year, entries):
    """The register of `body` (a school or an office) for the calendar `year`. Days of
    delivery and receipts are signed by hand."""
    head = Row(
        tuple(Cell(name, bold=True, align=Align.CENTER) for name, _, _ in _COLUMNS)
    )
    numbers = Row(
        tuple(
            Cell(f"({place})", align=Align.CENTER)
            for place in range(1, len(_COLUMNS) + 1)
        )
    )
    table = Table(
        columns=tuple(Column(width, align) for _, width, align in _COLUMNS),
        head=(head, numbers),
        body=tuple(Row(tuple(map(Cell, _cells(entry)))) for entry in entries),
    )
    return Document(
        letterhead=None,
        title="SỔ ĐĂNG KÝ VĂN BẢN ĐI",
        subject=f"{body}\nNăm {year}",
        blocks=(table,),
    )


def _cells(entry):
    return (
        str(entry),
        f"{entry.dated:%d/%m/%Y}",
        entry.subject,
        entry.signer,
        entry.recipients,
        entry.keeper,
        str(entry.copies or ""),
        "",
        "",
        _note(entry),
    )


def _note(entry):
    state = {
        EntryState.RESERVED: "Giữ số",
        EntryState.WITHDRAWN: f"Đã thu hồi: {entry.reason}",
    }.get(entry.state, "")
    return "\n".join(filter(None, (state, entry.note)))
