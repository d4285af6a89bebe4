"""A Word file with all sorts of parts, and how to tamper with a package."""

import io
import re
import zipfile

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from tests.factories import uploads

TYPES = "[Content_Types].xml"
ROOT_LINKS = "_rels/.rels"
LINKS = "word/_rels/document.xml.rels"
SIGNATURE = "_xmlsignatures/sig1.xml"


def rich_docx():
    """With picture, web address, header, theme, custom XML, properties and thumbnail;
    more than nine relationships, so that rId10 stands before rId2."""
    document = docx.Document()
    document.add_heading("Kế hoạch cải tiến chất lượng")
    document.add_picture(io.BytesIO(uploads.picture()))
    document.part.relate_to("https://moet.gov.vn/", RT.HYPERLINK, is_external=True)
    document.sections[0].header.paragraphs[0].text = "Trường Tiểu học Hoa Sen"
    document.sections[0].footer.paragraphs[0].text = "Trang"
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def parts(file):
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(contents):
    return uploads.archive(contents)


def changed(file, changes):
    """`changes`: new content of a part by its name, a function of the old one, or None
    to take the part out."""
    contents = parts(file)
    for name, change in changes.items():
        if change is None:
            del contents[name]
        else:
            contents[name] = change(contents[name]) if callable(change) else change
    return packed(contents)


def replaced(old, new):
    """A change of a part that must find what it replaces."""

    def change(content):
        assert content.count(old.encode()) >= 1, old
        return content.replace(old.encode(), new.encode(), 1)

    return change


def with_link(id_, kind, target, mode=""):
    """A change of a .rels part: one relationship more."""
    mode = f' TargetMode="{mode}"' if mode else ""
    link = f'<Relationship Id="{id_}" Type="{kind}" Target="{target}"{mode}/>'
    return replaced("</Relationships>", f"{link}</Relationships>")


def flipped(content, at=None):
    """One bit of one byte turned."""
    at = len(content) // 2 if at is None else at
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def flipped_target(content):
    """A .rels part with one byte turned inside a target, still well formed."""
    ends = [found.end() for found in re.finditer(rb'Target="[^"]+', content)]
    main = content.find(b"document.xml")  # not the way to the signatures
    return flipped(content, main if main > 0 else ends[-1] - 5)


def signed_names(file):
    """The parts and .rels that a signature has to cover, by this test's own list."""
    left_out = re.compile(r"\[Content_Types\]\.xml|docProps/.*|_xmlsignatures/.*")
    return [name for name in parts(file) if not left_out.fullmatch(name)]
