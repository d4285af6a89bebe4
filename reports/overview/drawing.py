"""The charts of the overview as data for `static/charts.js`. Every number of a chart stands
in the table below it as well."""

from plans.tallies import Tally
from reports.overview.tables import standard_name

# What is drawn together: nobody can tell nine colours apart.
STAGES = (
    ("Chưa lập kế hoạch", "none", ("none",)),
    ("Đang soạn, đang trình duyệt", "early", ("draft", "submitted", "returned")),
    ("Đã duyệt, đã ban hành", "issued", ("approved", "issued", "adjusting")),
    ("Đã báo cáo, đã kết thúc", "done", ("reported", "closed")),
)


def standards_chart(standards):
    """Rows by progress, one bar for each standard."""
    return {
        "kind": "bar",
        "across": True,
        "unit": "nội dung",
        "labels": [_short(standard) for standard in standards],
        "series": _by_progress([standard.tally for standard in standards]),
    }


def _by_progress(tallies):
    return [
        {
            "label": label,
            "tone": state,
            "values": [getattr(tally, state) for tally in tallies],
        }
        for state, label, _ in Tally().parts
    ]


def _short(standard):
    """The name of a standard is too long for an axis."""
    if standard.number is None:
        return standard_name(standard)
    return f"Tiêu chuẩn {standard.number}"


def states_chart(columns):
    """Schools by stage, one bar for each year."""
    return {
        "kind": "bar",
        "across": False,
        "unit": "trường",
        "labels": [column.year.name for column in columns],
        "series": [
            {
                "label": label,
                "tone": tone,
                "values": [sum(c.counts[s] for s in states) for c in columns],
            }
            for label, tone, states in STAGES
        ],
    }


def rows_chart(columns):
    """Rows of issued plans by progress, one bar for each year."""
    return {
        "kind": "bar",
        "across": False,
        "unit": "nội dung",
        "labels": [column.year.name for column in columns],
        "series": _by_progress([column.tally for column in columns]),
    }
