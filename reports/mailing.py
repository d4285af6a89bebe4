"""Mails about what was done to a result report: as those about plans (`plans.mailing`)."""

from plans.mailing import Matter, tell_about, tell_about_comment
from schools.year_rules import rules_at


def tell(report, event):
    """Write the mails about `event`, a milestone of `report` just recorded."""
    tell_about(_matter(report), event)


def tell_comment(report, comment):
    """Write the mails about `comment` (a `ResultComment`), just written."""
    tell_about_comment(_matter(report), comment)


def _matter(report):
    return Matter(
        kind="result",
        pk=report.pk,
        noun="báo cáo",
        name=f"Báo cáo kết quả thực hiện kế hoạch, {report.period_name}",
        school=report.school,
        path=report.get_absolute_url(),
        mode=rules_at(report.school, report.school_year).report_mode,
    )
