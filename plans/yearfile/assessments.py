"""Self-assessments in year files: the kind `self_assessment` of `qualityplan/1`."""

import re
from dataclasses import dataclass, field

from criteria.models import LevelFourClause, Requirement
from plans.enums import AssessmentStatus
from plans.models import Assessment, CriterionReview, LevelFourCheck, RequirementCheck
from plans.yearfile import FORMAT
from plans.yearfile.data import SchoolData, layout_named
from plans.yearfile.dumping import school_json
from plans.yearfile.moments import only_set
from plans.yearfile.reading import read_year
from qualityplan.strict_json import shown
from schools.enums import LevelOfSchooling

ASSESSMENT = "self_assessment"
TEXTS = ("current_state", "strengths", "limitations", "cause")
_POINT = re.compile(r"([1-4])([a-zđ]{0,2})")


@dataclass(frozen=True)
class ReviewData:
    """`checks` maps a requirement ("2b", or "2" where the level has no points) to whether
    it is met; one that nobody has looked at is not there."""

    criterion: str
    level_of_schooling: str = ""
    texts: tuple[str, ...] = ("",) * len(TEXTS)
    is_finished: bool = False
    checks: dict[str, bool] = field(default_factory=dict)
    path: str = field(default="", compare=False)

    @property
    def is_blank(self):
        return not (any(self.texts) or self.is_finished or self.checks)


@dataclass(frozen=True)
class AssessmentData:
    circular: str
    first_year: int
    school: SchoolData = field(compare=False)
    status: str = AssessmentStatus.OPEN
    reviews: tuple[ReviewData, ...] = ()
    level_four: dict[str, bool] = field(default_factory=dict)
    path: str = field(default="", compare=False)
    school_path: str = field(default="school", compare=False)

    noun = "tự đánh giá"
    period = ""

    @property
    def is_blank(self):
        return not self.level_four and all(review.is_blank for review in self.reviews)

    def at(self, key):
        """The path of the member `key`."""
        return f"{self.path}.{key}" if self.path else key


# --- out -------------------------------------------------------------------------------


def dump_assessment(assessment):
    """`assessment` as the JSON object of a year file."""
    data = assessment_data(assessment)
    return {
        "format": FORMAT,
        "kind": ASSESSMENT,
        "circular": data.circular,
        "school_year": str(assessment.school_year),
        "school": school_json(data.school),
        "status": data.status,
        "reviews": [_review_json(review) for review in data.reviews],
        **only_set({"level_four": data.level_four}),
    }


def _review_json(review):
    texts = dict(zip(TEXTS, review.texts, strict=True))
    return {
        "criterion": review.criterion,
        **only_set({"level_of_schooling": review.level_of_schooling}),
        **only_set(texts),
        **only_set({"is_finished": review.is_finished, "checks": review.checks}),
    }


def bare_school(school):
    """`school` without a letterhead: what is no document has none."""
    return SchoolData(name=school.name, education_level=str(school.level_key or ""))


def assessment_data(assessment):
    reviews = assessment.reviews.select_related("criterion__standard")
    reviews = reviews.prefetch_related("checks__requirement").order_by(
        "criterion__standard__number", "criterion__position", "level_of_schooling"
    )
    checks = assessment.level_four_checks.select_related("clause")
    return AssessmentData(
        circular=assessment.circular.number,
        first_year=assessment.school_year.first_year,
        school=bare_school(assessment.school),
        status=assessment.status,
        reviews=tuple(_review_data(review) for review in reviews),
        level_four={
            str(check.clause.number): check.is_met
            for check in checks.order_by("clause__number")
        },
    )


def _review_data(review):
    found = {
        f"{check.requirement.level}{check.requirement.point}": check.is_met
        for check in review.checks.all()
    }
    return ReviewData(
        criterion=review.criterion.code,
        level_of_schooling=review.level_of_schooling,
        texts=tuple(getattr(review, name) for name in TEXTS),
        is_finished=review.is_finished,
        checks=dict(sorted(found.items())),
    )


