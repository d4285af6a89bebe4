"""The forms as data. A circular pins its layout; a new circular is added beside the
old ones, never edited over them."""

from plans.layouts import form_2018, form_2026
from plans.layouts.spec import Column, Layout, Section

LAYOUTS = (form_2018.LAYOUT, form_2026.LAYOUT)

__all__ = ["LAYOUTS", "Column", "Layout", "Section", "layout_for"]


def layout_for(circular):
    """The `Layout` that `circular` prescribes; KeyError for one that no layout names."""
    for layout in LAYOUTS:
        if circular.number in layout.circulars:
            return layout
    raise KeyError(circular.number)
