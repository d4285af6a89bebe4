"""What people do on the pages of the year, one function a step: self-assessment, progress,
evidence, documents. As in `steps`, every step waits for what the page says."""

import re

from playwright.sync_api import expect

from tests.browser import steps


def open_assessment(page, year):
    """From the home page of the year to its self-assessment; begun if there is none."""
    steps.choose_year(page, year)
    page.get_by_role("link", name=f"Tự đánh giá năm học {year}").click()
    begin = page.get_by_role("link", name="Bắt đầu tự đánh giá")
    known = page.locator("tbody th a")
    expect(begin.or_(known).first).to_be_visible()
    page.wait_for_load_state()
    if not begin.count():
        known.first.click()
        return
    begin.click()
    expect(page.get_by_label("Năm học").locator("option:checked")).to_have_text(year)
    page.get_by_role("button", name="Bắt đầu tự đánh giá").click()
    steps.says(page, f"Đã mở tự đánh giá năm học {year}.")


def result_is(page, name):
    expect(
        page.get_by_role("region", name="Mức đạt chung").locator("strong")
    ).to_have_text(name)


def explains(page, *lines):
    """The page gives these reasons for the level, and no others."""
    said = page.get_by_role("region", name="Mức đạt chung").locator("dl ~ ul").first
    expect(said.get_by_role("listitem")).to_have_text(list(lines))


def open_review(page, code):
    page.get_by_role("link", name=re.compile(rf"^{re.escape(code)}\. ")).click()
    expect(steps.heading(page)).to_contain_text(code)


def answer(page, criterion, level, *, without=()):
    """Đạt for every requirement up to `level`, Chưa đạt for those above it and for the
    points `without` of that level."""
    for asked in criterion.requirements.all():
        is_met = asked.level <= level and (asked.level, asked.point) not in without
        name = f"{asked.point}) {asked.summary}" if asked.point else asked.summary
        group = page.get_by_role("group", name=name)
        state = "Đạt" if is_met else "Chưa đạt"
        group.get_by_role("radio", name=state, exact=True).check()


def save_review(page, code):
    page.get_by_role("button", name="Lưu", exact=True).click()
    steps.says(page, f"Đã lưu tiêu chí {code}.")


def open_assessment_above(page):
    """From a page below an assessment back to the assessment."""
    page.locator(".page-head a").click()
    expect(steps.heading(page)).to_contain_text("Tự đánh giá năm học")


def wish(page, level):
    """Try a level: what is missing to it, by criterion."""
    page.get_by_label("Thử xem còn thiếu gì").select_option(str(level))
    page.get_by_role("button", name="Xem còn thiếu gì").click()
    missing = page.get_by_role("heading", name=f"Mức {level}: còn thiếu")
    expect(missing).to_be_visible()
    return page.locator("ul.many li")


def take_limitation(page, code):
    row = page.locator("tr", has=page.locator("th", has_text=f"{code}. "))
    row.get_by_role("button", name="Đưa vào kế hoạch").click()


def open_progress(page, number):
    """The page of one row of an issued plan, from any page of the plan."""
    page.wait_for_load_state()
    if page.locator(".page-head h1 a, .page-head p a").count():
        steps.open_plan(page)
    page.get_by_role("link", name="Thực hiện và theo dõi").click()
    page.get_by_role("link", name=f"Ghi tiến độ nội dung {number}", exact=True).click()
    expect(steps.heading(page)).to_have_text("Tiến độ nội dung")


def record(page, state, day, *, done="", reason="", is_late=False):
    page.get_by_role("radio", name=state, exact=True).check()
    page.get_by_label("Chậm so với kế hoạch").set_checked(is_late)
    page.get_by_label("Việc đã làm, kết quả").fill(done)
    page.get_by_label("Lý do chậm hoặc chưa làm").fill(reason)
    page.get_by_label("Ngày ghi nhận").fill(day)
    page.get_by_role("button", name="Ghi tiến độ").click()


def issue(page, number, day):
    """Number and date, from the page that has the link."""
    page.get_by_role("link", name=re.compile("^Ban hành")).first.click()
    page.get_by_label("Số", exact=True).fill(str(number))
    page.get_by_label("Ngày ban hành").fill(day)
    page.get_by_role("button", name="Ban hành").click()


def downloaded(page, link):
    """Name and bytes of the file behind `link`."""
    with page.expect_download() as download:
        link.click()
    return download.value.suggested_filename, download.value.path().read_bytes()