# --- in --------------------------------------------------------------------------------


def read_assessment(members, school, school_path):
    circular = members["circular"].required().line()
    if layout_named(circular) is None:
        if circular:
            members["circular"].fault(f"không rõ thông tư {shown(circular)}.")
        return None
    found = AssessmentData(
        circular=circular,
        first_year=read_year(members["school_year"].required()),
        school=school,
        status=members["status"].choice(AssessmentStatus.values, AssessmentStatus.OPEN),
        reviews=_read_reviews(members["reviews"].required()),
        level_four=_read_checks(members["level_four"], re.compile(r"[1-9]\d?")),
        path=members.node.path,
        school_path=school_path,
    )
    members.close()
    return found


def _read_reviews(node):
    reviews, seen = [], set()
    for item in node.items():
        review = _read_review(item)
        key = review.criterion, review.level_of_schooling
        if key in seen:
            item.report.fault(f"{item.path}.criterion", "tiêu chí này đã có ở trên.")
        seen.add(key)
        reviews.append(review)
    return tuple(reviews)


def _read_review(node):
    members = node.members()
    schooling = members["level_of_schooling"]
    review = ReviewData(
        criterion=members["criterion"].required().line(),
        level_of_schooling=""
        if schooling.is_blank
        else schooling.choice(LevelOfSchooling.values),
        texts=tuple(members[name].text() for name in TEXTS),
        is_finished=members["is_finished"].flag(),
        checks=_read_checks(members["checks"], _POINT),
        path=node.path,
    )
    members.close()
    return review


def _read_checks(node, pattern):
    if node.is_blank:
        return {}
    members, found = node.members(), {}
    for key in members.value:
        if pattern.fullmatch(key):
            found[key] = members[key].flag()
    members.close()
    return dict(sorted(found.items()))


# --- storing ---------------------------------------------------------------------------


def write_assessment(assessment, data, report):
    """Replace the contents of `assessment` by those of `data`."""
    circular = assessment.circular
    requirements = {
        (r.criterion.code, f"{r.level}{r.point}"): r
        for r in Requirement.objects.filter(
            criterion__standard__circular=circular
        ).select_related("criterion")
    }
    criteria = {
        criterion.code: criterion
        for standard in circular.standards.all()
        for criterion in standard.criteria.all()
    }
    assessment.reviews.all().delete()
    for told in data.reviews:
        if told.criterion not in criteria:
            code = shown(told.criterion)
            report.fault(
                f"{told.path}.criterion", f"{circular} không có tiêu chí {code}."
            )
            continue
        review = CriterionReview.objects.create(
            assessment=assessment,
            criterion=criteria[told.criterion],
            level_of_schooling=told.level_of_schooling,
            is_finished=told.is_finished,
            **dict(zip(TEXTS, told.texts, strict=True)),
        )
        _write_checks(review, told, requirements, report)
    _write_level_four(assessment, data, report)


def _write_checks(review, told, requirements, report):
    for point, is_met in told.checks.items():
        requirement = requirements.get((told.criterion, point))
        if requirement is None:
            report.fault(
                f"{told.path}.checks.{point}",
                f"tiêu chí {told.criterion} không có yêu cầu này.",
            )
        else:
            RequirementCheck.objects.create(
                review=review, requirement=requirement, is_met=is_met
            )


def _write_level_four(assessment, data, report):
    assessment.level_four_checks.all().delete()
    clauses = LevelFourClause.objects.filter(circular=assessment.circular)
    by_number = {str(clause.number): clause for clause in clauses}
    for number, is_met in data.level_four.items():
        if number in by_number:
            LevelFourCheck.objects.create(
                assessment=assessment, clause=by_number[number], is_met=is_met
            )
        else:
            report.fault(
                data.at(f"level_four.{number}"),
                f"{assessment.circular} không có khoản này.",
            )


def assessment_of(school, year):
    """The self-assessment of the school and year, or None."""
    return (
        Assessment.objects.with_header().filter(school=school, school_year=year).first()
    )
