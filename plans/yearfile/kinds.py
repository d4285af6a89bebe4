"""The kinds of contents a year file may hold."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of contents beyond plans: how it is read (as `READERS` have it) and how it
    is stored (as `store_plan` does)."""

    key: str
    data: type
    read: Callable
    store: Callable
