"""Phụ lục: góp ý của cơ quan quản lý and the school's answers, to be printed beside the
text they are about (Decree 30/2020, Mẫu 2.1: an annex without a letterhead)."""

from django.utils import timezone

from plans.citing import citation
from reports.official import document as paper

_COLUMNS = (
    (10, "TT", paper.Align.CENTER),
    (44, "Chỗ được góp ý", None),
    (58, "Nội dung lúc góp ý", None),
    (62, "Góp ý", None),
    (58, "Trả lời", None),
    (25, "Kết quả", None),
)


def comments_document(owner, threads):
    """The comments on `owner`, a plan or a report, as a neutral `Document`; `threads` are
    `plans.commenting.Thread`s, printed in the order they come."""
    return paper.Document(
        letterhead=None,
        title="PHỤ LỤC",
        subject=f"Góp ý cho {_name(owner)}",
        annex_note=f"({_about(owner)})",
        blocks=(_table(threads) if threads else paper.Paragraph("Chưa có góp ý nào."),),
    )


def _name(owner):
    if hasattr(owner, "period_name"):
        return f"báo cáo kết quả thực hiện kế hoạch cải tiến chất lượng {owner.period_name}"
    return f"kế hoạch cải tiến chất lượng năm học {owner.school_year}"


def _about(owner):
    """The document the annex goes with, by its number where it has one."""
    if owner.number and owner.issued_on and not hasattr(owner, "period_name"):
        return f"Kèm theo {citation(owner)} của {owner.school}"
    return f"{owner.school}; in ngày {timezone.localdate():%d/%m/%Y}"


def _table(threads):
    head = paper.Row(
        tuple(
            paper.Cell(title, bold=True, align=paper.Align.CENTER)
            for _, title, _ in _COLUMNS
        )
    )
    return paper.Table(
        columns=tuple(
            paper.Column(width, align or paper.Align.LEFT)
            for width, _, align in _COLUMNS
        ),
        head=(head,),
        body=tuple(_row(number, t) for number, t in enumerate(threads, start=1)),
    )


def _row(number, thread):
    comment = thread.comment
    texts = (
        str(number),
        _place(thread),
        _quote(thread),
        _said(comment),
        "\n".join(_said(reply) for reply in thread.replies),
        _outcome(comment),
    )
    return paper.Row(tuple(paper.Cell(text) for text in texts))


def _place(thread):
    name = thread.line.name if thread.line else thread.comment.line_name
    lines = [name, thread.cell_label, "(dòng đã bỏ)" if thread.is_gone else ""]
    return "\n".join(filter(None, lines))


def _quote(thread):
    """A whole row stands in the text itself; its words are printed where it is gone."""
    is_row = thread.comment.line_id is not None and not thread.comment.field
    return "" if is_row and not thread.is_gone else thread.comment.quote


def _said(comment):
    day = timezone.localtime(comment.at)
    return f"{comment.who}, {day:%d/%m/%Y}:\n{comment.text}"


def _outcome(comment):
    if not comment.is_resolved:
        return "Chưa xong"
    return f"Đã xong, {timezone.localtime(comment.resolved_at):%d/%m/%Y}"
