"""The form of the result report (format reference D3): its columns, described once for
the paper, the pages and the year files."""

from plans.layouts.spec import Column

PLAN_GROUP = "ND Kế hoạch cải tiến chất lượng giáo dục năm học {year}"
RESULT_GROUP = "Kết quả thực hiện"

PLANNED = Column(
    "planned",
    "ND Kế hoạch cải tiến chất lượng được xây dựng đầu năm",
    42,
    guide="Nội dung trong kế hoạch ban hành lần đầu.",
)
ADJUSTED = Column(
    "adjusted",
    "ND Kế hoạch cải tiến chất lượng giáo dục đã được điều chỉnh",
    38,
    guide="Chỉ ghi khi kế hoạch đã được điều chỉnh trong năm.",
)
DONE = Column(
    "done",
    "Những công việc đã triển khai xong theo đúng KH (nêu rõ chất lượng, hiệu quả công "
    "việc)",
    42,
    guide="Nêu rõ chất lượng, hiệu quả; có số liệu thì ghi số liệu.",
)
IN_PROGRESS = Column(
    "in_progress",
    "Những công việc đang triển khai theo KH, hoặc chậm so với KH (lý do chậm tiến độ), "
    "đánh giá sơ bộ về những ND đã triển khai",
    40,
    guide="Việc nào chậm thì nêu lý do, ví dụ: “Lý do: chưa được cấp kinh phí.”",
)
NOT_DONE = Column(
    "not_done",
    "Những công việc chưa triển khai (nêu rõ lý do)",
    28,
    guide="Nêu rõ lý do; không có thì ghi “Không” hoặc để trống.",
)
NOTE = Column("note", "Ghi chú", 18)

PLAN_COLUMNS = (PLANNED, ADJUSTED)
RESULT_COLUMNS = (DONE, IN_PROGRESS, NOT_DONE)
COLUMNS = (*PLAN_COLUMNS, *RESULT_COLUMNS, NOTE)
FIELDS = tuple(column.field for column in COLUMNS)
# TT and "Tiêu chuẩn, tiêu chí" stand before the columns above.
LEADING_WIDTHS = (10, 34)


def default_subject(report):
    """The form's own trích yếu."""
    return (
        "Kết quả thực hiện kế hoạch cải tiến chất lượng giáo dục " + report.period_name
    )
