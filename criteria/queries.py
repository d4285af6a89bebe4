"""Circulars with all that a page or an editor shows of them, in few queries."""

from criteria.models import Circular, Criterion


def circulars():
    """All circulars, newest first, with their levels of schooling."""
    return Circular.objects.prefetch_related("education_levels")


def criteria_with_requirements(circular):
    """The criteria of `circular` by code, in its order, with standard and requirements:
    two queries."""
    criteria = (
        Criterion.objects.filter(standard__circular=circular)
        .select_related("standard")
        .prefetch_related("requirements")
        .order_by("standard__number", "position")
    )
    return {criterion.code: criterion for criterion in criteria}
