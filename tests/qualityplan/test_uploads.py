import io
import struct
from unittest import mock

import docx
import openpyxl
from django.core.exceptions import ValidationError
from django.test import SimpleTestCase, override_settings
from PIL import ImageFile

from qualityplan import pictures, zipped
from qualityplan.uploads import (
    CappedUploadHandler,
    check_upload,
    clean_file_name,
    max_bytes,
)
from tests.factories.uploads import archive, office, pdf, picture, types_xml, upload

RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" TargetMode="External" Type="http://x/{kind}" '
    'Target="{target}"/></Relationships>'
)


def cut_photograph():
    whole = picture("JPEG", (400, 300), noise=True)
    return whole[: len(whole) // 2]


class GoodFilesTests(SimpleTestCase):
    def kind(self, name, content):
        file = upload(name, content)
        kind = check_upload(file)
        self.assertEqual(file.tell(), 0)
        return kind.content_type.rpartition("/")[2].rpartition(".")[2]

    def test_each_allowed_kind_is_taken(self):
        for name, content, kind in (
            ("Kế hoạch.pdf", pdf(), "pdf"),
            ("BIÊN BẢN.DOCX", office("docx"), "document"),
            ("so.xlsx", office("xlsx"), "sheet"),
            ("anh.png", picture("PNG"), "png"),
            ("anh.jpg", picture("JPEG"), "jpeg"),
            ("anh.jpeg", picture("JPEG"), "jpeg"),
        ):
            with self.subTest(name):
                self.assertEqual(self.kind(name, content), kind)

    def test_what_word_and_excel_libraries_write_is_taken(self):
        document, workbook = io.BytesIO(), io.BytesIO()
        docx.Document().save(document)
        openpyxl.Workbook().save(workbook)
        self.assertEqual(self.kind("a.docx", document.getvalue()), "document")
        self.assertEqual(self.kind("a.xlsx", workbook.getvalue()), "sheet")

    def test_links_to_the_web_and_a_template_on_ones_own_disk_are_no_danger(self):
        for kind, target in (
            ("hyperlink", "https://moet.gov.vn"),
            ("attachedTemplate", "file:///C:\\Mau\\cong-van.dotx"),
        ):
            rels = RELS.format(kind=kind, target=target)
            content = office(parts={"word/_rels/settings.xml.rels": rels})
            self.assertEqual(self.kind("a.docx", content), "document")


class HostileFilesTests(SimpleTestCase):
    def refusal(self, name, content):
        with self.assertRaises(ValidationError) as caught:
            check_upload(upload(name, content))
        return caught.exception.message

    # WeasyPrint tells Pillow, for the whole process, to forgive cut-off pictures.
    @mock.patch.object(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    def test_each_fault_has_its_own_message(self):
        whole = pdf()
        for name, content, words in (
            ("a.pdf", b"", "Tệp rỗng (0 byte)"),
            ("a.exe", b"MZ", "Không nhận tệp .exe"),
            ("a.svg", b"<svg/>", "Không nhận tệp .svg"),
            ("a.html", b"<p>", "Không nhận tệp .html"),
            ("a.docm", office(), "Không nhận tệp .docm"),
            ("a.pdf.exe", whole, "Không nhận tệp .exe"),
            ("pdf", whole, "Tên tệp không có đuôi"),
            ("a.pdf", picture("PNG"), "ghi .pdf nhưng nội dung là ảnh PNG"),
            ("a.png", whole, "ghi .png nhưng nội dung là tệp PDF"),
            ("a.jpg", picture("PNG"), "ghi .jpg nhưng nội dung là ảnh PNG"),
            ("a.pdf", office(), "ghi .pdf nhưng nội dung là tệp nén"),
            ("a.pdf", b"MZ\x90\x00" * 9, "nhưng nội dung là loại khác"),
            (
                "a.docx",
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest",
                "Office cũ hoặc có đặt",
            ),
            ("a.docx", office("xlsx"), "bên trong không phải tệp Word"),
            ("a.xlsx", office("docx"), "bên trong không phải tệp Excel"),
            ("a.docx", archive({"a.txt": "x"}), "bên trong không phải tệp Word"),
            ("a.pdf", whole[:-8], "không có phần cuối"),
            ("a.docx", office()[:-30], "không có phần cuối"),
            ("a.png", picture("PNG")[:60], "Ảnh bị hỏng"),
            ("a.jpg", cut_photograph(), "Ảnh bị hỏng"),
        ):
            with self.subTest(name=name, words=words):
                self.assertIn(words, self.refusal(name, content))

    @override_settings(EVIDENCE_MAX_MB=1)
    def test_too_large_says_how_large_and_how_much_is_allowed(self):
        message = self.refusal("a.pdf", pdf("x" * 1_200_000))
        self.assertIn("Tệp nặng 1.1 MB, quá mức 1 MB", message)

    def test_macros_and_objects_that_run_are_refused(self):
        macro = "application/vnd.ms-word.document.macroEnabled.main+xml"
        for parts, types in (
            ({"word/vbaProject.bin": "x"}, None),
            ({"word/activeX/activeX1.bin": "x"}, None),
            ({"word/embeddings/oleObject1.bin": "x"}, None),
            ({}, types_xml("word/document.xml", macro)),
        ):
            with self.subTest(parts=parts):
                content = office(parts=parts, types=types)
                self.assertIn("chứa macro", self.refusal("a.docx", content))

    def test_template_or_object_fetched_from_afar_is_refused(self):
        for kind, target in (
            ("attachedTemplate", "https://example.edu.vn/a.dotm"),
            ("attachedTemplate", "file://may-la/a.dotm"),
            ("attachedTemplate", "\\\\may-la\\a.dotm"),
            ("oleObject", "http://example.edu.vn/a"),
        ):
            rels = RELS.format(kind=kind, target=target)
            content = office(parts={"word/_rels/settings.xml.rels": rels})
            with self.subTest(target=target):
                self.assertIn("chứa macro", self.refusal("a.docx", content))

    def test_dynamic_data_exchange_is_refused(self):
        link = (
            '<e:externalLink xmlns:e="x"><e:ddeLink ddeService="cmd"/></e:externalLink>'
        )
        content = office("xlsx", parts={"xl/externalLinks/externalLink1.xml": link})
        self.assertIn("chứa macro", self.refusal("a.xlsx", content))

    def test_entities_are_not_expanded(self):
        bomb = '<!DOCTYPE t [<!ENTITY a "aaaa">]><Types>&a;</Types>'
        message = self.refusal("a.docx", office(types=bomb))
        self.assertIn("không phải tệp Word", message)

    def test_names_that_lead_astray_are_refused(self):
        for name in ("../a.xml", "/a.xml", "word\\a.xml", "WORD/document.xml"):
            with self.subTest(name):
                message = self.refusal("a.docx", office(parts={name: "x"}))
                self.assertIn("tên phần không hợp lệ", message)

    def test_picture_of_too_many_points_is_refused(self):
        width = pictures.MAX_PIXELS // 1000 + 1
        head = picture("PNG", (1, 1))
        ihdr = struct.pack(">II", width, 1000)
        # The header claims the size; the checksum of the chunk is made to agree.
        body = b"IHDR" + ihdr + head[24:29]
        claimed = (
            head[:12] + body + struct.pack(">I", zipped.zlib.crc32(body)) + head[33:]
        )
        self.assertIn("điểm ảnh", self.refusal("a.png", claimed))


class BombTests(SimpleTestCase):
    """What the directory claims is believed before anything is unpacked."""

    def refusal(self, content):
        with self.assertRaises(ValidationError) as caught:
            check_upload(upload("a.docx", content))
        return caught.exception.message

    def claiming(self, size, of="word/document.xml"):
        """An archive whose directory claims `size` bytes for one member."""
        content = bytearray(office())
        at = content.rfind(b"PK\x01\x02", 0, content.rfind(of.encode()))
        struct.pack_into("<L", content, at + 24, size)
        return bytes(content)

    def test_claim_of_three_gigabytes_is_refused_unread(self):
        self.assertIn("Tệp nén bất thường", self.refusal(self.claiming(3 * 1024**3)))

    def test_total_just_over_the_limit_is_refused(self):
        self.assertIn("bất thường", self.refusal(self.claiming(zipped.MAX_TOTAL)))

    def test_real_bomb_of_a_few_kilobytes_is_refused_by_its_ratio(self):
        content = office(parts={"word/media/a.xml": b"\0" * (20 * 1024 * 1024)})
        self.assertLess(len(content), 50_000)
        self.assertIn("Tệp nén bất thường", self.refusal(content))

    def test_too_many_members_are_refused(self):
        content = office(parts={f"word/{n}.xml": "" for n in range(zipped.MAX_MEMBERS)})
        self.assertIn("Tệp nén bất thường", self.refusal(content))

    def test_end_record_that_lies_about_the_number_changes_nothing(self):
        parts = {f"word/{n}.xml": "" for n in range(zipped.MAX_MEMBERS)}
        content = bytearray(office(parts=parts))
        at = content.rfind(b"PK\x05\x06")
        struct.pack_into("<HH", content, at + 8, 3, 3)
        self.assertIn("Tệp nén bất thường", self.refusal(bytes(content)))

    def test_huge_directory_is_not_read(self):
        content = bytearray(office())
        at = content.rfind(b"PK\x05\x06")
        struct.pack_into("<L", content, at + 12, zipped.MAX_DIRECTORY + 1)
        self.assertIn("Tệp nén bất thường", self.refusal(bytes(content)))

    def test_member_larger_than_it_claims_is_broken(self):
        content = office(parts={"word/a.xml": "x" * 5000})
        small = bytearray(content)
        at = small.rfind(b"PK\x01\x02", 0, small.rfind(b"word/a.xml"))
        struct.pack_into("<L", small, at + 24, 10)
        self.assertIn("bị hỏng", self.refusal(bytes(small)))

    def test_file_with_a_password_says_so(self):
        content = bytearray(office())
        at = content.rfind(b"PK\x01\x02", 0, content.rfind(b"word/document.xml"))
        struct.pack_into("<H", content, at + 8, 1)
        self.assertIn("mật khẩu", self.refusal(bytes(content)))

    def test_damaged_member_is_broken(self):
        content = bytearray(office(parts={"word/a.xml": bytes(range(256)) * 20}))
        at = content.find(b"word/a.xml") + 30
        content[at : at + 8] = b"\xff" * 8
        self.assertIn("bị hỏng", self.refusal(bytes(content)))


class FileNameTests(SimpleTestCase):
    def test_names_keep_their_accents_and_lose_what_misleads(self):
        for name, cleaned in (
            ("Kế hoạch tổ 1.pdf", "Kế hoạch tổ 1.pdf"),
            ("C:\\Tai lieu\\a.pdf", "a.pdf"),
            ("../../etc/passwd.pdf", "passwd.pdf"),
            ('a"\r\nX: y.pdf', "a X y.pdf"),
            ("\u202egpj.pdf", "gpj.pdf"),
            (".pdf", "tep.pdf"),
            ("Ke\u0302\u0301 hoạch.pdf", "Kế hoạch.pdf"),
        ):
            with self.subTest(name):
                self.assertEqual(clean_file_name(name), cleaned)

    def test_long_name_keeps_its_extension(self):
        name = clean_file_name("a" * 400 + ".docx")
        self.assertEqual((len(name), name[-5:]), (200, ".docx"))


@override_settings(EVIDENCE_MAX_MB=1)
class CappedUploadHandlerTests(SimpleTestCase):
    def test_disk_takes_no_more_than_allowed_and_the_true_size_is_told(self):
        handler = CappedUploadHandler()
        handler.new_file("files", "a.pdf", "application/pdf", None)
        chunk, count = b"x" * handler.chunk_size, 60
        for number in range(count):
            handler.receive_data_chunk(chunk, number * len(chunk))
        file = handler.file_complete(count * len(chunk))
        self.addCleanup(file.close)
        self.assertEqual(file.size, count * len(chunk))
        self.assertLessEqual(file.file.seek(0, 2), max_bytes() + handler.chunk_size)
        with self.assertRaises(ValidationError):
            check_upload(file)
