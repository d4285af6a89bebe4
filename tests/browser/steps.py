"""What people do on the pages, one function a step. Every step waits for what the page
says, never for time to pass."""

import re

from playwright.sync_api import expect


def choose_year(page, year):
    """The home page of another school year, by the switcher in the top bar."""
    page.goto("/")
    page.get_by_label("Năm học").select_option(year)
    page.get_by_role("button", name="Xem năm học này").click()
    expect(heading(page)).to_have_text(f"Việc cần làm năm học {year}")


def begin_plan(page, year):
    """From the home page of the year without a plan to the new plan's own page."""
    choose_year(page, year)
    expect(page.get_by_role("main")).to_contain_text(
        f"Chưa có kế hoạch cải tiến chất lượng năm học {year}."
    )
    page.get_by_role("link", name="Lập kế hoạch").click()
    expect(page.get_by_label("Năm học").locator("option:checked")).to_have_text(year)
    page.get_by_role("button", name="Lập kế hoạch").click()
    says(page, f"Đã lập kế hoạch năm học {year}.")


def open_plan(page):
    """From any page below a plan back to the plan."""
    page.locator(".page-head a").click()
    expect(heading(page)).to_contain_text("Kế hoạch cải tiến chất lượng")


def heading(page):
    return page.get_by_role("heading", level=1)


def says(page, text):
    """The page tells the person `text`."""
    expect(page.locator(".notice", has_text=text)).to_be_visible()


def something_is_wrong(page, text):
    """The page tells the person that `text` kept the deed from being done."""
    expect(page.get_by_role("alert").filter(has_text=text)).to_be_visible()


def status_is(page, word):
    expect(page.locator(".page-head .status")).to_have_text(word)


def lines(page, slug):
    """The lines of a table, without titles between them."""
    return page.locator(f"#{slug} tbody tr[id^='{slug}-']")


def cells_named(page, slug, label):
    """The texts of one column, from top to bottom."""
    return lines(page, slug).locator(f"td[data-label='{label}']")


def paper(page):
    """The sheets of a printed form, when all are there."""
    sheets = page.locator("article.paper")
    expect(sheets.first).to_be_visible()
    page.wait_for_load_state()
    return sheets


def row_action(page, slug, index, word):
    """The control `word` of the line at `index` (from 1)."""
    pattern = re.compile(f"^{word}:? ")
    line = lines(page, slug).nth(index - 1)
    return line.get_by_role("link", name=pattern).or_(
        line.get_by_role("button", name=pattern)
    )


def open_editor(page, slug, line=None):
    """The form inside the table: of the line at `line`, or of a new one."""
    if line is None:
        page.locator(f"#{slug}").get_by_role("link", name=re.compile("^Thêm")).click()
    else:
        row_action(page, slug, line, "Sửa").click()
    editor = page.locator(f"#{slug} tr.line-editor")
    expect(editor.get_by_role("heading").first).to_be_focused()
    return editor


def fill(form, texts, choices=None):
    for label, value in (choices or {}).items():
        # A required field has a star after its label, an optional one a remark.
        named = re.compile(rf"^{label}( |\*|$)")
        form.get_by_role("combobox", name=named).select_option(value)
    for label, text in texts.items():
        form.get_by_label(label, exact=True).fill(text)


def save(form):
    form.get_by_role("button", name="Lưu").click()


def delete(page, slug, index):
    """Delete a line of the table: asked, the person is first unsure, then sure."""
    before = lines(page, slug).count()
    control = row_action(page, slug, index, "Xóa")
    for answer, left in (("dismiss", before), ("accept", before - 1)):
        asked(page, control, answer)
        expect(lines(page, slug)).to_have_count(left)


def asked(page, control, answer):
    """What the browser asks when `control` is clicked; `answer` is accept or dismiss."""
    with page.expect_event("dialog") as dialog:
        page.once("dialog", lambda box: getattr(box, answer)())
        control.click()
    return dialog.value.message


def something_has_focus(page):
    """After a part of the page was replaced, the keyboard is still somewhere on it."""
    expect(page.locator("main :focus")).to_have_count(1)


def take_step(page, label, note=""):
    """One deed of the workflow: its link on the plan, then its button."""
    page.get_by_role("link", name=label, exact=True).click()
    if note:
        page.get_by_role("textbox").fill(note)
    page.get_by_role("button", name=label, exact=True).click()
