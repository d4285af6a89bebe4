"""Which table is before us, told by the wording of its head: fuzzy, without accents, in
any order of columns, in one row or two."""

import re
from dataclasses import dataclass
from functools import lru_cache

from plans.reading.labels import criterion, level, standard
from plans.reading.stream import UNSEEN, Cell, Row
from plans.reading.wordings import FORMS, RESULT, Form, result_key
from qualityplan.text import fold

_ABBREVIATIONS = {
    "nd": ("noi", "dung"),
    "xd": ("xay", "dung"),
    "kh": ("ke", "hoach"),
    "khcl": ("ke", "hoach", "chat", "luong"),
    "gd": ("giao", "duc"),
    "cl": ("chat", "luong"),
    "ctcl": ("cai", "tien", "chat", "luong"),
    "tg": ("thoi", "gian"),
    "kp": ("kinh", "phi"),
    "stt": ("tt",),
}
_LONGEST_LABEL = 200
_HIGHEST = 3  # rows of a head
_ENOUGH = 0.6  # of a label's words, and of the wording's


@dataclass(frozen=True)
class Column:
    start: int
    stop: int
    key: str | None  # None: a column that the form does not know
    label: str


@dataclass(frozen=True)
class Heading:
    form: Form
    columns: tuple[Column, ...]
    height: int
    score: float

    @property
    def known(self):
        return {column.key for column in self.columns if column.key}

    def column_at(self, place):
        for column in self.columns:
            if column.start <= place < column.stop:
                return column
        return None


def recognised(rows, index):
    """The `Heading` that begins in `rows[index]`, or None."""
    if not _may_be_head(rows[index]):
        return None
    found = _best(_labels(rows[index : index + 1]), 1)
    for height in range(2, _HIGHEST + 1):
        head = rows[index : index + height]
        if len(head) < height or len(head[-1].filled) < 2 or _names_place(head[-1]):
            break
        higher = _best(_labels(head), height)
        if higher and (found is None or higher.score > found.score):
            if found is None and _stands_alone(head, higher):
                break
            found = higher
    return found


def _may_be_head(row):
    """A cheap look first: sheets have thousands of rows."""
    filled = row.filled
    if len(filled) < 3 or any(len(cell.text) > _LONGEST_LABEL for cell in filled):
        return False
    return sum(_is_label(cell.text) for cell in filled) >= 3 and not _names_place(row)


def _names_place(row):
    """Whether a level, standard or criterion is named here: then it is a row of a table."""
    texts = [cell.text for cell in row.filled[:3]]
    return any(level(t) or standard(t) or criterion(t) for t in texts)


def _stands_alone(head, higher):
    """Whether the lower row is the head by itself: printed once more on a new page, below
    a row of the table that says nothing to it."""
    upper, lower = head[0], head[1]
    if any(cell.span > 1 for cell in upper.filled):
        return False
    alone = _best(_labels([lower]), 1)
    return alone is not None and len(alone.known) >= len(higher.known)


def _is_label(text):
    words = _words(text)
    return bool(words) and 2 * len(words & _vocabulary()) >= len(words)


@lru_cache(maxsize=1)
def _vocabulary():
    return frozenset(
        word
        for form in FORMS
        for wordings in form.wordings.values()
        for wording in wordings
        for word in _words(wording)
    )


def _labels(rows):
    """(start, stop, label) of the lowest cells of a head of one to three rows. A wide cell
    of the upper row is the title of those below it."""
    upper = [cell for cell in rows[0].cells if cell.text or cell.above is not None]
    if len(rows) == 1:
        return [(cell.column, cell.stop, cell.text) for cell in upper]
    if len(rows) > 2:
        return _labels([rows[0], _as_row(_labels(rows[1:]))])
    labels, covered = [], 0
    for place, cell in enumerate(upper):
        # On a sheet a title may reach over the empty cells at its right unmerged.
        after = upper[place + 1].column if place + 1 < len(upper) else cell.stop
        below = [c for c in rows[1].cells if cell.column <= c.column < after]
        below = [c for c in below if c.above is None and c.text]
        if len(below) > 1:
            labels += [(c.column, c.stop, c.text) for c in below]
        else:
            # Two halves of one label: "Thời gian" over "thực hiện".
            rest = "".join(f" {c.text}" for c in below if c.span == 1)
            labels.append((cell.column, cell.stop, f"{cell.text}{rest}"))
        covered = max(covered, after)
    return labels + [
        (c.column, c.stop, c.text) for c in rows[1].filled if c.column >= covered
    ]


def _as_row(labels):
    """The two lower rows of three as one; a label without a word goes on from above."""
    return Row(
        tuple(
            Cell(text, start, stop - start, None if text else "")
            for start, stop, text in labels
        ),
        "",
    )


def _best(labels, height):
    headings = [_fitted(form, labels, height) for form in FORMS]
    headings = [heading for heading in headings if heading is not None]
    return max(headings, key=lambda heading: heading.score, default=None)


def _fitted(form, labels, height):
    """`form` laid over the labels: each key goes to the label it fits best."""
    fits = sorted(
        (
            (score, place, key)
            for place, (_, _, label) in enumerate(labels)
            for key, score in _scores(label, form.name)
        ),
        reverse=True,
    )
    keys = {}
    for _score, place, key in fits:
        if place not in keys and key not in keys.values():
            keys[place] = key
    if len(form.values & set(keys.values())) < form.least:
        return None
    columns = tuple(
        Column(start, stop, keys.get(place), label)
        for place, (start, stop, label) in enumerate(labels)
    )
    score = sum(score for score, place, key in fits if keys.get(place) == key)
    return Heading(form, columns, height, score)


@lru_cache(maxsize=2_000)
def _scores(label, form_name):
    form = next(form for form in FORMS if form.name == form_name)
    scores = (
        (key, max(_likeness(label, wording) for wording in wordings))
        for key, wordings in form.wordings.items()
    )
    decided = result_key(label) if form is RESULT else None
    return tuple(
        (key, score)
        for key, score in scores
        if score >= _ENOUGH and (not decided or key == decided)
    )


def _likeness(label, wording):
    """0 to 1; remarks in brackets may be missing on either side."""
    return max(
        _word_likeness(_words(one), _words(other))
        for one in _variants(label)
        for other in _variants(wording)
    )


@lru_cache(maxsize=2_000)
def _variants(text):
    bare = re.sub(r"\([^)]*\)", " ", text)
    return (text, bare) if bare.strip() and bare != text else (text,)


@lru_cache(maxsize=2_000)
def _words(text):
    words = []
    for word in re.findall(r"[^\W\d_]+", fold(text.translate(UNSEEN))):
        words += _ABBREVIATIONS.get(word, (word,))
    return frozenset(words)


@lru_cache(maxsize=20_000)
def _word_likeness(one, other):
    if not one or not other:
        return 0.0
    shared = len(one & other)
    others = [near for near in other - one if len(near) >= 4]
    for word in one - other:
        # A letter mistyped or misread does not make another word.
        if len(word) >= 4 and any(_is_near(word, near) for near in others):
            shared += 1
    return 2 * shared / (len(one) + len(other))


def _is_near(one, other):
    """Whether one letter changed, added or left out makes `other` of `one`."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    if len(one) == len(other):
        return one[start + 1 :] == other[start + 1 :]
    longer, shorter = sorted((one, other), key=len, reverse=True)
    return longer[start + 1 :] == shorter[start:]
