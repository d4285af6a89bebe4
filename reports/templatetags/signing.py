"""Where the signing of a paper is: on the pages of plans, reports and inspections."""

from django import template

from reports.signing_state import SigningState, newest_document

register = template.Library()


@register.inclusion_tag("reports/signing/_line.html")
def signing_line(owner):
    """The newest issue of `owner`, how far it is signed, and the way to its page."""
    document = newest_document(owner)
    return {"document": document, "state": document and SigningState(document)}


@register.inclusion_tag("reports/signing/_cell.html")
def signing_cell(document):
    """The same for a line of a list, read by `signing_state.with_signatures`."""
    return {"document": document, "state": SigningState(document)}
