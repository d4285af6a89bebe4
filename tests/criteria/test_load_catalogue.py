from io import StringIO

from django.core.management import CommandError, call_command
from django.test import TestCase

from criteria.models import Circular


class LoadCatalogueCommandTests(TestCase):
    def run_command(self, *args):
        out = StringIO()
        call_command("load_catalogue", *args, stdout=out)
        return out.getvalue().splitlines()

    def test_command_loads_the_shipped_catalogues_and_says_what_it_did(self):
        parts = [
            "17/2018/TT-BGDĐT: 5 tiêu chuẩn, 27 tiêu chí, 153 yêu cầu",
            "18/2018/TT-BGDĐT: 5 tiêu chuẩn, 28 tiêu chí, 154 yêu cầu",
            "19/2018/TT-BGDĐT: 5 tiêu chuẩn, 25 tiêu chí, 146 yêu cầu",
            "57/2026/TT-BGDĐT, Phụ lục I: 4 tiêu chuẩn, 15 tiêu chí, 30 yêu cầu",
            "57/2026/TT-BGDĐT, Phụ lục II: 4 tiêu chuẩn, 15 tiêu chí, 30 yêu cầu",
            "57/2026/TT-BGDĐT, Phụ lục III: 4 tiêu chuẩn, 15 tiêu chí, 30 yêu cầu",
            "Đối chiếu: 80 tiêu chí",
        ]
        self.assertEqual(self.run_command(), [f"{part} – mới" for part in parts])
        self.assertEqual(self.run_command(), [f"{part} – không đổi" for part in parts])

    def test_command_refuses_a_bad_file_in_one_line(self):
        with self.assertRaisesMessage(CommandError, "khong-co.json: không đọc được"):
            self.run_command("khong-co.json")
        self.assertEqual(Circular.objects.count(), 0)
