from unittest import TestCase

from reports.official.signing import Capacity
from tests.reports.documents import signature


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

    def test_who_is_named_needs_no_hint(self):
        self.assertEqual(signature("head", "Lê Thị Mai").hint, "")

    def test_unknown_capacity_is_refused(self):
        with self.assertRaises(ValueError):
            signature("king")
