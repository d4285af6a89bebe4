"""Comments of the office on a plan or a result report, and the answers to them: where they
stand, who may write them, and the threads as pages show them.

`Places` knows the places of one text; plans' are here, those of reports in
`reports.commenting`. A place outlives its line: the comment keeps its words."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from plans import mailing
from plans.differing import HEADER_LABELS, RECORDED
from plans.editing import lock
from plans.enums import PlanStatus
from plans.models import Comment
from plans.presenting import section_views
from schools.permissions import Ability, may, require

MAX_COMMENT = 10_000
SECTION, HEADER = "muc", "dau-cuoi"
# A draft is the school's own business; a closed year is over.
_COMMENTED = frozenset(PlanStatus) - {PlanStatus.DRAFT, PlanStatus.CLOSED}
GONE = (
    "Chỗ bạn góp ý không có trong văn bản, hoặc trường vừa bỏ. Hãy chọn chỗ khác, hoặc "
    "góp ý chung cho cả văn bản."
)


class CommentError(Exception):
    """The deed is not possible now; the message says why and what to do."""


@dataclass(frozen=True)
class Line:
    """One line that can be commented on. `cells` maps a field to its label and text."""

    table: str
    pk: int | None
    name: str
    cells: dict

    def quote(self, field):
        """What stands there now: the cell's text, or that of all filled cells."""
        if field:
            return self.cells[field][1]
        filled = [
            pair for key, pair in self.cells.items() if pair[1] and key not in RECORDED
        ]
        if len(self.cells) == 1:
            return "".join(text for _, text in filled)
        return "\n".join(f"{label}: {text}" for label, text in filled)


@dataclass(frozen=True)
class Places:
    """Every line of one text by table and key, in the order of the paper."""

    lines: dict

    def find(self, table, line_id):
        return self.lines.get((table, line_id))

    def cell_label(self, table, field):
        """What the cell `field` is called in `table`, whichever line is left there."""
        lines = (line for line in self.lines.values() if line.table == table)
        found = (line.cells[field][0] for line in lines if field in line.cells)
        return next(found, "")


def plan_places(plan, views=None):
    """The `Places` of `plan`; `views` are its `section_views` where they are read."""
    header = {
        k: (v, getattr(plan, k)) for k, v in HEADER_LABELS.items() if k != "grouping"
    }
    lines = [
        Line("", None, "Toàn bộ kế hoạch", {}),
        Line(HEADER, None, "Phần đầu và nơi nhận", header),
    ]
    for view in section_views(plan) if views is None else views:
        if view.table is None:
            name, text = (
                f"Mục {view.number}. {view.section.title}",
                "\n".join(view.paragraphs),
            )
            lines.append(
                Line(SECTION, view.section.pk, name, {"text": ("Nội dung", text)})
            )
        else:
            items = (item for item in view.table.items if item.line)
            lines += [_table_line(view.table.table, item) for item in items]
    return Places({(line.table, line.pk): line for line in lines})


def _table_line(table, item):
    name = table.line_name(item.line, item.number)
    cells = {column.field: (column.label, text) for column, text in item.cells}
    return Line(table.slug, item.line.pk, name, cells)


# --- writing --------------------------------------------------------------------------


def obstacle(plan):
    """Why `plan` takes no comment now, or nothing."""
    if plan.status in _COMMENTED:
        return ""
    return (
        f"Chưa góp ý được: kế hoạch đang ở trạng thái “{plan.get_status_display()}”. Cơ "
        "quan quản lý góp ý từ khi trường trình kế hoạch đến khi kết thúc năm học."
    )


@transaction.atomic
def comment_on_plan(plan, *, table, line_id, field, text, by):
    """Raises PermissionDenied, and CommentError where the plan takes no comment now or
    the place is not there."""
    plan = lock(plan)
    require(by, Ability.COMMENT_PLAN, plan.school)
    if obstacle(plan):
        raise CommentError(obstacle(plan))
    places = plan_places(plan)
    comment = add(plan, places, table, line_id, field, text=text, by=by)
    mailing.tell_comment(plan, comment)
    return comment


def add(owner, places, table, line_id, field, *, text, by):
    """Store a comment of the office on `owner`, with the words of its place."""
    line = places.find(table, line_id)
    if line is None or (field and field not in line.cells):
        raise CommentError(GONE)
    return owner.comments.create(
        table=table,
        line_id=line_id,
        line_name=line.name[:200],
        field=field,
        quote=line.quote(field),
        text=text,
        author=by,
        is_from_office=True,
    )


