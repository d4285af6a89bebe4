"""A signed PDF: what was issued stays in front, and the pictures stand where the decree
wants them."""

import io
import re
from dataclasses import replace
from unittest import TestCase

import pypdfium2
from PIL import Image

from reports.official.document import Orientation
from reports.official.typesetting import pdf_bytes
from reports.signatures import pdf_image, pdf_place, pdf_sign
from reports.signatures.pdf_image import PictureError
from reports.signatures.pdf_sign import Appearance, SigningError, sign_pdf
from reports.signatures.roles import Role
from tests.factories import certificates
from tests.reports import pdfsignatures as made
from tests.reports.documents import signature


class FileTests(TestCase):
    def test_signed_bytes_begin_with_what_was_signed(self):
        self.assertTrue(made.by_person().startswith(made.issued()))
        self.assertTrue(made.by_both().startswith(made.by_person()))

    def test_signatures_are_pades(self):
        kinds = re.findall(rb"/SubFilter\s*/([\w.]+)", made.by_both())
        self.assertEqual(kinds, [b"ETSI.CAdES.detached"] * 2)

    def test_the_passphrase_is_not_in_the_file(self):
        self.assertNotIn(certificates.PASSPHRASE.encode(), made.by_person())

    def test_a_further_signature_of_a_role_gets_a_field_of_its_own(self):
        twice = made.signed(made.by_person())
        places = made.image_places(twice)
        self.assertEqual(set(places), {"ChuKy", "ChuKy2"})

    def test_without_a_picture_the_signature_is_invisible(self):
        found = made.image_places(made.signed(made.issued(), appearance=None))
        ((_, left, top, right, bottom),) = found.values()
        self.assertEqual((right - left, bottom - top), (0, 0))

    def test_a_broken_file_is_refused(self):
        for pdf in (b"", b"%PDF-1.7\nno", made.issued()[:-3000]):
            with (
                self.subTest(length=len(pdf)),
                self.assertRaises(SigningError) as error,
            ):
                made.signed(pdf)
            self.assertEqual(str(error.exception), pdf_sign.NOT_SIGNABLE)

    def test_a_silent_time_stamping_authority(self):
        stamper = pdf_sign.timestamper_at("http://127.0.0.1:9/tsa", timeout=1)
        with self.assertRaises(SigningError) as error:
            made.signed(made.issued(), timestamper=stamper)
        self.assertEqual(str(error.exception), pdf_sign.NO_TIMESTAMP)


class PlaceTests(TestCase):
    """In millimetres from the left and the top of the page."""

    def places(self, pdf):
        return made.image_places(made.sealed(made.signed(pdf)))

    def test_signature_stands_in_the_middle_between_position_and_name(self):
        for orientation in Orientation:
            with self.subTest(orientation=orientation):
                pdf = made.issued(orientation=orientation)
                page, left, top, right, bottom = self.places(pdf)["ChuKy"]
                (above,) = (w for w in made.words(pdf) if "HIỆU TRƯỞNG" in w[0])
                (below,) = (w for w in made.words(pdf) if "Thanh Hương" in w[0])
                self.assertEqual(page, 0)
                self.assertGreater(top, above[4])
                self.assertLess(bottom, below[2])
                middle = (above[1] + above[3]) / 2
                self.assertAlmostEqual((left + right) / 2, middle, delta=0.5)
                self.assertLessEqual(right - left, 50.1)
                self.assertLessEqual(bottom - top, 20.1)

    def test_seal_covers_the_left_third_of_the_signature_in_its_own_size(self):
        for orientation in Orientation:
            with self.subTest(orientation=orientation):
                places = self.places(made.issued(orientation=orientation))
                _, left, top, right, bottom = places["ChuKy"]
                _, seal_left, seal_top, seal_right, seal_bottom = places["ConDau"]
                self.assertAlmostEqual(seal_right, left + (right - left) / 3, delta=0.4)
                self.assertAlmostEqual(seal_right - seal_left, 36, delta=0.4)
                self.assertAlmostEqual(seal_bottom - seal_top, 36, delta=0.4)
                level = (top + bottom) / 2
                self.assertAlmostEqual((seal_top + seal_bottom) / 2, level, delta=0.4)

    def test_seal_of_another_size(self):
        pdf = made.sealed(
            made.by_person(), appearance=Appearance(made.seal(), width_mm=30)
        )
        _, left, _, right, _ = made.image_places(pdf)["ConDau"]
        self.assertAlmostEqual(right - left, 30, delta=0.4)

    def test_seal_finds_its_place_after_an_invisible_signature(self):
        invisible = made.signed(made.issued(), appearance=None)
        expected = made.image_places(made.by_both())["ConDau"]
        found = made.image_places(made.sealed(invisible))["ConDau"]
        for one, other in zip(found, expected, strict=True):
            self.assertAlmostEqual(one, other, delta=2)

    def test_each_signatory_has_his_own_room(self):
        pdf = made.issued(
            signatures=(
                signature("head", "An"),
                signature("council", "Bình"),
            )
        )
        drawn = Appearance(made.scribble())
        second = made.signed(pdf, appearance=drawn)
        both = made.signed(second, appearance=replace(drawn, signatory=0))
        sealed = made.sealed(both, appearance=Appearance(made.seal(), signatory=0))
        places = made.image_places(sealed)
        self.assertLess(places["ChuKy2"][3], places["ChuKy"][1])
        self.assertLess(places["ConDau"][3], places["ChuKy2"][3])

    def test_a_pdf_without_rooms_is_signed_at_the_bottom_right_of_its_last_page(self):
        pages = '<p>Một</p><p style="break-before: page">Hai</p>'
        pdf = pdf_bytes(f"<style>@page {{ size: A4 }}</style>{pages}")
        page, left, top, right, bottom = self.places(pdf)["ChuKy"]
        self.assertEqual(page, 1)
        self.assertTrue(left > 105 and right < 195 and top > 250 and bottom < 277)

    def test_seal_stays_on_the_paper(self):
        paper = pdf_place.Place(0, 0, 0, 100, 100)
        place = pdf_place.Place(0, -20, 90, 16, 126)
        inside = pdf_place._inside(place, paper)
        self.assertEqual(inside.box, (0, 64, 36, 100))


