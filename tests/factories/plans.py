"""Plans with as much on them as a test states."""

from criteria.models import Criterion
from plans import drafting
from plans.models import ActionRow, FocusIssue, ImprovementPlan
from tests.factories.schools import SchoolFactory, school_year

ROW_2018 = {
    "goal": "Đạt mức 2",
    "actions": "- Rà soát hồ sơ của tổ.\n- Bổ sung biên bản còn thiếu.",
    "responsible": "Phó hiệu trưởng",
    "schedule": "Tháng 10/2024",
}
ROW_2026 = {
    "content": "Nâng cao hiệu quả thư viện",
    "goal": "Mọi lớp có tiết đọc hằng tuần",
    "actions": "- Xếp tiết đọc vào thời khóa biểu.",
    "indicator": "80% học sinh mượn sách hằng tuần",
    "schedule": "Học kỳ I",
    "responsible": "Nhân viên thư viện",
    "resources": "20 triệu đồng",
    "expected_evidence": "Sổ mượn sách",
}
ISSUE = {
    "current_state": "Thư viện có 1.250 bản sách.",
    "limitation": "Ít học sinh mượn sách.",
    "cause": "Chưa có tiết đọc.",
}


def criteria_of(plan):
    """The criteria of the plan's circular in order."""
    found = Criterion.objects.filter(standard__circular=plan.circular)
    return list(
        found.select_related("standard").order_by("standard__number", "position")
    )


def make_plan(first_year=2024, *, school=None, rows=0, status="draft", **fields):
    """A plan begun as users begin one, with `rows` complete rows. Needs the catalogues
    (`tests.factories.criteria.load_catalogues`)."""
    school = school or SchoolFactory()
    plan = drafting.create_plan(school, school_year(first_year), by=None)
    if rows:
        add_rows(plan, rows)
    if status != "draft" or fields:
        ImprovementPlan.objects.filter(pk=plan.pk).update(status=status, **fields)
    return ImprovementPlan.objects.with_header().get(pk=plan.pk)


def add_rows(plan, count):
    criteria = criteria_of(plan)
    is_2018 = plan.layout.needs_criterion
    ActionRow.objects.bulk_create(
        ActionRow(
            plan=plan,
            position=number,
            criterion=criterion,
            standard=criterion.standard,
            criterion_title=criterion.title if is_2018 else "",
            level="1" if is_2018 else "",
            **(ROW_2018 if is_2018 else ROW_2026),
        )
        for number, criterion in enumerate(_spread(criteria, count), start=1)
    )


def _spread(criteria, count):
    """`count` criteria in catalogue order, each as often as needed."""
    each, more = divmod(count, len(criteria))
    for index, criterion in enumerate(criteria):
        yield from [criterion] * (each + (index < more))


def complete(plan):
    """Fill `plan` so that it may be submitted."""
    for section in plan.sections.all():
        if section.content == "text":
            section.text += "\nViệc của trường."
            section.save()
    if not plan.rows.exists():
        add_rows(plan, 2)
    if plan.layout.focus_issues and not plan.focus_issues.exists():
        criterion = criteria_of(plan)[0]
        FocusIssue.objects.create(
            plan=plan,
            position=1,
            criterion=criterion,
            standard=criterion.standard,
            **ISSUE,
        )
    return plan
