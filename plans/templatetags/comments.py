from django import template
from django.template.loader import get_template

register = template.Library()


@register.simple_tag(takes_context=True)
def comments_at(context, table, line_id=None, field=""):
    """What the office said about a line (no `field`) or a cell, beside it. Reads
    `comments` (`commenting.by_place`) and `comments_url`, the list, from the context."""
    threads = context.get("comments", {}).get((table, line_id, field))
    return _beside(threads, context["comments_url"]) if threads else ""


@register.simple_tag(takes_context=True)
def comments_whole(context):
    """What is open of what was said about the whole text and about its head."""
    found = (
        thread
        for key, threads in context["comments"].items()
        for thread in threads
        if key[1] is None and not thread.comment.is_resolved
    )
    return _beside(list(found), context["list_url"])


def _beside(threads, list_url):
    partial = get_template("plans/comments/_beside.html")
    return partial.render({"threads": threads, "list_url": list_url})
