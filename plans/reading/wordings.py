"""The heads of the tables we know: the forms' own labels, and other words seen for the
same columns."""

import re
from dataclasses import dataclass

from plans.layouts import form_2018, form_2026
from qualityplan.text import fold

_NUMBER = ("TT", "STT", "Số TT", "Số thứ tự")
_NOTE = ("Ghi chú",)
_STANDARD = ("Tiêu chuẩn",)
_CRITERION = ("Tiêu chuẩn, tiêu chí", "Tiêu chí", "Nội dung tiêu chuẩn, tiêu chí")
_TITLE = ("Tên tiêu chí", "Nội dung tiêu chí")
_LEVEL = ("Mức", "Mức đạt", "Mức độ đạt")

_PLAN_2018 = {
    "goal": ("Kết quả cần đạt", "Mục tiêu cần đạt", "Kết quả mong đợi", "Mục tiêu"),
    "actions": (
        "Công việc cần thực hiện",
        "Giải pháp thực hiện",
        "Biện pháp thực hiện",
        "Nội dung công việc",
        "Hoạt động cải tiến",
        "Biện pháp cải tiến chất lượng",
    ),
    "responsible": (
        "Chủ trì, phối hợp",
        "Người thực hiện",
        "Người phụ trách",
        "Đơn vị, cá nhân thực hiện",
        "Phân công thực hiện",
        "Người chịu trách nhiệm",
    ),
    "schedule": (
        "Thời gian thực hiện",
        "Thời gian hoàn thành",
        "Thời hạn",
        "Thời gian",
    ),
    "budget": ("Kinh phí", "Kinh phí thực hiện", "Nguồn kinh phí"),
    "support": ("Điều kiện hỗ trợ", "Điều kiện thực hiện", "Hỗ trợ khác"),
}
_RESULT = {
    "planned": (
        "ND Kế hoạch cải tiến chất lượng được xây dựng đầu năm",
        "Nội dung kế hoạch xây dựng đầu năm",
        "Kế hoạch đầu năm",
    ),
    "adjusted": (
        "ND Kế hoạch cải tiến chất lượng giáo dục đã được điều chỉnh",
        "Nội dung kế hoạch đã điều chỉnh",
        "Kế hoạch điều chỉnh",
    ),
    "done": (
        "Những công việc đã triển khai xong theo đúng KH (nêu rõ chất lượng, hiệu quả "
        "công việc)",
        "Công việc đã thực hiện xong",
        "Đã triển khai xong",
        "Đã hoàn thành",
    ),
    "in_progress": (
        "Những công việc đang triển khai theo KH, hoặc chậm so với KH (lý do chậm tiến "
        "độ), đánh giá sơ bộ về những ND đã triển khai",
        "Công việc đang thực hiện hoặc chậm so với kế hoạch",
        "Công việc đang triển khai",
        "Đang triển khai hoặc chậm tiến độ",
        "Đang thực hiện",
    ),
    "not_done": (
        "Những công việc chưa triển khai (nêu rõ lý do)",
        "Công việc chưa thực hiện",
        "Chưa triển khai",
        "Chưa thực hiện",
    ),
}


# The columns of a result differ in a word or two; a table read with "done" for "under
# way" would be worse than one not read. The first word that decides does.
_PLANNED = re.compile(r"\b(?:dau nam|xay dung)\b")
_ADJUSTED = re.compile(r"\bdieu chinh\b")
_STATE = re.compile(r"\b(?:(chua)|(dang|cham)|(da|xong|hoan thanh))\b")


def result_key(label):
    """Which of the columns of a result `label` must be; None where no word decides."""
    folded = fold(label)
    if _PLANNED.search(folded):
        return "planned"
    if _ADJUSTED.search(folded):
        return "adjusted"
    found = _STATE.search(folded)
    return found and ("not_done", "in_progress", "done")[found.lastindex - 1]


@dataclass(frozen=True)
class Form:
    """`values` are the columns of which `least` must be there to know the table."""

    name: str
    wordings: dict[str, tuple[str, ...]]
    values: frozenset[str]
    least: int

    @property
    def has_criteria(self):
        return self.name in ("plan", "result")


def _form(name, columns, more, leading, least):
    wordings = {"tt": _NUMBER} | leading
    for column in columns:
        wordings[column.json_key] = (column.label, *more.get(column.json_key, ()))
    values = frozenset(c.json_key for c in columns if c.field != "note")
    return Form(name, wordings, values, least)


_PLACES = {
    "standard": _STANDARD,
    "criterion": _CRITERION,
    "criterion_title": _TITLE,
    "level": _LEVEL,
}
PLAN = _form("plan", form_2018.LAYOUT.rows, _PLAN_2018, _PLACES, 3)
RESULT = Form(
    "result",
    {"tt": _NUMBER, **_PLACES, **_RESULT, "note": _NOTE},
    frozenset(_RESULT),
    3,
)
FOCUS_ISSUES = _form(
    "focus_issues",
    form_2026.FOCUS_ISSUES,
    {
        "current_state": ("Hiện trạng",),
        "limitation": ("Hạn chế", "Điểm yếu"),
        "cause": ("Nguyên nhân",),
    },
    {"standard": _STANDARD, "criterion": ("Tiêu chí liên quan (nếu có)", "Tiêu chí")},
    2,
)
ROWS = _form(
    "rows",
    form_2026.ROWS,
    {
        "actions": ("Hoạt động, giải pháp", "Giải pháp"),
        "indicator": ("Chỉ số đánh giá",),
        "responsible": ("Người phụ trách", "Phụ trách"),
        "resources": ("Nguồn lực",),
        "evidence": ("Minh chứng dự kiến", "Minh chứng"),
        "progress": ("Mức độ thực hiện",),
    },
    {},
    5,
)
MONITORING = _form("monitoring", form_2026.MONITORING, {}, {}, 3)
FORMS = (PLAN, RESULT, FOCUS_ISSUES, ROWS, MONITORING)
