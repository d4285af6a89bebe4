"""All figures, one line each."""

from itertools import chain

from tests.bench import (
    documents,
    editor,
    exporting,
    incoming,
    levels,
    memory,
    overview,
    queries,
    signing,
    typing,
)
from tests.factories.criteria import load_catalogues


def run():
    """Measure and print; whether every figure keeps its limit."""
    load_catalogues()
    results = []
    # Typing empties the database behind it. Then memory: what the others leave behind
    # would hide growth.
    parts = (
        typing,
        memory,
        exporting,
        incoming,
        documents,
        editor,
        levels,
        queries,
        signing,
        overview,
    )
    for figure in chain.from_iterable(part.figures() for part in parts):
        print(figure, flush=True)
        results.append(figure.is_ok)
    missed = results.count(False)
    print(f"{missed} of {len(results)} figures missed." if missed else "All kept.")
    return not missed
