"""The forms as the format reference (D1, D2) gives them, to the letter."""

import unittest

from plans.layouts import LAYOUTS
from plans.layouts.form_2018 import LAYOUT as FORM_2018
from plans.layouts.form_2026 import LAYOUT as FORM_2026
from plans.models import ActionRow, FocusIssue, Monitoring
from tests.forms import PLAN_HEAD

TEXT_WIDTH = 252  # millimetres, landscape


def labels(columns):
    return [column.label for column in columns]


class LayoutTests(unittest.TestCase):
    def test_nine_column_form_has_its_labels(self):
        # Number and criterion are no columns to write in.
        self.assertEqual(labels(FORM_2018.rows), list(PLAN_HEAD[2:]))

    def test_mau_so_2_has_its_labels(self):
        self.assertEqual(
            labels(FORM_2026.rows),
            [
                "Nội dung cải tiến",
                "Mục tiêu cải tiến",
                "Hoạt động/giải pháp",
                "Chỉ số đánh giá kết quả",
                "Thời gian thực hiện",
                "Đơn vị/cá nhân phụ trách",
                "Nguồn lực bảo đảm",
                "Thông tin, dữ liệu hoặc minh chứng dự kiến",
                "Mức độ thực hiện (cập nhật trong quá trình triển khai)",
            ],
        )
        self.assertEqual(
            labels(FORM_2026.focus_issues),
            ["Đánh giá hiện trạng", "Điểm hạn chế", "Nguyên nhân của hạn chế"],
        )
        self.assertEqual(
            labels(FORM_2026.monitoring),
            [
                "Thời điểm",
                "Nội dung theo dõi",
                "Kết quả thực hiện",
                "Điều chỉnh (nếu có)",
                "Người đánh giá",
            ],
        )

    def test_columns_fill_the_width_of_the_text(self):
        for widths in FORM_2018.width_sets:
            self.assertEqual((sum(widths), len(widths)), (TEXT_WIDTH, 9))
        sums = {
            "V": 10 + sum(c.width_mm for c in FORM_2026.rows),
            "IV": 10 + 35 + 32 + sum(c.width_mm for c in FORM_2026.focus_issues),
            "VI": sum(c.width_mm for c in FORM_2026.monitoring),
        }
        self.assertEqual(set(sums.values()), {TEXT_WIDTH}, sums)

    def test_legal_minimum_of_57_2026_is_required(self):
        required = [c.field for c in FORM_2026.rows if c.is_required]
        self.assertEqual(
            required,
            ["content", "goal", "actions", "indicator", "schedule", "responsible"],
        )

    def test_every_column_is_a_field_of_its_model(self):
        models = {
            "rows": ActionRow,
            "focus_issues": FocusIssue,
            "monitoring": Monitoring,
        }
        for layout in LAYOUTS:
            for name, model in models.items():
                known = {field.name for field in model._meta.get_fields()}
                columns = {column.field for column in getattr(layout, name)}
                self.assertEqual(columns - known, set())

    def test_no_circular_has_two_forms(self):
        numbers = [number for layout in LAYOUTS for number in layout.circulars]
        self.assertEqual(len(numbers), len(set(numbers)))
