"""System checks: the installation can draw the official documents."""

from django.core.checks import Warning as CheckWarning
from django.core.checks import register

from reports.official.pdf import paper_fonts


@register
def paper_font_is_installed(app_configs, **kwargs):
    """Decree 30/2020 P04 asks for Times New Roman; Liberation Serif has its measures."""
    if paper_fonts():
        return []
    return [
        CheckWarning(
            "Neither Times New Roman nor Liberation Serif is installed: PDF documents "
            "would be set in some other font.",
            hint="Install the Debian package fonts-liberation2.",
            id="reports.W001",
        )
    ]