def may_reply(school, user):
    return may(user, Ability.COMMENT_PLAN, school) or may(user, Ability.REPLY, school)


@transaction.atomic
def reply_on_plan(plan, comment, *, text, by):
    """As `reply`, and those concerned are told."""
    answer = reply(plan, comment, text=text, by=by)
    mailing.tell_comment(plan, answer)
    return answer


@transaction.atomic
def reply(owner, comment, *, text, by):
    """An answer to `comment`, of the school or of the office.

    Raises PermissionDenied for a wrong role, CommentError for a comment that is done."""
    is_office = may(by, Ability.COMMENT_PLAN, owner.school)
    if not is_office:
        require(by, Ability.REPLY, owner.school)
    stored = _locked(owner, comment)
    if stored.is_resolved:
        raise CommentError(
            "Góp ý này đã được đánh dấu xong nên không trả lời thêm. Nếu cần, đề nghị cơ "
            "quan quản lý mở lại góp ý."
        )
    place = {name: getattr(stored, name) for name in ("table", "line_id", "line_name")}
    return owner.comments.create(
        **place,
        field=stored.field,
        text=text,
        author=by,
        is_from_office=is_office,
        parent=stored,
    )


@transaction.atomic
def resolve(owner, comment, *, by):
    """The office says that it is done with `comment`; whether that is new."""
    return _mark(owner, comment, by, timezone.now())


@transaction.atomic
def reopen(owner, comment, *, by):
    return _mark(owner, comment, by, None)


def _mark(owner, comment, by, moment):
    require(by, Ability.COMMENT_PLAN, owner.school)
    stored = _locked(owner, comment)
    if stored.is_resolved == (moment is not None):
        return False
    stored.resolved_at, stored.resolved_by = moment, by if moment else None
    stored.resolved_by_name = ""
    stored.save(update_fields=["resolved_at", "resolved_by", "resolved_by_name"])
    return True


def _locked(owner, comment):
    return owner.comments.select_for_update().get(pk=comment.pk)


# --- showing --------------------------------------------------------------------------


@dataclass(frozen=True)
class Thread:
    """A comment with its answers. `line` is its place in the text as it now is, None
    when that is gone; `place` says it in words."""

    comment: Comment
    replies: tuple
    line: Line | None
    cell_label: str = ""
    is_known: bool = True  # whether the text was looked at for `line`

    @property
    def is_gone(self):
        return self.is_known and self.line is None

    @property
    def is_text_changed(self):
        """Whether other words stand there now than when the comment was written."""
        comment = self.comment
        if self.line is None or not (comment.line_id or comment.field):
            return False
        if comment.field and comment.field not in self.line.cells:
            return True
        return self.line.quote(comment.field) != comment.quote

    @property
    def anchor(self):
        """The place's name within its page."""
        comment = self.comment
        return (
            f"{comment.table}-{comment.line_id}" if comment.line_id else comment.table
        )


def threads_of(owner, places=None):
    """The comments on `owner` with their answers in one query: what is open first, in
    the order of the paper where `places` are given."""
    found = list(owner.comments.select_related("author", "resolved_by"))
    replies = {}
    for comment in found:
        replies.setdefault(comment.parent_id, []).append(comment)
    threads = [
        Thread(
            comment,
            tuple(replies.get(comment.pk, ())),
            places.find(comment.table, comment.line_id) if places else None,
            places.cell_label(comment.table, comment.field) if places else "",
            is_known=places is not None,
        )
        for comment in replies.get(None, ())
    ]
    if places is None:
        return threads
    order = {key: index for index, key in enumerate(places.lines)}

    def place(thread):
        key = (thread.comment.table, thread.comment.line_id)
        return thread.comment.is_resolved, order.get(key, len(order))

    return sorted(threads, key=place)


def by_place(threads):
    """Threads by table, line and field: for the page that shows them beside the cell."""
    found = {}
    for thread in threads:
        comment = thread.comment
        key = (comment.table, comment.line_id, comment.field)
        found.setdefault(key, []).append(thread)
    return found


def open_count(threads):
    return sum(1 for thread in threads if not thread.comment.is_resolved)
