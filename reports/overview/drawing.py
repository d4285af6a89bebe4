"""The charts of the overview as data for `static/charts.js`. Every number of a chart stands
in the table below it as well."""

from reports.overview.tables import standard_name

# What is drawn together: nobody can tell nine colours apart.
STAGES = (
    ("Chưa lập kế hoạch", "none", ("none",)),
    ("Đang soạn, đang trình duyệt", "early", ("draft", "submitted", "returned")),
    ("Đã duyệt, đã ban hành", "issued", ("approved", "issued", "adjusting")),
    ("Đã báo cáo, đã kết thúc", "done", ("reported", "closed")),
)


def standards_chart(standards, parts):
    """Stacked bars, one for each standard; `parts` names the states in order."""
    return {
        "kind": "bar",
        "across": True,
        "unit": "nội dung",
        "labels": [_short(standard) for standard in standards],
        "series": [
            {
                "label": label,
                "tone": code,
                "values": [getattr(standard.tally, code) for standard in standards],
            }
            for code, label, _ in parts
        ],
    }


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
    """Rows done and rows open of issued plans, one bar for each year."""
    done = [column.tally.done for column in columns]
    open_rows = [column.tally.planned - column.tally.done for column in columns]
    return {
        "kind": "bar",
        "across": False,
        "unit": "nội dung",
        "labels": [column.year.name for column in columns],
        "series": [
            {"label": "Hoàn thành", "tone": "done", "values": done},
            {"label": "Chưa hoàn thành", "tone": "unrecorded", "values": open_rows},
        ],
    }
