"""A school year with everything on it, its filing package, and an emptied installation."""

import datetime
import io
import tempfile
import zipfile
from pathlib import Path

from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.test import TestCase

from inspections.models import (
    Answer,
    Inspection,
    InspectionRound,
    Recommendation,
)
from plans import commenting
from plans.models import (
    ActionRow,
    Assessment,
    Evidence,
    FocusIssue,
    ImprovementPlan,
    ProgressEntry,
)
from plans.yearfile.evidence import stored_path
from reports import issuing, register, signing
from reports.enums import SigningWay
from reports.freezing import freezing_statements, thawing_statements
from reports.issuing_record import issue_record, proposed_signers
from reports.models import (
    IssuedDocument,
    IssuedFile,
    Publication,
    RegisterEntry,
    ResultReport,
    ResultRow,
    SignedFile,
)
from reports.package.packing import write_package
from reports.publishing import publish
from schools.models import Authority, Membership, School, SchoolYear, Supervision
from tests.factories import signing as made
from tests.factories.assessments import make_assessment, write_weakness
from tests.factories.criteria import load_catalogues
from tests.factories.evidence import make_evidence, pdf_upload, record_delay
from tests.factories.inspections import make_inspection
from tests.factories.plans import complete, make_plan
from tests.factories.reports import begin_report, issue_here
from tests.factories.schools import make_cast, school_year

# In an order in which nothing is still needed by what comes later.
_HELD = (
    Publication,
    SignedFile,
    IssuedFile,
    RegisterEntry,
    IssuedDocument,
    ResultRow,
    ResultReport,
    Answer,
    Recommendation,
    Inspection,
    InspectionRound,
    Evidence,
    ProgressEntry,
    ActionRow,
    FocusIssue,
    ImprovementPlan,
    Assessment,
    Membership,
    Supervision,
    School,
    SchoolYear,
    Authority,
)


def run(statements):
    connection.check_constraints()  # nothing pending, or the database refuses
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def empty_database():
    """An installation with its catalogues and accounts, and nothing else."""
    run(thawing_statements(connection.vendor))
    Recommendation.objects.update(carried_from=None)
    ActionRow.objects.update(carried_from=None, source_review=None)
    for model in _HELD:
        model.objects.all().delete()
    run(freezing_statements(connection.vendor))


class PackageCase(TestCase):
    """A plan that was issued, signed and adjusted, a report, a record of inspection, and
    whatever else belongs to the year 2024-2025."""

    @classmethod
    def setUpTestData(cls):
        load_catalogues()
        cls.cast = make_cast()
        cls.year = school_year(2024)
        cls.cast.principal.full_name = made.SIGNER
        cls.cast.principal.save()
        School.objects.filter(pk=cls.cast.school.pk).update(address="Số 1 đường Mới")
        Authority.objects.filter(pk=cls.cast.office.pk).update(
            office_name="Phòng Văn hóa - Xã hội", symbol="VHXH", place="Bình An"
        )
        made.trust()
        review = write_weakness(make_assessment(2024, school=cls.cast.school))
        plan = complete(make_plan(2024, school=cls.cast.school, status="approved"))
        plan.rows.filter(pk=plan.rows.first().pk).update(source_review=review)
        cls.document = issue_here(plan, by=cls.cast.principal)
        cls.plan = ImprovementPlan.objects.with_header().get(pk=plan.pk)
        cls.sign()
        publish(cls.document, by=cls.cast.principal)
        cls.work_through_the_year()
        cls.report_on_it()
        cls.inspect()
        cls.keep_register()

    @classmethod
    def sign(cls):
        for key, role in (
            (made.person_key(), "person"),
            (made.school_key(cls.cast.school), "organisation"),
        ):
            signing.sign_document(
                cls.document,
                key,
                by=cls.cast.principal,
                way=SigningWay.KEY_FILE,
                signed_by=role,
                with_word=True,
            )

    @classmethod
    def work_through_the_year(cls):
        row = cls.plan.rows.first()
        record_delay(row, by=cls.cast.editor, day="2024-11-02")
        cls.evidence = make_evidence(
            cls.plan, by=cls.cast.editor, file=pdf_upload(), rows=[row]
        )
        make_evidence(cls.plan, by=cls.cast.editor, name="Sổ giấy")
        comment = commenting.comment_on_plan(
            cls.plan,
            table="dong",
            line_id=row.pk,
            field="goal",
            text="Cần nêu số liệu.",
            by=cls.cast.officer,
        )
        commenting.reply_on_plan(
            cls.plan, comment, text="Trường sẽ bổ sung.", by=cls.cast.principal
        )
        commenting.resolve(cls.plan, comment, by=cls.cast.officer)

    @classmethod
    def report_on_it(cls):
        report = begin_report(cls.plan, by=cls.cast.editor)
        ResultRow.objects.update(done="Đã làm xong.")
        report = ResultReport.objects.with_header().get(pk=report.pk)
        issuing.issue_report(
            report,
            by=cls.cast.principal,
            number=None,
            issued_on=datetime.date(2025, 5, 28),
            symbol="NSH",
            place="Bình An",
            signature={"capacity": "HIỆU TRƯỞNG", "name": made.SIGNER},
        )

    @classmethod
    def inspect(cls):
        inspection = make_inspection(cls.plan, "closed", leader=cls.cast.officer)
        answer = inspection.recommendations.first().answers.create(
            text="Đã bổ sung.", author=cls.cast.principal
        )
        answer.evidence.add(cls.evidence)
        issue_record(
            inspection,
            by=cls.cast.officer,
            number=7,
            issued_on=datetime.date(2025, 3, 20),
            symbol="VHXH",
            place="Bình An",
            names=[name for _, name in proposed_signers(inspection)],
        )

    @classmethod
    def keep_register(cls):
        day = datetime.date(2025, 6, 2)
        kept = {"document_type": "BC", "dated": day, "by": cls.cast.editor}
        register.reserve(cls.cast.school, subject="Báo cáo bổ sung", **kept)
        gone = register.reserve(cls.cast.school, subject="Báo cáo nhầm", **kept)
        register.withdraw(gone, reason="Ghi nhầm số.")

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def pack(self):
        target = io.BytesIO()
        school = School.objects.get(name=self.cast.school.name)
        write_package(school, SchoolYear.objects.get(first_year=2024), target)
        return target.getvalue()

    def load(self, content, name="goi.zip"):
        """What load_year prints about the package."""
        path = self.folder / name
        path.write_bytes(content)
        out = io.StringIO()
        call_command("load_year", str(path), stdout=out, stderr=out)
        return out.getvalue()

    def empty(self):
        """Take everything away; loaded evidence lies where nothing lay before."""
        loaded = stored_path(self.evidence.sha256)
        self.assertFalse(default_storage.exists(loaded))
        self.addCleanup(default_storage.delete, loaded)
        empty_database()

    def dumped(self):
        out = io.StringIO()
        call_command("dump_year", stdout=out)
        return out.getvalue()


def members_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
