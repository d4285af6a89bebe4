"""What the people of the stories type, for each generation of the form."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Gap:
    """One line of the list of gaps, the field it leads to, and what is typed there."""

    message: str
    label: str
    text: str
    is_cell: bool = False


@dataclass(frozen=True)
class Story:
    """`line` is typed into a new line of the plan's table, by column heading; one of its
    required cells is left to the gaps. `issue` goes into the table of focus issues."""

    first_year: int
    form_name: str
    line: dict[str, str]
    goal_label: str
    gaps: tuple[Gap, ...]
    wrong_day: str
    wrong_day_message: str
    day: str
    printed_day: str
    choices: dict[str, str] = field(default_factory=dict)
    issue: dict[str, str] = field(default_factory=dict)

    @property
    def year(self):
        return f"{self.first_year}-{self.first_year + 1}"

    @property
    def typed(self):
        """Every text that must stand on the paper."""
        texts = [*self.line.values(), *self.issue.values()]
        return texts + [gap.text for gap in self.gaps]


def section_gap(title, text):
    return Gap(f"Mục “{title}”: chưa có nội dung của trường", "Nội dung", text)


MAU_SO_2 = Story(
    first_year=2026,
    form_name="Mẫu số 2 (Thông tư 57/2026)",
    issue={
        "Đánh giá hiện trạng": "Thư viện có 1.250 bản sách; sách & báo cũ chiếm 38%.",
        "Điểm hạn chế": "Mới 41% học sinh mượn sách hằng tuần.",
        "Nguyên nhân của hạn chế": "Khối 1, 2 chưa có tiết đọc (<1 tiết/tuần).",
    },
    line={
        "Nội dung cải tiến": "Nâng cao hiệu quả hoạt động thư viện",
        "Mục tiêu cải tiến": "Mọi lớp có tiết đọc thư viện hằng tuần",
        "Hoạt động/giải pháp": "- Xếp tiết đọc vào thời khóa biểu.\n- Mua 200 bản sách.",
        "Chỉ số đánh giá kết quả": "≥ 80% học sinh mượn sách hằng tuần",
        "Thời gian thực hiện": "Tháng 10/2026 - tháng 5/2027",
        "Nguồn lực bảo đảm": "30 triệu đồng",
        "Thông tin, dữ liệu hoặc minh chứng dự kiến": "Sổ mượn sách",
    },
    goal_label="Mục tiêu cải tiến",
    gaps=(
        Gap(
            "Nội dung 1 (tiêu chí 1.1): chưa có “Đơn vị/cá nhân phụ trách”",
            "Đơn vị/cá nhân phụ trách",
            "Cô Nguyễn Thị Thư, nhân viên thư viện",
            is_cell=True,
        ),
        section_gap("TỔ CHỨC THỰC HIỆN", "Hiệu trưởng chỉ đạo chung và kiểm tra."),
    ),
    wrong_day="30/6/2026",
    wrong_day_message="Ngày ban hành phải trong năm học 2026-2027: từ 01/07/2026 đến "
    "31/08/2027.",
    day="05/9/2026",
    printed_day="ngày 05 tháng 9 năm 2026",
)

NINE_COLUMNS = Story(
    first_year=2024,
    form_name="Kế hoạch 9 cột (Thông tư 17, 18, 19/2018)",
    choices={"Mức": "1"},
    line={
        "Kết quả cần đạt (so với hiện trạng)": "100% tổ có kế hoạch được duyệt",
        "Công việc/giải pháp cần thực hiện": "- Rà soát hồ sơ.\n- Bổ sung biên bản <2023.",
        "Thời gian thực hiện và hoàn thành": "Tháng 9/2024 - tháng 5/2025",
        "Dự kiến kinh phí": "15 triệu đồng",
        "Điều kiện hỗ trợ khác": "Cha mẹ học sinh & phường phối hợp",
        "Ghi chú": "Ưu tiên",
    },
    goal_label="Kết quả cần đạt (so với hiện trạng)",
    gaps=(
        section_gap("MỤC ĐÍCH, YÊU CẦU", "Giữ vững mức 2, khắc phục điểm yếu."),
        section_gap(
            "CĂN CỨ XÂY DỰNG KẾ HOẠCH",
            "1. Báo cáo tự đánh giá năm học 2023-2024 của Trường Bình An.",
        ),
        Gap(
            "Nội dung 1 (tiêu chí 1.1): chưa có “Chủ trì và phối hợp thực hiện”",
            "Chủ trì và phối hợp thực hiện",
            "Phó hiệu trưởng chủ trì",
            is_cell=True,
        ),
        section_gap("TỔ CHỨC THỰC HIỆN", "Tổ giám sát báo cáo hằng tháng."),
    ),
    wrong_day="30/6/2024",
    wrong_day_message="Ngày ban hành phải trong năm học 2024-2025: từ 01/07/2024 đến "
    "31/08/2025.",
    day="05/9/2024",
    printed_day="ngày 05 tháng 9 năm 2024",
)
