"""Frameworks for the level engine: the six catalogues as data, and made-up findings."""

import json

from criteria.attainment import CriterionDemands, Demand, Framework
from criteria.attainment.engine import LEVEL_FOUR
from criteria.catalogue import default_files

MANDATORY = ("1.3", "1.4", "2.1", "2.2", "3.1", "3.2", "4.1", "4.2")


def frameworks(day="2025-06-01"):
    """The six catalogues by file name, as the law stands on `day`."""
    found = {}
    for path in default_files():
        document = json.loads(path.read_text(encoding="utf-8"))
        if "standards" in document:
            found[path.stem] = _framework(document, day)
    return found


def _framework(document, day):
    clauses = document["level_four"]
    return Framework(
        document["circular"]["max_level"],
        tuple(
            _criterion(criterion, day)
            for standard in document["standards"]
            for criterion in standard["criteria"]
        ),
        tuple(
            Demand(("khoản", c["number"]), LEVEL_FOUR, str(c["number"]))
            for c in clauses
        ),
    )


def _criterion(criterion, day):
    demands = (
        Demand((criterion["code"], r["level"], r["point"]), r["level"], r["point"])
        for r in criterion["requirements"]
        if r.get("repealed_on") is None or r["repealed_on"] > day
    )
    is_mandatory = criterion.get("mandatory", False)
    return CriterionDemands(criterion["code"], tuple(demands), is_mandatory)


def all_demands(framework):
    """Every demand of `framework`, the clauses of Mức 4 last."""
    asked = [demand for c in framework.criteria for demand in c.demands]
    return [*asked, *framework.clauses]


def found_at(framework, levels, default=0):
    """Findings in which each criterion reaches exactly `levels[code]`, else `default`;
    nothing is left unseen."""
    return {
        demand.key: demand.level <= levels.get(criterion.code, default)
        for criterion in framework.criteria
        for demand in criterion.demands
    }
