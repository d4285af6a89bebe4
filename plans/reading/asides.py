"""What a Word file holds beside its text: hidden words, notes and comments. They are told
to the reader and never taken for lines of the paper."""

from plans.reading.stream import Aside, Para, one_line

_OFF = ("0", "false", "off")
_HIDDEN = "chữ ẩn trong tệp"
# The kinds of parts by the end of their relationship type: what one entry is called.
PARTS = {
    "/footnotes": ("footnote", "chú thích cuối trang"),
    "/endnotes": ("endnote", "chú thích cuối bài"),
    "/comments": ("comment", "nhận xét bên lề"),
}


def _local(element):
    return element.tag.rpartition("}")[2]


def _is_on(element):
    return element is not None and not any(
        value in _OFF for key, value in element.items() if key.endswith("}val")
    )


def is_unseen(element):
    """Whether `element` is a run that Word does not show, or a field that only says what
    is to be typed there."""
    name = _local(element)
    if name == "r":
        return _is_on(element.find("{*}rPr/{*}vanish"))
    return name == "sdt" and _is_on(element.find("{*}sdtPr/{*}showingPlcHdr"))


def hidden_text(body):
    """The hidden words below `body`, those of neighbouring runs together."""
    found, last = [], None
    for mark in body.iter("{*}vanish"):
        run = mark.getparent().getparent()
        is_gone = any(_local(above) == "moveFrom" for above in run.iterancestors())
        if _local(run) != "r" or not _is_on(mark) or is_gone:
            continue
        text = "".join(piece.text or "" for piece in run.iterchildren("{*}t"))
        if last is not None and run.getprevious() is last:
            found[-1] += text
        else:
            found.append(text)
        last = run
    return [Aside(one_line(text), _HIDDEN) for text in found if text.strip()]


def asides_of(kind, root, blocks):
    """The notes or comments in the part `root` (None: there is none) of `kind`; `blocks`
    reads what is inside one."""
    if root is None:
        return []
    name, place = PARTS[kind]
    return [
        Aside(one_line(para.text), place)
        for note in root.iter(f"{{*}}{name}")
        for para in blocks(note)
        if isinstance(para, Para) and one_line(para.text)
    ]
