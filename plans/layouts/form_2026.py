"""Mẫu số 2, Phụ lục V of 57/2026/TT-BGDĐT: eight sections, tables of 6, 10 and 5 columns
(format reference D1). Labels and fixed texts are the form's own."""

from plans.enums import SectionContent, SectionEditing
from plans.layouts.spec import Column, Layout, Section

FOCUS_ISSUES = (
    Column(
        "current_state",
        "Đánh giá hiện trạng",
        65,
        is_required=True,
        guide="Hiện nay nhà trường đang ở đâu: số liệu, việc đã làm, mã minh chứng.",
        example="Thư viện có 1.250 bản sách, 38% xuất bản trước năm 2018 (MC.4.1.02).",
    ),
    Column(
        "limitation",
        "Điểm hạn chế",
        55,
        is_required=True,
        guide="Điều chưa đạt, nêu ngắn và rõ.",
        example="Tỉ lệ học sinh mượn sách hằng tuần mới đạt 41%.",
    ),
    Column(
        "cause",
        "Nguyên nhân của hạn chế",
        55,
        is_required=True,
        guide="Vì sao có hạn chế đó; nguyên nhân nhà trường tác động được.",
        example="Chưa bố trí tiết đọc trong thời khóa biểu của khối 1, 2.",
    ),
)

ROWS = (
    Column(
        "content",
        "Nội dung cải tiến",
        30,
        is_required=True,
        guide="Vấn đề cần cải tiến, xuất phát từ điểm hạn chế ở mục IV.",
        example="Nâng cao hiệu quả hoạt động thư viện",
    ),
    Column(
        "goal",
        "Mục tiêu cải tiến",
        28,
        is_required=True,
        guide="Kết quả muốn đạt, bằng lời hoặc bằng số.",
        example="Mọi lớp có tiết đọc thư viện hằng tuần.",
    ),
    Column(
        "actions",
        "Hoạt động/giải pháp",
        42,
        is_required=True,
        guide="Việc cụ thể sẽ làm; mỗi việc một dòng, bắt đầu bằng dấu “-”.",
        example="- Xếp một tiết đọc mỗi tuần vào thời khóa biểu từ tháng 10.",
    ),
    Column(
        "indicator",
        "Chỉ số đánh giá kết quả",
        27,
        is_required=True,
        guide="Đo được, kiểm chứng được: tỉ lệ, số lượng.",
        example="≥ 80% học sinh mượn sách ít nhất 1 lần/tuần",
    ),
    Column(
        "schedule",
        "Thời gian thực hiện",
        20,
        is_required=True,
        is_short=True,
        guide="Theo tháng, học kỳ hoặc năm học.",
        example="Tháng 10/2026 - tháng 5/2027",
    ),
    Column(
        "responsible",
        "Đơn vị/cá nhân phụ trách",
        24,
        is_required=True,
        is_short=True,
        guide="Người hoặc bộ phận chịu trách nhiệm, nêu rõ.",
        example="Phó hiệu trưởng; nhân viên thư viện",
    ),
    Column(
        "resources",
        "Nguồn lực bảo đảm",
        22,
        is_expected=True,
        guide="Kinh phí, con người, cơ sở vật chất.",
        example="30 triệu đồng, nguồn chi thường xuyên",
    ),
    Column(
        "expected_evidence",
        "Thông tin, dữ liệu hoặc minh chứng dự kiến",
        27,
        is_expected=True,
        guide="Cái gì sẽ cho thấy kết quả.",
        example="Sổ mượn sách, thời khóa biểu, biên bản kiểm kê",
        key="evidence",
    ),
    Column(
        "progress",
        "Mức độ thực hiện (cập nhật trong quá trình triển khai)",
        22,
        is_short=True,
        guide="Để trống khi lập kế hoạch; cập nhật trong năm học.",
    ),
)

MONITORING = (
    Column(
        "time",
        "Thời điểm",
        38,
        is_required=True,
        is_short=True,
        example="Giữa học kỳ II",
    ),
    Column(
        "content",
        "Nội dung theo dõi",
        60,
        guide="Việc sẽ xem xét vào thời điểm đó.",
        example="Tiến độ các nội dung 1-5; số liệu mượn sách học kỳ I",
    ),
    Column(
        "result",
        "Kết quả thực hiện",
        66,
        guide="Ghi khi đã theo dõi.",
        example="Nội dung 1, 2 đúng tiến độ; nội dung 3 mới bắt đầu, chậm một tháng.",
    ),
    Column(
        "adjustment",
        "Điều chỉnh (nếu có)",
        48,
        example="Lùi nội dung 3 sang tháng 3/2027.",
    ),
    Column(
        "assessor",
        "Người đánh giá",
        40,
        is_short=True,
        example="Hiệu trưởng; thư ký hội đồng tự đánh giá",
    ),
)

