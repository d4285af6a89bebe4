"""Names of downloaded documents: "KH-05-TH Nguyen Son Ha-2022-2023.docx"."""

import re
import unicodedata
from urllib.parse import quote

# Longest names first: "Trường Trung học cơ sở" begins as "Trường Trung học" would.
_KINDS = (
    ("trung học phổ thông", "THPT"),
    ("trung học cơ sở", "THCS"),
    ("tiểu học", "TH"),
    ("mầm non", "MN"),
    ("mẫu giáo", "MG"),
)
_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')


def document_name(plan, extension):
    """The file's name with accents: type, number, school, school year."""
    number = f"{plan.number:02d}" if plan.number else "du thao"
    parts = (plan.document_type, number, short_name(plan.school.name), plan.school_year)
    stem = "-".join(_printable(str(part)) for part in parts)
    return f"{stem[:120].strip()}.{extension}"


def _printable(text):
    return " ".join(_FORBIDDEN.sub(" ", text).split())


def short_name(name):
    """ "Trường Tiểu học Nguyễn Sơn Hà" as "TH Nguyễn Sơn Hà"."""
    bare = re.sub(r"^trường\s+", "", name.strip(), flags=re.IGNORECASE)
    for kind, letters in _KINDS:
        if bare.casefold().startswith(kind):
            return f"{letters} {bare[len(kind) :].strip()}".strip()
    return bare


def ascii_name(name):
    """`name` for programs that know no accents."""
    folded = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in folded if 31 < ord(char) < 127)


def attachment(name):
    """The Content-Disposition header: the ASCII name for old programs, the full one
    (RFC 6266) for the others."""
    return (
        f"attachment; filename=\"{ascii_name(name)}\"; filename*=UTF-8''{quote(name)}"
    )
