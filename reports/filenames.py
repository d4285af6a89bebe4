"""Names of downloaded documents: "KH-05-TH Nguyen Son Ha-2022-2023.docx"."""

import re

# Longest names first: "Trường Trung học cơ sở" begins as "Trường Trung học" would.
_KINDS = (
    ("trung học phổ thông", "THPT"),
    ("trung học cơ sở", "THCS"),
    ("tiểu học", "TH"),
    ("mầm non", "MN"),
    ("mẫu giáo", "MG"),
)
_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')


def document_name(document, extension):
    """The file's name with accents: type, number, school, school year. `document` is a
    plan or a report; while its texts may change, it is a draft."""
    number = f"{document.number:02d}" if document.number else "phu luc"
    if document.is_open or (document.number is None and not _is_annex(document)):
        number = "du thao"
    return _name(
        document.document_type, number, document.school, document.school_year, extension
    )


def issued_name(issued, extension):
    """The same for one of a plan's issued documents, by the number it was issued under."""
    owner = issued.owner
    held = issued.snapshot.get("document", {})
    number = f"{held['number']:02d}" if held.get("number") else "phu luc"
    kind = held.get("type") or owner.document_type
    return _name(kind, number, owner.school, owner.school_year, extension)


def blank_form_name(inspection, extension):
    """The form of a record that is still to be filled in by hand."""
    school, year = inspection.school, inspection.school_year
    return _name(inspection.document_type, "mau trang", school, year, extension)


def comments_name(document, extension):
    """The annex with the comments on a plan or a report."""
    kind = f"{document.document_type}-gop y"
    return _name(kind, "phu luc", document.school, document.school_year, extension)


def _is_annex(document):
    return getattr(document, "is_annex", False)


def _name(kind, number, school, school_year, extension):
    parts = (kind, number, short_name(school.name), school_year)
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
