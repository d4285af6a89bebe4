"""The dates of a school year and how far off they are: one rule for the home page, the
year page and, later, mails. A date is overdue only when it has passed (ux pattern 15)."""

from dataclasses import dataclass
from datetime import date


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


def first_semester_end(first_year):
    return date(first_year + 1, 1, 15)


def year_end(first_year):
    return date(first_year + 1, 5, 31)


FIRST_REVIEW, SECOND_REVIEW, ASSESSMENT = "hoc-ky-1", "cuoi-nam", "tu-danh-gia"


def deadlines(first_year, done=frozenset(), *, is_reviewed_in_table=True):
    """The dates of the school year that begins in `first_year`, in order. `done` holds
    the keys of those that are behind (`reached`). Reviews are a duty of 57/2026; before
    it the same days are for recording progress."""
    review = "Theo dõi, đánh giá" if is_reviewed_in_table else "Ghi tiến độ"
    dates = (
        (FIRST_REVIEW, f"{review} cuối học kỳ I", first_semester_end(first_year)),
        (SECOND_REVIEW, f"{review} cuối năm học", year_end(first_year)),
        # 57/2026 Điều 9.3.d; a school may have another end of its year.
        (ASSESSMENT, "Hoàn thành báo cáo tự đánh giá", date(first_year + 1, 6, 15)),
    )
    return tuple(Deadline(*entry, is_done=entry[0] in done) for entry in dates)


def next_deadline(entries):
    """The first date that is not behind, or None."""
    return next((entry for entry in entries if not entry.is_done), None)


def reached(tally, *, reviews, is_reviewed_in_table, is_assessed, is_over):
    """Keys of the dates of a plan that are behind. Where the form has a table of reviews
    (57/2026), its results count; else that progress has been recorded: some at the end of
    the first semester, all of it at the end of the year. `is_over`: the plan is reported
    or closed."""
    done = set()
    begun = tally.unrecorded < tally.planned
    ended = begun and tally.unrecorded == tally.in_progress == 0
    if is_over or (reviews >= 1 if is_reviewed_in_table else begun):
        done.add(FIRST_REVIEW)
    if is_over or (reviews >= 2 if is_reviewed_in_table else ended):
        done.add(SECOND_REVIEW)
    if is_assessed:
        done.add(ASSESSMENT)
    return frozenset(done)
