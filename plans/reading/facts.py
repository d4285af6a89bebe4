"""What a file says without saying it in a fixed place: the school's name, its level, the
school year, the circular, the symbol."""

import re
from collections import Counter

from qualityplan.text import fold
from schools.enums import LevelOfSchooling as Level

_KIND = (
    r"mầm\s+non|mẫu\s+giáo|tiểu\s+học(?:\s+và\s+trung\s+học\s+cơ\s+sở)?|"
    r"trung\s+học\s+cơ\s+sở(?:\s+và\s+trung\s+học\s+phổ\s+thông)?|"
    r"trung\s+học\s+phổ\s+thông|phổ\s+thông(?:\s+\S+){0,3}?|"
    r"TH\s*[,&-]\s*THCS|THCS\s*[,&-]\s*THPT|TH|THCS|THPT|PTDTBT\s+\S+|MN|MG"
)
_SCHOOL = re.compile(
    rf"\b(trường|trung\s+tâm)\s+({_KIND}|GDNN\S*|GDTX)\s+", re.IGNORECASE
)
_WORD = re.compile(r"[^\s,;:()“”\"]+")
_LONGEST_NAME = 7  # words after the kind of school
_YEAR = re.compile(r"\b(20\d\d)\s*[-–—/]\s*(20\d\d)\b")
_CIRCULAR = re.compile(
    r"\b(17|18|19|57)\s*/\s*(2018|2026)\s*/\s*TT\s*-\s*BGD", re.IGNORECASE
)
_BEFORE_2026 = {
    Level.PRIMARY: "17/2018/TT-BGDĐT",
    Level.PRESCHOOL: "19/2018/TT-BGDĐT",
    Level.LOWER_SECONDARY: "18/2018/TT-BGDĐT",
    Level.UPPER_SECONDARY: "18/2018/TT-BGDĐT",
    Level.MULTI_LEVEL: "18/2018/TT-BGDĐT",
}
_SINCE_2026 = "57/2026/TT-BGDĐT"
_LEVELS = (
    (Level.CONTINUING, r"giao duc thuong xuyen|gdtx|gdnn"),
    (
        Level.MULTI_LEVEL,
        r"tieu hoc va trung hoc|trung hoc co so va trung hoc|"
        r"\bth\b.{0,3}thcs|thcs.{0,3}thpt|nhieu cap|lien cap",
    ),
    (Level.PRESCHOOL, r"mam non|mau giao|\bmn\b|\bmg\b"),
    (Level.PRIMARY, r"tieu hoc|truong th\b"),
    (Level.LOWER_SECONDARY, r"trung hoc co so|\bthcs\b"),
    (Level.UPPER_SECONDARY, r"trung hoc pho thong|\bthpt\b"),
)
_BY_CIRCULAR = {"17/2018": Level.PRIMARY, "19/2018": Level.PRESCHOOL}


def school_names(text):
    """The names of schools in a sentence, as written."""
    for found in _SCHOOL.finditer(text):
        if re.search(r"hiệu\s+$", text[: found.start()], re.IGNORECASE):
            continue  # "Hiệu trưởng tiểu học ..." is a person
        name = _name_words(text[found.end() :])
        if name:
            kind = " ".join(found[2].split())
            yield f"{found[1].capitalize()} {_cased(kind)} {name}"


def _name_words(rest):
    words, place = [], 0
    for found in _WORD.finditer(rest):
        is_next = not rest[place : found.start()].strip()
        starts_well = found[0][0].isupper() or found[0][0].isdigit()
        if not is_next or not starts_well or len(words) == _LONGEST_NAME:
            break
        words.append(found[0])
        place = found.end()
        if found[0].endswith("."):
            break
    return " ".join(words).rstrip(".")


def _cased(kind):
    return (
        kind
        if len(kind) < 5 or (kind.isupper() and " " not in kind)
        else (kind[:1].upper() + kind[1:].lower())
    )


def school_name(issuer, sources):
    """The school's name: the letterhead's, spelled as the text spells it; else the first
    one that the text names."""
    if issuer and not fold(issuer).startswith(("phong ", "so ")):
        for text in sources:
            for name in school_names(text):
                if fold(name) == fold(issuer):
                    return name
        return _spoken(issuer)
    return next((name for text in sources for name in school_names(text)), None)


def _spoken(issuer):
    """ "TRƯỜNG TIỂU HỌC LONG THUẬN" as a sentence has it."""
    if not issuer.isupper():
        return issuer
    found = _SCHOOL.match(issuer)
    if found is None:
        return issuer.title()
    kind = " ".join(found[2].split())
    kind = (
        kind if kind.startswith(("TH", "PT")) and len(kind) < 9 else kind.capitalize()
    )
    return f"{found[1].capitalize()} {kind} {_titled(issuer[found.end() :])}"


def _titled(words):
    return " ".join(w if re.search(r"\d", w) else w.capitalize() for w in words.split())


def symbol_of(name, texts):
    """The school's symbol, from the number of another document of the same school."""
    pattern = re.compile(
        r"số\s*:?\s*\d+\s*/\s*[A-ZĐ]{2,4}\s*-\s*([^\s,;]+?)[,;]?\s+ngày\s.{8,40}?\bcủa\s+"
    )
    for text in texts:
        for found in pattern.finditer(text):
            named = next(iter(school_names(text[found.end() : found.end() + 120])), "")
            follows = fold(text[found.end() : found.end() + 20]).startswith("truong")
            if follows and name and fold(named) == fold(name):
                return found[1]
    return None


def level_of(name, texts):
    """The level of schooling: by the school's name, else by the circular named, else by
    the word used most."""
    if name:
        folded = fold(name)
        for level, pattern in _LEVELS:
            if re.search(pattern, folded):
                return level
    named = next((c for text in texts for c in circulars(text)), "")
    if named in _BY_CIRCULAR:
        return _BY_CIRCULAR[named]
    whole = fold(" ".join(texts))
    counts = {level: len(re.findall(pattern, whole)) for level, pattern in _LEVELS}
    best = max(counts, key=counts.get)
    return best if counts[best] else None


def circulars(text):
    return [f"{found[1]}/{found[2]}" for found in _CIRCULAR.finditer(text)]


def years(text):
    """The first years of the school years in `text`."""
    return [
        int(found[1])
        for found in _YEAR.finditer(text)
        if int(found[2]) == int(found[1]) + 1
    ]


def first_year(prior, texts):
    """The first year that one of the `prior` texts names, else the one named most after
    the words "năm học"; None where there is none."""
    for text in prior:
        for year in years(text):
            return year
    counts = Counter()
    for text in texts:
        for found in re.finditer(r"n[ăa]m\s+h[ọo]c\s+", text, re.IGNORECASE):
            counts.update(years(text[found.end() : found.end() + 14]))
    if not counts:
        counts.update(year for text in texts for year in years(text))
    return counts.most_common(1)[0][0] if counts else None


def circular_for(level, year):
    """The circular that a school of `level` follows in the school year from `year`."""
    if year is None:
        return None
    return _SINCE_2026 if year >= 2026 else _BEFORE_2026.get(level)
