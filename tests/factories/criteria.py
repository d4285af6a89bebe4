"""Circulars for tests: small made-up ones, or the real catalogues."""

import datetime

import factory
from django.utils.text import slugify

from criteria.catalogue import default_files, load
from criteria.catalogue.reading import search_text
from criteria.enums import Confidence
from criteria.models import Circular, Criterion, Requirement, Standard
from schools.models import EducationLevel


class CircularFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Circular
        skip_postgeneration_save = True

    number = "17/2018/TT-BGDĐT"
    annex = ""
    slug = factory.LazyAttribute(
        lambda o: slugify(f"tt{o.number} {o.annex}".replace("/", "-"))
    )
    short = factory.LazyAttribute(lambda o: f"TT{o.number.rpartition('/')[0]}")
    title = "Quy định về kiểm định chất lượng giáo dục"
    issued_on = datetime.date(2018, 8, 22)
    effective_from = datetime.date(2018, 10, 10)
    max_level = 4
    attainment_rule = "Tiêu chí đạt một mức khi tất cả chỉ báo của mức đó đạt."

    @factory.post_generation
    def levels(self, create, extracted, **kwargs):
        codes = extracted or ["primary"]
        self.education_levels.set(
            [EducationLevel.objects.get_or_create(code=code)[0] for code in codes]
        )


class StandardFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Standard

    circular = factory.SubFactory(CircularFactory)
    number = 1
    title = factory.LazyAttribute(lambda o: f"Tên tiêu chuẩn {o.number}")


class CriterionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Criterion

    standard = factory.SubFactory(StandardFactory)
    position = 1
    code = factory.LazyAttribute(lambda o: f"{o.standard.number}.{o.position}")
    title = factory.LazyAttribute(lambda o: f"Tên tiêu chí {o.code}")


class RequirementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Requirement

    criterion = factory.SubFactory(CriterionFactory)
    level = 1
    point = ""
    summary = "Tóm tắt yêu cầu."
    reference = "khoản 1 Điều 7"
    confidence = Confidence.TWO_SOURCES


def make_circular(number="17/2018/TT-BGDĐT", *, levels=("primary",), **fields):
    """A circular with criteria 1.1, 1.2 and 2.1; each asks for points a and b at level
    1, and for one thing at level 2."""
    circular = CircularFactory(number=number, levels=levels, **fields)
    for standard_number, positions in ((1, (1, 2)), (2, (1,))):
        standard = StandardFactory(circular=circular, number=standard_number)
        for position in positions:
            make_criterion(standard, position)
    return circular


def make_criterion(standard, position, **fields):
    criterion = CriterionFactory(standard=standard, position=position, **fields)
    requirements = [
        RequirementFactory(
            criterion=criterion,
            level=level,
            point=point,
            summary=f"Yêu cầu mức {level} {point} của {criterion.code}.",
        )
        for level, point in ((1, "a"), (1, "b"), (2, ""))
    ]
    criterion.search_text = search_text(criterion, requirements)
    criterion.save()
    return criterion


def load_catalogues():
    """The six real catalogues and the crosswalk: a fifth of a second."""
    load(default_files())
