"""What level a criterion and a school reach, by the rule of their circular, and why."""

from criteria.attainment.engine import (
    Attainment,
    CriterionAttainment,
    CriterionDemands,
    Demand,
    Framework,
    Lack,
    Missing,
    attain,
    lowest,
)
from criteria.attainment.frameworks import clause_key, framework_of
from criteria.attainment.wording import (
    criterion_lines,
    explanation,
    level_name,
    missing_lines,
    result_name,
)

__all__ = [
    "Attainment",
    "CriterionAttainment",
    "CriterionDemands",
    "Demand",
    "Framework",
    "Lack",
    "Missing",
    "attain",
    "clause_key",
    "criterion_lines",
    "explanation",
    "framework_of",
    "level_name",
    "lowest",
    "missing_lines",
    "result_name",
]
