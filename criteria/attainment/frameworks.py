"""A circular of the catalogue as the engine reads it."""

from criteria.attainment.engine import LEVEL_FOUR, CriterionDemands, Demand, Framework


def framework_of(circular, criteria, clauses, day):
    """`criteria` with prefetched requirements and `clauses` of `circular`, as the law
    stands on `day`: repealed points are not asked for."""
    return Framework(
        circular.max_level,
        tuple(_criterion(criterion, day) for criterion in criteria),
        tuple(
            Demand(clause_key(clause), LEVEL_FOUR, str(clause.number))
            for clause in clauses
        ),
    )


def clause_key(clause):
    """Requirements are known by their pk, clauses must not be mistaken for them."""
    return f"khoan-{clause.pk}"


def _criterion(criterion, day):
    demands = (
        Demand(requirement.pk, requirement.level, requirement.point)
        for requirement in criterion.requirements.all()
        if not requirement.is_repealed(day)
    )
    return CriterionDemands(criterion.code, tuple(demands), criterion.is_mandatory)
