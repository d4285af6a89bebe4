"""How long the level engine takes for a school: of every catalogue, with every requirement
met, refused and not looked at."""

import time

from criteria.attainment import attain, explanation
from tests.bench.figures import Figure
from tests.factories.attainment import all_demands, frameworks

STATES = (True, False, None)  # met, refused, nobody has looked
RUNS = 3
MOST_MS = 50


def figures():
    catalogues = frameworks().values()
    schools = [school for framework in catalogues for school in _schools(framework)]
    # The best of a few runs: what else the machine does is not the engine's time.
    times = sorted(min(_ms(*school) for _ in range(RUNS)) for school in schools)
    yield Figure(
        "level of a school with its reasons, slowest",
        f"{times[-1]:.2f} ms",
        f"{len(catalogues)} catalogues, {len(schools)} states",
        times[-1],
        MOST_MS,
        " ms",
    )


def _schools(framework):
    """The framework with what was found: every requirement in each state, alone among
    requirements of each state."""
    keys = [demand.key for demand in all_demands(framework)]
    for others in STATES:
        for key in keys:
            for state in STATES:
                found = dict.fromkeys(keys, others) | {key: state}
                yield framework, {k: met for k, met in found.items() if met is not None}


def _ms(framework, found):
    start = time.perf_counter()
    explanation(attain(framework, found))
    return (time.perf_counter() - start) * 1000
