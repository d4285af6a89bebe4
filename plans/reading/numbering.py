"""The numbers and bullets that Word draws by itself: they are part of what people see,
but not of the text of the paragraph."""

from collections import defaultdict

from qualityplan.text import roman

_DEPTH = 10  # levels of a list, and styles based on styles


class Numbering:
    """Counts along with the document; ask once for each paragraph, in order."""

    def __init__(self, numbering, styles):
        self.levels = _levels(numbering)
        self.styles = _styles(styles)
        self.counts = defaultdict(lambda: [None] * _DEPTH)

    def label(self, paragraph):
        """ "1. ", "- " or "" before the text of `paragraph`."""
        numbered = self._numbered(paragraph)
        if numbered is None:
            return ""
        list_id, level = numbered
        formats = self.levels.get(list_id)
        if not formats or level not in formats or not _has_text(paragraph):
            return ""
        kind, pattern, start = formats[level]
        counts = self.counts[list_id]
        counts[level] = start if counts[level] is None else counts[level] + 1
        counts[level + 1 :] = [None] * (_DEPTH - level - 1)
        if kind == "bullet":
            return "- "
        if kind == "none":
            return ""
        for place in range(level + 1):
            if f"%{place + 1}" in pattern:
                number = counts[place] or formats.get(place, ("", "", 1))[2]
                form = formats.get(place, ("decimal",))[0]
                pattern = pattern.replace(f"%{place + 1}", _written(number, form))
        return f"{pattern} "

    def _numbered(self, paragraph):
        own = paragraph.find("{*}pPr/{*}numPr")
        if own is not None:
            found = _pair(own)
            return found if found and found[0] != "0" else None
        style = _attribute(paragraph.find("{*}pPr/{*}pStyle"))
        for _ in range(_DEPTH):
            pair, style_above = self.styles.get(style, (None, None))
            if pair is not None:
                return pair
            style = style_above
        return None


def _levels(root):
    """{list: {level: (format, text, first number)}}"""
    if root is None:
        return {}
    forms = {
        _attribute(item, "abstractNumId"): {
            int(_attribute(lvl, "ilvl") or 0): (
                _attribute(lvl.find("{*}numFmt")) or "decimal",
                _attribute(lvl.find("{*}lvlText")) or "",
                _whole(_attribute(lvl.find("{*}start")), 1),
            )
            for lvl in list(item.iterfind("{*}lvl"))[: _DEPTH - 1]
        }
        for item in root.iterfind("{*}abstractNum")
    }
    return {
        _attribute(item, "numId"): forms.get(
            _attribute(item.find("{*}abstractNumId")), {}
        )
        for item in root.iterfind("{*}num")
    }


def _styles(root):
    """{style: (its list and level or None, the style it is based on)}"""
    if root is None:
        return {}
    found = {}
    for style in root.iterfind("{*}style"):
        properties = style.find("{*}pPr/{*}numPr")
        pair = _pair(properties) if properties is not None else None
        above = _attribute(style.find("{*}basedOn"))
        found[_attribute(style, "styleId")] = (pair, above)
    return found


def _pair(properties):
    list_id = _attribute(properties.find("{*}numId"))
    level = _whole(_attribute(properties.find("{*}ilvl")), 0)
    return (list_id, min(level, _DEPTH - 2)) if list_id is not None else None


def _attribute(element, name="val"):
    if element is None:
        return None
    return next(
        (value for key, value in element.items() if key.rpartition("}")[2] == name),
        None,
    )


def _whole(text, default):
    return int(text) if text and text.isdecimal() and len(text) < 6 else default


def _has_text(paragraph):
    return any((t.text or "").strip() for t in paragraph.iter("{*}t"))


def _written(number, form):
    if form in ("upperRoman", "lowerRoman") and 1 <= number < 40:
        return roman(number) if form == "upperRoman" else roman(number).lower()
    if form in ("upperLetter", "lowerLetter") and 1 <= number <= 26:
        return chr((64 if form == "upperLetter" else 96) + number)
    return str(number)
