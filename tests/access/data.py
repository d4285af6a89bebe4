"""One object of each kind that a URL names, for the cast of the tests.

The functions return keys by the names that rows of the table use for them.
"""

import datetime

from plans import commenting
from reports import incoming, register
from reports.commenting import comment_on_report
from schools.inviting import invite
from tests.factories.assessments import make_assessment, write_weakness
from tests.factories.evidence import carried_out, make_evidence, pdf_upload
from tests.factories.inspections import make_inspection, make_visits
from tests.factories.plans import complete, make_plan
from tests.factories.reports import begin_report, issued_document, make_report
from tests.factories.signing import store_signed
from tests.reports.exports import ask

REMARK = {"table": "", "line_id": None, "field": "", "text": "Rõ ràng."}


def make_plans(school):
    """Plans of the school by their state."""
    # 2024-2025: the office approves by default; four states need four years.
    return {
        "draft": complete(make_plan(2024, school=school)),
        "submitted": make_plan(2023, school=school, status="submitted"),
        "approved": make_plan(2022, school=school, status="approved"),
        "issued": make_plan(
            2021, school=school, status="issued", number=5, issued_on="2021-10-01"
        ),
        "carried_out": carried_out(2026, school=school),
    }


def of_plan(plan):
    """What a row means by the names that depend on the state of the plan asked for."""
    return {
        "plan": plan.pk,
        "circular": plan.circular.slug,
        "section": plan.sections.filter(content="text").first().pk,
        "line": getattr(plan.rows.first(), "pk", None),
        "monitoring": getattr(plan.monitoring.first(), "pk", None),
    }


def of_people(cast):
    invitation, _ = invite(
        by=cast.principal,
        email="moi@example.edu.vn",
        full_name="Trần Thị Mới",
        role="viewer",
        place=cast.school,
    )
    return {
        "school": cast.school.pk,
        "authority": cast.office.pk,
        "at_school": f"truong-{cast.school.pk}",
        "editor": cast.editor.pk,
        "role_of_editor": cast.editor.memberships.get().pk,
        "invited": invitation.pk,
        "export": ask(cast.leader).pk,
    }


def of_texts(cast, plans):
    """On plans and around them: a change, a comment, an assessment, evidence."""
    row = plans["draft"].rows.first()
    change = plans["draft"].line_changes.create(
        table="dong",
        line_id=row.pk,
        deed="Sửa nội dung",
        changes={"goal": ["Đạt mức 2", "Mới"]},
    )
    comment = commenting.comment_on_plan(plans["submitted"], **REMARK, by=cast.officer)
    assessment = make_assessment(2024, school=cast.school)
    evidence = make_evidence(plans["carried_out"], by=cast.editor, file=pdf_upload())
    return {
        "table": "dong",
        "change": change.pk,
        "criterion_of_2018": row.criterion_id,
        "comment": comment.pk,
        "assessment": assessment.pk,
        "review": write_weakness(assessment).pk,
        "evidence": evidence.pk,
        "criterion": evidence.criterion_id,
    }


def of_results(cast, plan):
    """A report being written on `plan`, and an issued one with a comment."""
    report = begin_report(plan, by=cast.editor)
    row = report.rows.create(position=1, planned="Nội dung")
    issued = make_report(
        plan, period="semester_1", status="issued", number=7, issued_on="2022-01-20"
    )
    comment = comment_on_report(issued, **REMARK, by=cast.officer)
    return {
        "report": report.pk,
        "result_row": row.pk,
        "other_report": issued.pk,
        "result_comment": comment.pk,
    }


def of_papers(cast, plan):
    """Documents of `plan`, one of them signed; an entry of the register, an upload."""
    sealable = issued_document(
        plan, snapshot={"signatures": [{"capacity": "HIỆU TRƯỞNG", "name": "Lê B"}]}
    )
    store_signed(sealable)
    entry = register.enter(
        cast.school, document_type="QĐ", dated=datetime.date(2026, 1, 5)
    )
    received = incoming.receive(
        name="cu.docx",
        content=b"PK",
        school=cast.school,
        school_year=None,
        by=cast.principal,
    )
    return {
        "document": issued_document(plan).pk,
        "sealable": sealable.pk,
        "by_person": "person",
        "entry": entry.pk,
        "incoming": received.pk,
    }


def of_inspections(cast, plans):
    closed = make_inspection(plans["issued"], "closed")
    return {"visit": closed.pk, **make_visits(cast, plans["carried_out"], closed)}