LAYOUT = Layout(
    key="2026",
    name="Mẫu số 2 (Thông tư 57/2026)",
    circulars=("57/2026/TT-BGDĐT",),
    focus_issues=FOCUS_ISSUES,
    rows=ROWS,
    monitoring=MONITORING,
    monitoring_times=("Cuối học kỳ I", "Cuối năm học"),
    evidence_code="MC.{criterion}.{number:02d}",
    recipients=(
        "{superior} (để b/c)",
        "Hội đồng tự đánh giá, các tổ, bộ phận (để t/h)",
        "Trang thông tin điện tử của trường (để công khai)",
        "Lưu: VT, HĐTĐG",
    ),
    sections=(
        Section(
            "school",
            "THÔNG TIN CHUNG",
            content=SectionContent.SCHOOL,
            editing=SectionEditing.LOCKED,
        ),
        Section(
            "grounds",
            "CĂN CỨ XÂY DỰNG KẾ HOẠCH",
            text=(
                "1. Báo cáo tự đánh giá năm học {previous_year}.",
                "2. Kết quả rà soát việc thực hiện kế hoạch cải tiến chất lượng năm học "
                "trước.",
                "3. Kế hoạch năm học và định hướng phát triển của cơ sở giáo dục.",
                "4. Các văn bản chỉ đạo của cơ quan quản lý nhà nước có thẩm quyền (nếu "
                "có).",
            ),
            editing=SectionEditing.ADD,
            guide="Liệt kê các văn bản chỉ đạo, mỗi văn bản một dòng bắt đầu bằng “-”.",
        ),
        Section(
            "purpose",
            "MỤC ĐÍCH, YÊU CẦU",
            text=(
                "1. Mục đích",
                "a) Xác định các vấn đề trọng tâm cần cải tiến trên cơ sở kết quả tự "
                "đánh giá;",
                "b) Tổ chức thực hiện các giải pháp nhằm nâng cao chất lượng giáo dục;",
                "c) Tăng cường hiệu quả quản trị, sử dụng nguồn lực và trách nhiệm giải "
                "trình của cơ sở giáo dục.",
                "2. Yêu cầu",
                "a) Bảo đảm tính trọng tâm, khả thi, hiệu quả, phù hợp với điều kiện "
                "thực tế;",
                "b) Không xây dựng kế hoạch cải tiến đối với toàn bộ tiêu chí mà tập "
                "trung vào các vấn đề ưu tiên;",
                "c) Xác định rõ: nội dung, mục tiêu, biện pháp, thời gian, nguồn lực, "
                "trách nhiệm và kết quả;",
                "d) Gắn với kế hoạch năm học và kế hoạch phát triển của cơ sở giáo dục;",
                "đ) Có cơ chế theo dõi, đánh giá và điều chỉnh trong quá trình thực "
                "hiện.",
            ),
            editing=SectionEditing.ADD,
            guide="Chỉ viết khi trường có mục đích, yêu cầu riêng.",
        ),
        Section(
            "focus_issues",
            "TÓM TẮT CÁC VẤN ĐỀ TRỌNG TÂM CẦN CẢI TIẾN",
            content=SectionContent.FOCUS_ISSUES,
            note="Lưu ý: Chỉ lựa chọn các vấn đề trọng tâm, có tác động trực tiếp đến "
            "chất lượng giáo dục để đưa vào kế hoạch cải tiến.",
        ),
        Section("rows", "KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG", content=SectionContent.ROWS),
        Section(
            "monitoring",
            "THEO DÕI VÀ ĐÁNH GIÁ THỰC HIỆN (GIÁM SÁT NỘI BỘ)",
            content=SectionContent.MONITORING,
        ),
        Section(
            "organisation",
            "TỔ CHỨC THỰC HIỆN",
            text=(
                "1. Người đứng đầu cơ sở giáo dục",
                "2. Hội đồng tự đánh giá",
                "3. Các tổ chuyên môn và bộ phận liên quan",
            ),
            guide="Nhiệm vụ của từng người, từng bộ phận, viết dưới mỗi mục.",
        ),
        Section(
            "review",
            "CƠ CHẾ ĐÁNH GIÁ VÀ BÁO CÁO",
            text=(
                "a) Thực hiện rà soát, đánh giá tối thiểu 02 lần trong năm học;",
                "b) Kết quả thực hiện kế hoạch cải tiến là cơ sở để cập nhật báo cáo tự "
                "đánh giá và xây dựng kế hoạch cải tiến của năm học tiếp theo;",
                "c) Bảo đảm công khai, minh bạch và phục vụ trách nhiệm giải trình của "
                "cơ sở giáo dục.",
            ),
            editing=SectionEditing.LOCKED,
        ),
    ),
)
