"""Comments on a plan or a report, and the answers to them, in year files. A place is named
as everywhere in a year file: by table and number, below 0 for a line that has gone."""

from dataclasses import dataclass
from datetime import datetime

from plans.models import Comment, PlanComment
from plans.tables import BY_SLUG, SECTIONS
from plans.yearfile.fields import limit_of
from plans.yearfile.moments import instant_text, named, only_set
from plans.yearfile.year_data import GONE

PARTS = {slug: table.related for slug, table in BY_SLUG.items()}
PARTS[SECTIONS.slug] = SECTIONS.related
_LAST = 9_999


@dataclass(frozen=True)
class ReplyData:
    """`by` is a name, and no account."""

    text: str
    by: str
    at: datetime
    is_from_office: bool = False


@dataclass(frozen=True)
class CommentData:
    """`table` is a slug as pages have it, `line` the number of the line within it."""

    table: str
    line: int | None
    line_name: str
    field: str
    quote: str
    text: str
    by: str
    at: datetime
    is_from_office: bool = False
    resolved_at: datetime | None = None
    resolved_by: str = ""
    replies: tuple[ReplyData, ...] = ()


# --- out -------------------------------------------------------------------------------


def comments_of(owner, places):
    """The comments on `owner`; `places` maps a part to the number of each line by its key,
    and is added to for lines that have gone."""
    stored = owner.comments.select_related("author", "resolved_by").order_by("at", "pk")
    found, replies = [], {}
    for comment in stored:
        if comment.parent_id is None:
            found.append(comment)
        else:
            replies.setdefault(comment.parent_id, []).append(_reply(comment))
    return tuple(
        _comment(comment, tuple(replies.get(comment.pk, ())), places)
        for comment in found
    )


def _comment(comment, replies, places):
    return CommentData(
        table=comment.table,
        line=_place(comment, places),
        line_name=comment.line_name,
        field=comment.field,
        quote=comment.quote,
        text=comment.text,
        by=named(comment.author, comment.author_name),
        at=comment.at,
        is_from_office=comment.is_from_office,
        resolved_at=comment.resolved_at,
        resolved_by=named(comment.resolved_by, comment.resolved_by_name),
        replies=replies,
    )


def _place(comment, places):
    if comment.line_id is None:
        return None
    held = places.setdefault(PARTS.get(comment.table, comment.table), {})
    return place_of(comment.line_id, held)


def place_of(key, held):
    """The number of the line `key` in `held`: one of its own, below 0, once it has gone."""
    gone = sum(place < 0 for place in held.values())
    return held.setdefault(key, -gone - 1)


def _reply(comment):
    return ReplyData(
        text=comment.text,
        by=named(comment.author, comment.author_name),
        at=comment.at,
        is_from_office=comment.is_from_office,
    )


def comments_json(comments):
    return [_comment_json(comment) for comment in comments]


def _comment_json(comment):
    place = {
        "table": comment.table,
        "line": comment.line,
        "line_name": comment.line_name,
        "field": comment.field,
        "quote": comment.quote,
    }
    more = {
        "resolved_at": comment.resolved_at and instant_text(comment.resolved_at),
        "resolved_by": comment.resolved_by,
        "replies": [_said_json(reply) for reply in comment.replies],
    }
    return only_set(place) | _said_json(comment) | only_set(more)


def _said_json(said):
    head = {"at": instant_text(said.at), "by": said.by, "text": said.text}
    return head | only_set({"from_office": said.is_from_office})


# --- in --------------------------------------------------------------------------------


def read_comments(node):
    """The comments; None where the file does not say."""
    if node.is_blank:
        return None
    return tuple(map(_read_comment, node.items()))


def _read_comment(node):
    members = node.members()
    line = members["line"].integer(-_LAST, _LAST)
    if line == 0:
        members["line"].fault("phải là số thứ tự của dòng, khác 0.")
    found = CommentData(
        table=members["table"].line(limit_of(PlanComment, "table")),
        line=line,
        line_name=members["line_name"].line(limit_of(PlanComment, "line_name")),
        field=members["field"].line(limit_of(PlanComment, "field")),
        quote=members["quote"].text(),
        resolved_at=members["resolved_at"].moment(),
        resolved_by=members["resolved_by"].line(
            limit_of(PlanComment, "resolved_by_name")
        ),
        replies=tuple(map(_read_reply, members["replies"].items())),
        **_read_said(members),
    )
    members.close()
    return found


def _read_reply(node):
    members = node.members()
    found = ReplyData(**_read_said(members))
    members.close()
    return found


def _read_said(members):
    return {
        "text": members["text"].required().text(),
        "by": members["by"].line(limit_of(PlanComment, "author_name")),
        "at": members["at"].required().moment(),
        "is_from_office": members["from_office"].flag(),
    }


# --- storing ---------------------------------------------------------------------------


def write_comments(owner, comments, keys):
    """Store `comments` as those of `owner`; `keys` lists the keys of each part's lines."""
    owner.comments.all().delete()
    for told in comments:
        place = {
            "table": told.table,
            "line_id": line_key(told.line, keys.get(PARTS.get(told.table), ())),
            "line_name": told.line_name,
            "field": told.field,
        }
        stored = _write(
            owner,
            told,
            quote=told.quote,
            resolved_at=told.resolved_at,
            resolved_by_name=told.resolved_by,
            **place,
        )
        for reply in told.replies:
            _write(owner, reply, parent=stored, **place)


def _write(owner, said, **fields) -> Comment:
    stored = owner.comments.create(
        text=said.text,
        author_name=said.by,
        is_from_office=said.is_from_office,
        **fields,
    )
    owner.comments.filter(pk=stored.pk).update(at=said.at)
    return stored


def line_key(place, keys):
    """The key of the line at `place`; one of its own for a line that has gone."""
    if place is None:
        return None
    return keys[place - 1] if 0 < place <= len(keys) else GONE + abs(place)
