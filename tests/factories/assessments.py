"""Self-assessments with what a test says was found."""

from plans import assessing
from plans.models import Assessment, CriterionReview, LevelFourCheck, RequirementCheck
from tests.factories.schools import SchoolFactory, school_year

WEAKNESS = {
    "current_state": "Thư viện có 1.250 bản sách.",
    "limitations": "- Ít học sinh mượn sách. Mới có 35% mượn hằng tuần.",
    "cause": "Chưa có tiết đọc.",
}


def make_assessment(first_year=2026, *, school=None, status="open"):
    """An assessment begun as users begin one. Needs the catalogues."""
    school = school or SchoolFactory()
    begun = assessing.begin_assessment(school, school_year(first_year), by=None)
    if status != "open":
        Assessment.objects.filter(pk=begun.pk).update(status=status)
    return Assessment.objects.with_header().get(pk=begun.pk)


def review_of(assessment, code, schooling=""):
    """The review of criterion `code`, with its criterion."""
    reviews = assessment.reviews.select_related("criterion__standard")
    review = reviews.get(criterion__code=code, level_of_schooling=schooling)
    review.assessment = assessment
    return review


def write_weakness(assessment, code="1.3", schooling="", **texts):
    review = review_of(assessment, code, schooling)
    fields = WEAKNESS | texts
    CriterionReview.objects.filter(pk=review.pk).update(**fields)
    return review_of(assessment, code, schooling)


def meet(assessment, level, *, schooling=None, without=()):
    """Let every requirement up to `level` be met and those above not; reviews of the
    criteria `without` are left unseen."""
    reviews = assessment.reviews.exclude(criterion__code__in=without)
    if schooling is not None:
        reviews = reviews.filter(level_of_schooling=schooling)
    RequirementCheck.objects.bulk_create(
        RequirementCheck(
            review=review,
            requirement=requirement,
            is_met=requirement.level <= level,
        )
        for review in reviews.prefetch_related("criterion__requirements")
        for requirement in review.criterion.requirements.all()
    )
    LevelFourCheck.objects.bulk_create(
        LevelFourCheck(assessment=assessment, clause=clause, is_met=level >= 4)
        for clause in assessment.circular.level_four_clauses.all()
    )


def requirement_pks(review):
    """The requirements of the review's criterion by level and point."""
    return {
        (requirement.level, requirement.point): requirement.pk
        for requirement in review.criterion.requirements.all()
    }
