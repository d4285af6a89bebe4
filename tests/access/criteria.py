"""Circulars."""

from tests.access.actors import EVERYBODY
from tests.access.rows import page

ROWS = (
    page("criteria:list", EVERYBODY, open_to_all=True),
    page("criteria:circular", EVERYBODY, "circular", open_to_all=True),
    page("criteria:search", EVERYBODY, open_to_all=True),
)
