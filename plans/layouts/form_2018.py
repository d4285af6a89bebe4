"""The nine-column plan of the 2018 circulars (format reference D2)."""

from plans.enums import SectionContent
from plans.layouts.spec import Column, Layout, Section

LAYOUT = Layout(
    key="2018",
    name="Kế hoạch 9 cột (Thông tư 17, 18, 19/2018)",
    circulars=("17/2018/TT-BGDĐT", "18/2018/TT-BGDĐT", "19/2018/TT-BGDĐT"),
    has_levels=True,
    needs_criterion=True,
    width_sets=(
        (10, 32, 20, 60, 24, 26, 24, 42, 14),
        (10, 34, 30, 62, 26, 26, 22, 28, 14),
    ),
    introduction="{school} xây dựng kế hoạch cải tiến chất lượng giáo dục năm học "
    "{year} như sau:",
    bases=(
        "Căn cứ Thông tư số {circular} ngày {circular_date} của Bộ Giáo dục và Đào tạo "
        "ban hành {circular_title};",
        "Căn cứ Công văn số {guidance} ngày 28 tháng 12 năm 2018 của Bộ Giáo dục và Đào "
        "tạo về hướng dẫn tự đánh giá và đánh giá ngoài;",
        "Căn cứ báo cáo tự đánh giá của nhà trường năm học {previous_year}.",
    ),
    evidence_code="[H{standard}-{criterion}-{number:02d}]",
    recipients=(
        "{superior} (để b/c)",
        "Hội đồng tự đánh giá, các tổ, bộ phận (để t/h)",
        "Lưu: VT, HĐTĐG",
    ),
    sections=(
        Section(
            "purpose",
            "MỤC ĐÍCH, YÊU CẦU",
            guide="Kế hoạch nhằm đạt điều gì trong năm học này, và phải bảo đảm những "
            "yêu cầu nào.",
        ),
        Section(
            "grounds",
            "CĂN CỨ XÂY DỰNG KẾ HOẠCH",
            text=(
                "1. Báo cáo tự đánh giá năm học {previous_year}.",
                "2. Báo cáo đánh giá ngoài.",
                "3. Các văn bản quy phạm pháp luật, văn bản hướng dẫn hiện hành.",
                "4. Kết quả thực hiện cải tiến chất lượng năm học {previous_year}.",
                "5. Chủ trương, định hướng, giải pháp trọng tâm",
                "5.1. Chủ trương",
                "5.2. Định hướng",
                "5.3. Giải pháp trọng tâm",
                "5.4. Biện pháp",
            ),
            guide="Giữ các mục có sẵn và viết thêm nội dung của trường dưới từng mục.",
        ),
        Section(
            "content",
            "NỘI DUNG KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG GIÁO DỤC",
            content=SectionContent.ROWS,
        ),
        Section(
            "organisation",
            "TỔ CHỨC THỰC HIỆN",
            text=(
                "1. Hiệu trưởng - Chủ tịch Hội đồng tự đánh giá",
                "2. Các thành viên của Hội đồng tự đánh giá",
                "3. Tổ giám sát kế hoạch cải tiến chất lượng",
                "4. Cán bộ, giáo viên, nhân viên của trường",
            ),
            guide="Nhiệm vụ của từng người, từng bộ phận trong việc thực hiện.",
        ),
    ),
    rows=(
        Column(
            "goal",
            "Kết quả cần đạt (so với hiện trạng)",
            20,
            is_required=True,
            guide="Mức hoặc kết quả nhà trường muốn đạt ở tiêu chí này, so với hiện nay.",
            example="Đạt mức 2: 100% tổ chuyên môn có kế hoạch hoạt động được duyệt.",
        ),
        Column(
            "actions",
            "Công việc/giải pháp cần thực hiện",
            60,
            is_required=True,
            guide="Việc cụ thể sẽ làm; mỗi việc một dòng, bắt đầu bằng dấu “-”.",
            example="- Rà soát danh mục thiết bị, lập dự toán bổ sung trong tháng 9.",
        ),
        Column(
            "responsible",
            "Chủ trì và phối hợp thực hiện",
            24,
            is_required=True,
            is_short=True,
            guide="Ai chủ trì, ai phối hợp.",
            example="Phó hiệu trưởng chủ trì; tổ trưởng chuyên môn phối hợp",
        ),
        Column(
            "schedule",
            "Thời gian thực hiện và hoàn thành",
            26,
            is_required=True,
            is_short=True,
            guide="Từ khi nào đến khi nào.",
            example="Từ tháng 9/2025 đến tháng 5/2026",
        ),
        Column(
            "budget",
            "Dự kiến kinh phí",
            24,
            is_short=True,
            guide="Số tiền và nguồn; ghi “Không” nếu không cần.",
            example="15 triệu đồng, nguồn chi thường xuyên",
        ),
        Column(
            "support",
            "Điều kiện hỗ trợ khác",
            42,
            guide="Sự chỉ đạo, phối hợp, cơ sở vật chất cần có.",
            example="Phối hợp của Ban đại diện cha mẹ học sinh",
        ),
        Column(
            "note",
            "Ghi chú",
            14,
            is_short=True,
            example="Tiếp nối nội dung năm trước",
        ),
    ),
)
