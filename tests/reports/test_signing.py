from unittest import TestCase

from reports.official.document import Signature
from reports.official.signing import HINT, Capacity, signature


class SignatureTests(TestCase):
    def test_every_capacity_has_the_lines_of_the_decree(self):
        deputy = ("KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG")
        expected = {
            Capacity.HEAD: ("HIỆU TRƯỞNG",),
            Capacity.DEPUTY: deputy,
            Capacity.ACTING: ("Q. HIỆU TRƯỞNG",),
            Capacity.DEPUTY_IN_CHARGE: deputy,
            Capacity.COUNCIL: ("TM. HỘI ĐỒNG TỰ ĐÁNH GIÁ", "CHỦ TỊCH"),
            Capacity.OFFICE: ("TL. CHỦ TỊCH", "TRƯỞNG PHÒNG VĂN HÓA - XÃ HỘI"),
            Capacity.DIRECTOR: ("GIÁM ĐỐC",),
        }
        lines = {capacity: signature(capacity).capacity for capacity in Capacity}
        self.assertEqual(lines, expected)

    def test_chair_of_the_council_signs_with_the_seal_of_the_school(self):
        chair = signature("council", "Lê Thị Mai")
        self.assertEqual(
            (chair.second_title, chair.name), ("HIỆU TRƯỞNG", "Lê Thị Mai")
        )

    def test_only_a_blank_form_carries_the_hint(self):
        blank = Signature(("HIỆU TRƯỞNG",), hint=HINT)
        self.assertEqual(signature("head", blank=True), blank)
        self.assertEqual(signature("head").hint, "")

    def test_unknown_capacity_is_refused(self):
        with self.assertRaises(ValueError):
            signature("king")
