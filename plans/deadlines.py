"""The dates of a school year and how far off they are: one rule for the home page, the
year page, the office's lists and mails. A date is overdue only when it has passed (ux
pattern 15)."""

from dataclasses import dataclass
from datetime import date

from plans.enums import PlanStatus
from schools.enums import ReviewMode
from schools.year_rules import assessment_end


@dataclass(frozen=True)
class Countdown:
    """How far off a day is, in words; `code` is one of the page's colours."""

    words: str
    code: str


@dataclass(frozen=True)
class Deadline:
    key: str
    name: str
    day: date
    is_done: bool = False

    def countdown(self, today):
        days = (self.day - today).days
        if self.is_done:
            return Countdown("Đã xong", "done")
        if days > 0:
            return Countdown(f"Còn {days} ngày", "none")
        if days == 0:
            return Countdown("Hôm nay", "due")
        return Countdown(f"Quá hạn {-days} ngày", "overdue")

    def is_overdue(self, today):
        return not self.is_done and self.day < today


PLAN, RESULT = "ke-hoach", "bao-cao"
FIRST_REVIEW, SECOND_REVIEW, ASSESSMENT = "hoc-ky-1", "cuoi-nam", "tu-danh-gia"
# What can be done while there is no plan yet.
WITHOUT_PLAN = frozenset({PLAN, ASSESSMENT})


def deadlines(year_rules, done=frozenset(), *, is_reviewed_in_table=True):
    """The dates of the year that `year_rules` (`YearRules`) are for, in order of days.
    `done` holds the keys of those that are behind (`reached`). The day for the plan is one
    only where the office has set it. Reviews are a duty of 57/2026; before it the same
    days are for recording progress."""
    review = "Theo dõi, đánh giá" if is_reviewed_in_table else "Ghi tiến độ"
    dates = (
        (PLAN, "Nộp kế hoạch", year_rules.plan_due_on),
        (FIRST_REVIEW, f"{review} cuối học kỳ I", year_rules.midyear_due_on),
        (SECOND_REVIEW, f"{review} cuối năm học", year_rules.result_due_on),
        (RESULT, "Nộp báo cáo kết quả", year_rules.result_due_on),
        (
            ASSESSMENT,
            "Hoàn thành báo cáo tự đánh giá",
            assessment_end(year_rules.first_year),
        ),
    )
    entries = (
        Deadline(key, name, day, is_done=key in done)
        for key, name, day in dates
        if day is not None
    )
    return tuple(sorted(entries, key=lambda entry: entry.day))


def next_deadline(entries):
    """The first date that is not behind, or None."""
    return next((entry for entry in entries if not entry.is_done), None)


def is_handed_in(status, mode):
    """Whether a plan or report in this state has gone out of its school: submitted, where
    the office approves; else approved by the head."""
    is_submitted = status == PlanStatus.SUBMITTED
    if not status or status in (PlanStatus.DRAFT, PlanStatus.RETURNED):
        return False
    return mode == ReviewMode.OFFICE or not is_submitted


def reached(
    tally,
    *,
    reviews,
    is_reviewed_in_table,
    is_assessed,
    is_over,
    is_plan_in=False,
    is_result_in=False,
):
    """Keys of the dates of a plan that are behind. Where the form has a table of reviews
    (57/2026), its results count; else that progress has been recorded: some at the end of
    the first semester, all of it at the end of the year. `is_over`: the plan is reported
    or closed."""
    begun = tally.unrecorded < tally.planned
    ended = begun and tally.unrecorded == tally.in_progress == 0
    behind = {
        PLAN: is_over or is_plan_in,
        FIRST_REVIEW: is_over or (reviews >= 1 if is_reviewed_in_table else begun),
        SECOND_REVIEW: is_over or (reviews >= 2 if is_reviewed_in_table else ended),
        RESULT: is_over or is_result_in,
        ASSESSMENT: is_assessed,
    }
    return frozenset(key for key, is_behind in behind.items() if is_behind)
