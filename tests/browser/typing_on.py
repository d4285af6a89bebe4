"""Typing, walking and saving in the middle of a grid, and what the browser says of it."""

from tests.browser import editor_steps as grid

# What the browser itself calls a long task: more than 50 milliseconds without a pause.
_WATCH_TASKS = """() => {
    window.longTasks = [];
    const seen = (list) => list.getEntries().forEach((entry) => longTasks.push(entry.duration));
    new PerformanceObserver(seen).observe({ type: "longtask" });
}"""
_WATCH_NODES = """() => {
    window.touched = 0;
    const all = { subtree: true, childList: true, attributes: true, characterData: true };
    const seen = (records) => (touched += records.length);
    new MutationObserver(seen).observe(document.getElementById("luoi"), all);
}"""


def type_on(page, row):
    """From the cell of the activities at `row`: two cells line by line, then on to the next
    row by the arrows. Ends in the same column, editing."""
    grid.select(page, row, "actions")
    page.keyboard.press("F2")
    for _ in range(2):
        page.keyboard.type("- Tổ chức dự giờ, góp ý\n", delay=5)
        page.keyboard.press("Tab")
    for key in ("Control+Enter", "ArrowDown", "Home", "ArrowRight", "F2"):
        page.keyboard.press(key)
    page.keyboard.press("Escape")
    grid.saved(page)


def longest_task(page, row):
    """In milliseconds, while somebody types; 0 if none was long."""
    page.evaluate(_WATCH_TASKS)
    type_on(page, row)
    return max(page.evaluate("longTasks"), default=0)


def touched_nodes(page, row):
    """How many changes of the document the typing brings with it."""
    page.evaluate(_WATCH_NODES)
    type_on(page, row)
    return page.evaluate("touched")
