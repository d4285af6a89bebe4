"""Questions that any page must answer well, asked of the browser itself."""

from collections import Counter

from playwright.sync_api import expect

# Roles of the accessibility tree that a person operates.
_CONTROLS = frozenset(
    {
        "button",
        "checkbox",
        "combobox",
        "link",
        "listbox",
        "radio",
        "searchbox",
        "slider",
        "spinbutton",
        "switch",
        "textbox",
    }
)
# What sticks out beyond the window, or is pushed out by its neighbours.
_WIDE = """() => {
    const limit = innerWidth + 1;
    if (document.scrollingElement.scrollWidth <= limit) return [];
    return [...document.querySelectorAll("body *")]
        .filter((e) => e.getBoundingClientRect().right > limit)
        .map((e) => `${e.tagName}.${e.className} to ${e.getBoundingClientRect().right}`)
        .concat(`page is ${document.scrollingElement.scrollWidth} wide`)
        .slice(-6);
}"""
_IDS = "() => [...document.querySelectorAll('[id]')].map((e) => e.id)"


def too_wide(page):
    """What makes the page scroll sideways; an empty list if nothing does."""
    return page.evaluate(_WIDE)


def nameless(page):
    """Controls for which a screen reader has no name, as the browser computes it."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [
        node["role"]["value"]
        for node in nodes
        if not node["ignored"]
        and node["role"]["value"] in _CONTROLS
        and not node.get("name", {}).get("value", "").strip()
    ]


def repeated_ids(page):
    """Ids that stand for two things: a label or a link then leads to the wrong one."""
    return [name for name, count in Counter(page.evaluate(_IDS)).items() if count > 1]


def skip_link_works(page):
    """The first Tab on a fresh page shows the link, and Enter leads to the content."""
    page.keyboard.press("Tab")
    link = page.locator(".skip-link")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
