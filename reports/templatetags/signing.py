"""Where the signing of a paper is: on the pages of plans, reports and inspections."""

from django import template

from reports.signing_state import HERE, SigningState, newest_document

register = template.Library()


@register.inclusion_tag("reports/signing/_line.html", takes_context=True)
def signing_line(context, owner):
    """The newest issue of `owner`, how far it is signed, and the way to its page."""
    document = newest_document(owner)
    return _shown(context, document) if document else {}


@register.inclusion_tag("reports/signing/_cell.html", takes_context=True)
def signing_cell(context, document):
    """The same for a line of a list, read by `signing_state.with_turns`."""
    return _shown(context, document)


def _shown(context, document):
    """`deed` is what this person can do now: sign, or bring in what was signed
    elsewhere; empty for those who only look on."""
    state = SigningState(document)
    ways = state.ways(context["request"].user)
    signs = any(way in HERE for way in ways)
    deed = "Ký văn bản" if signs else "Nộp bản đã ký" if ways else ""
    return {"document": document, "state": state, "signs": signs, "deed": deed}
