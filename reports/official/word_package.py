"""The Word package around the body: styles, settings, header, properties."""

import zipfile
from datetime import datetime
from functools import cache
from io import BytesIO

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml

from reports.official import measures
from reports.official.word_xml import NAMESPACE, SINGLE, Style, run_properties

_W = f'xmlns:w="{NAMESPACE}"'
_PAGE_NUMBER = Style(measures.PAGE_NUMBER_PT, align="center")
# The oldest moment a zip archive can hold: the same document gives the same bytes.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_MAIN_PART = "word/document.xml"
# Parts of python-docx's template that have nothing to do with us.
_LEFTOVERS = frozenset(
    {
        RT.CUSTOM_XML,
        RT.FONT_TABLE,
        RT.NUMBERING,
        RT.THEME,
        RT.THUMBNAIL,
        RT.WEB_SETTINGS,
        RT.EXTENDED_PROPERTIES,
        "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail",
    }
)


def new_package() -> docx.document.Document:
    return docx.Document(BytesIO(_blank()))


def packed(package: docx.document.Document, body: str) -> bytes:
    """The file with `body` in it, and without the time of day in the archive.

    The body enters as text: libxml2 takes seconds to move a table of 300 rows from one
    tree to another.
    """
    written, target = BytesIO(), BytesIO()
    package.save(written)
    with (
        zipfile.ZipFile(written) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == _MAIN_PART:
                opening = b"<w:body>"
                content = content.replace(opening, opening + body.encode(), 1)
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return target.getvalue()


def set_properties(package: docx.document.Document, title: str, at: datetime) -> None:
    properties = package.core_properties
    properties.title = title
    properties.language = "vi-VN"
    properties.created = properties.modified = at


@cache
def _blank() -> bytes:
    """An empty Word file of ours, made once from the one python-docx brings along."""
    package = docx.Document()
    _drop_leftovers(package.part)
    _drop_leftovers(package.part.package)
    _replace(package.part.part_related_by(RT.STYLES).element, _styles())
    _replace(package.settings.element, _settings())
    section = package.sections[0]
    section.different_first_page_header_footer = True
    _replace(section.header._element, _paragraph(_page_field()))
    _replace(section.first_page_header._element, _paragraph(""))
    properties = package.core_properties
    properties.author = properties.comments = properties.last_modified_by = ""
    file = BytesIO()
    package.save(file)
    return file.getvalue()


def _drop_leftovers(owner) -> None:
    for name, relation in list(owner.rels.items()):
        if relation.reltype in _LEFTOVERS:
            del owner.rels[name]


def _replace(element, xml: str) -> None:
    for child in list(element):
        element.remove(child)
    for child in parse_xml(f"<w:all {_W}>{xml}</w:all>"):
        element.append(child)


def _styles() -> str:
    """Defaults and the styles that Word needs to have; the look is set in the text."""
    run = run_properties(Style(measures.BODY_PT))
    language = '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr>'
    return (
        f"<w:docDefaults><w:rPrDefault>{run.replace('</w:rPr>', language)}"
        "</w:rPrDefault><w:pPrDefault><w:pPr>"
        f'<w:spacing w:before="0" w:after="0" w:line="{SINGLE}" w:lineRule="auto"/>'
        "</w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
        '<w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>"
    )


def _settings() -> str:
    """Mode 15: the border of a table, not the text in it, stands on the margin."""
    uri = "http://schemas.microsoft.com/office/word"
    return (
        '<w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        f'<w:compatSetting w:name="compatibilityMode" w:uri="{uri}" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="vi-VN"/>'
        '<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
    )


def _paragraph(runs: str) -> str:
    properties = run_properties(_PAGE_NUMBER)
    return (
        '<w:p><w:pPr><w:spacing w:before="0" w:after="0"/><w:jc w:val="center"/>'
        f"{properties}</w:pPr>{runs}</w:p>"
    )


def _page_field() -> str:
    """P05: the number of the page, as a field."""
    properties = run_properties(_PAGE_NUMBER)
    steps = (
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>2</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
    return "".join(f"<w:r>{properties}{step}</w:r>" for step in steps)