class LookTests(TestCase):
    """What a reader of the paper sees."""

    def ink(self, pdf):
        file = pypdfium2.PdfDocument(pdf)
        self.addCleanup(file.close)
        file.init_forms()
        picture = file[0].render(scale=2).to_pil().convert("RGB")
        pixels = picture.get_flattened_data()
        red = sum(1 for r, g, b in pixels if r > 150 and g < 90 and b < 90)
        blue = sum(1 for r, g, b in pixels if b > 120 and r < 90 and g < 90)
        return red, blue

    def test_signature_is_blue_and_seal_is_red(self):
        red, blue = self.ink(made.issued())
        self.assertEqual((red, blue), (0, 0))
        red, blue = self.ink(made.by_person())
        self.assertEqual(red, 0)
        self.assertGreater(blue, 200)
        red, blue = self.ink(made.by_both())
        self.assertGreater(red, 1000)
        self.assertGreater(blue, 200)

    def test_a_seal_on_white_ground_hides_nothing(self):
        white = Appearance(made.seal((255, 255, 255, 255)))
        red, blue = self.ink(made.sealed(made.by_person(), appearance=white))
        clear_red, clear_blue = self.ink(made.by_both())
        self.assertAlmostEqual(blue, clear_blue, delta=20)
        self.assertAlmostEqual(red, clear_red, delta=clear_red / 10)


class PictureTests(TestCase):
    def refusal(self, png):
        with self.assertRaises(PictureError) as raised:
            made.signed(made.issued(), appearance=Appearance(png))
        return str(raised.exception)

    def test_no_pictures(self):
        target = io.BytesIO()
        Image.new("RGB", (40, 40), "red").save(target, "JPEG")
        for data in (b"", b"abc", target.getvalue(), made.scribble()[:200]):
            with self.subTest(start=data[:10]):
                self.assertEqual(self.refusal(data), pdf_image.NOT_PNG)

    def test_empty_pictures(self):
        for colour in ((0, 0, 0, 0), (255, 255, 255, 255)):
            target = io.BytesIO()
            Image.new("RGBA", (40, 40), colour).save(target, "PNG")
            with self.subTest(colour=colour):
                self.assertEqual(self.refusal(target.getvalue()), pdf_image.EMPTY)

    def test_large_pictures(self):
        target = io.BytesIO()
        Image.new("1", (10_000, 5_000)).save(target, "PNG")
        self.assertLess(len(target.getvalue()), pdf_image.LARGEST_BYTES)
        self.assertEqual(self.refusal(target.getvalue()), pdf_image.TOO_LARGE)
        padded = made.seal() + b"\0" * pdf_image.LARGEST_BYTES
        self.assertEqual(self.refusal(padded), pdf_image.TOO_LARGE)

    def test_margins_of_the_picture_do_not_count(self):
        drawn = Image.open(io.BytesIO(made.seal()))
        wide = Image.new("RGBA", (1000, 700), (0, 0, 0, 0))
        wide.paste(drawn, (300, 50))
        target = io.BytesIO()
        wide.save(target, "PNG")
        self.assertEqual(pdf_image.opened(target.getvalue()).size, (600, 600))


class RoleTests(TestCase):
    def test_a_role_by_its_name(self):
        pdf = sign_pdf(made.issued(), certificates.person_key(), role="person")
        self.assertEqual(set(made.image_places(pdf)), {"ChuKy"})

    def test_no_such_role(self):
        with self.assertRaises(ValueError):
            sign_pdf(made.issued(), certificates.person_key(), role="someone")
        self.assertEqual(list(Role), ["person", "organisation"])
