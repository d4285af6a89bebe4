"""Files as people upload them, good ones; tests break them on purpose."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

OFFICE = "application/vnd.openxmlformats-officedocument"
MAIN = {
    "docx": ("word/document.xml", f"{OFFICE}.wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{OFFICE}.spreadsheetml.sheet.main+xml"),
}


def upload(name, content):
    return SimpleUploadedFile(name, content)


def pdf(text="Kế hoạch"):
    return b"%PDF-1.7\n" + text.encode() + b"\ntrailer\n%%EOF\n"


def picture(picture_format="PNG", size=(40, 30), *, noise=False):
    target = io.BytesIO()
    drawn = Image.effect_noise(size, 60) if noise else Image.new("RGB", size, "white")
    drawn.save(target, picture_format)
    return target.getvalue()


def types_xml(part, kind):
    return (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/'
        '2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{part}" ContentType="{kind}"/></Types>'
    )


def office(extension="docx", *, parts=None, types=None):
    """A small package; `parts` are added to it, or replace parts of the same name."""
    part, kind = MAIN[extension]
    members = {"[Content_Types].xml": types or types_xml(part, kind), part: "<a/>"}
    return archive(members | (parts or {}))


def archive(members):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return target.getvalue()
