"""The database itself keeps what was issued."""

from django.db import DatabaseError, connection, transaction
from django.test import TestCase

from reports.freezing import FROZEN_TABLES, trigger_name
from reports.models import IssuedDocument, IssuedFile, RegisterEntry, SignedFile
from tests.factories.criteria import load_catalogues
from tests.factories.plans import complete, make_plan
from tests.factories.reports import issue_here
from tests.factories.schools import make_cast


class FrozenTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.plan = complete(make_plan(2024, school=cls.cast.school, status="approved"))
        cls.document = issue_here(cls.plan, by=cls.cast.principal)
        cls.file = cls.document.files.get(format="pdf")
        cls.signed = SignedFile.objects.create(
            document=cls.document, format="pdf", content=b"x", sha256="0" * 64
        )

    def refuses(self, deed):
        with (
            self.assertRaisesMessage(DatabaseError, "never changed"),
            transaction.atomic(),
        ):
            deed()

    def test_rows_are_neither_changed_nor_deleted(self):
        for row, field, value in (
            (self.document, "subject", "khác"),
            (self.file, "content", b"khac"),
            (self.signed, "content", b"khac"),
        ):
            table = type(row).objects.filter(pk=row.pk)
            with self.subTest(row._meta.label):
                self.refuses(lambda t=table, f=field, v=value: t.update(**{f: v}))
                self.refuses(lambda t=table: t._raw_delete(t.db))
        self.file.refresh_from_db()
        self.assertTrue(bytes(self.file.content).startswith(b"%PDF"))

    def test_raw_sql_is_refused_as_well(self):
        def forge():
            with connection.cursor() as cursor:
                cursor.execute("UPDATE reports_issuedfile SET sha256 = ''")

        self.refuses(forge)

    def test_a_number_stays_with_its_line_whose_state_may_change(self):
        entry = RegisterEntry.objects.get(school=self.cast.school)
        lines = RegisterEntry.objects.filter(pk=entry.pk)
        self.refuses(lambda: lines.update(number=99))
        self.refuses(lambda: lines._raw_delete(lines.db))
        self.assertEqual(lines.update(state="withdrawn", reason="sai thể thức"), 1)

    def test_every_frozen_table_has_its_triggers_after_the_last_migration(self):
        wanted = {
            trigger_name(table, deed)
            for table in FROZEN_TABLES
            for deed in ("UPDATE", "DELETE")
        }
        query = (
            "SELECT tgname FROM pg_trigger"
            if connection.vendor == "postgresql"
            else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        )
        with connection.cursor() as cursor:
            cursor.execute(query)
            there = {name for (name,) in cursor.fetchall()}
        self.assertLessEqual(wanted, there)
        for model in (IssuedDocument, IssuedFile, SignedFile, RegisterEntry):
            self.assertIn(model._meta.db_table, FROZEN_TABLES)
