"""Lists as an office uploads them, and who looks at them."""

import csv
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from openpyxl import Workbook

from schools import importing
from schools.models import Membership, School, Supervision, User
from schools.people import reach
from tests.factories.schools import make_cast

SCHOOLS = [
    "Tên trường",
    "Cấp học",
    "Loại hình",
    "Địa chỉ",
    "Địa danh",
    "Ký hiệu",
    "Cơ quan quản lý",
]
ROLES = ["E-mail", "Vai trò", "Nơi làm việc", "Từ ngày", "Đến hết ngày"]
PEOPLE = ["E-mail", "Họ và tên"]
NEW = ["Trường Tiểu học Hoa Sen", "Tiểu học", "Công lập", "", "Phường An", "HS", ""]


def xlsx(*rows, name="ds.xlsx"):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return SimpleUploadedFile(name, target.getvalue())


def text(*rows, delimiter=",", encoding="utf-8-sig"):
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=delimiter).writerows(rows)
    return SimpleUploadedFile("ds.csv", target.getvalue().encode(encoding))


class ListCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = make_cast()

    def look(self, name, upload):
        """The outcome and the reference, as the leader gets them."""
        leader = User.objects.get(pk=self.cast.leader.pk)
        return importing.preview(name, upload, reach=reach(leader), by=leader)

    def confirm(self, name, reference, by=None):
        leader = User.objects.get(pk=(by or self.cast.leader).pk)
        return importing.confirm(name, reference, reach=reach(leader), by=leader)

    def troubles(self, name, *rows):
        """The messages of a list by row and column; nothing is ever written."""
        before = self.counts()
        outcome, reference = self.look(name, xlsx(*rows))
        self.assertIsNone(reference)
        self.assertEqual(self.counts(), before)
        return {(t.row, t.column): t.message for t in outcome.troubles}

    def counts(self):
        models = (School, Supervision, User, Membership)
        return [model.objects.count() for model in models]
