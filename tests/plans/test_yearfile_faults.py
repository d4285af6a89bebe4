from plans.yearfile import reading
from plans.yearfile.loading import MAX_FAULTS
from tests.plans.yearfiles import GONE, YearFileCase, changed, sample

# What is wrong at a place of a valid file, and the line that says so (without its file).
FAULTS = [
    (("format",), "qualityplan/2", 'format: không rõ "qualityplan/2"; phải là một'),
    (("format",), GONE, "format: thiếu mục này."),
    (("kind",), "plan", 'kind: không rõ "plan"; phải là một trong: improvement_plan'),
    (("kind",), "result_report", "kind: loại result_report chưa được hỗ trợ ở đây"),
    (("circular",), "99/2099/TT-BGDĐT", 'circular: không rõ thông tư "99/2099'),
    (
        ("circular",),
        "19/2018/TT-BGDĐT",
        "circular: Thông tư 19/2018/TT-BGDĐT không áp dụng cho cấp học Tiểu học.",
    ),
    (("circular",), 17, "circular: phải là một chuỗi, không phải 17."),
    (("school_year",), GONE, "school_year: thiếu mục này."),
    (("school_year",), "2023", "school_year: phải là hai năm liền nhau, ví dụ “2026"),
    (("school_year",), "2023-2025", "school_year: phải là hai năm liền nhau"),
    (("school_year",), "2010-2011", "school_year: năm học phải từ 2018-2019"),
    (("school",), GONE, "school: thiếu mục này."),
    (("school",), [], "school: phải là một đối tượng JSON, không phải một danh sách."),
    (("school", "name"), None, "school.name: tệp không ghi tên trường; hãy chạy lại"),
    (("school", "name"), "  ", "school.name: tên trường không được để trống."),
    (("school", "name"), "T" * 201, "school.name: dài 201 ký tự, tối đa 200."),
    (("school", "education_level"), "x", 'school.education_level: không rõ "x"'),
    (("school", "symbol"), "K" * 16, "school.symbol: dài 16 ký tự, tối đa 15."),
    (("school", "superior"), "A\nB", "school.superior: có xuống dòng; phải là một"),
    (("school", "phone"), "1", 'school: khóa "phone" không có trong lược đồ.'),
    (("document", "type"), "BB", 'document.type: không rõ "BB"; phải là một trong'),
    (("document", "number"), 0, "document.number: phải từ 1 đến"),
    (
        ("document", "number"),
        "48",
        'document.number: phải là số nguyên, không phải "48',
    ),
    (("document", "number"), True, "document.number: phải là số nguyên, không phải"),
    (("document", "number"), None, "document.number: số và ngày ban hành phải có cả"),
    (("document", "issued_on"), None, "document.issued_on: số và ngày ban hành phải"),
    (
        ("document", "issued_on"),
        "2026-05-16",
        "document.issued_on: 16/05/2026 nằm ngoài năm học 2023-2024 (từ 01/07/2023 đến "
        "31/08/2024).",
    ),
    (
        ("document", "issued_on"),
        "2024-02-30",
        "document.issued_on: phải là ngày có thật",
    ),
    (
        ("document", "issued_on"),
        "06/10/2023",
        "document.issued_on: phải là ngày có thật",
    ),
    (("document", "issued_on"), 20231006, "document.issued_on: phải là ngày có thật"),
    (("document", "title"), "K" * 101, "document.title: dài 101 ký tự, tối đa 100."),
    (("legal_bases", 1), 5, "legal_bases[1]: phải là một chuỗi, không phải 5."),
    (("legal_bases", 1), "a\nb", "legal_bases[1]: có xuống dòng; hãy tách thành nhiều"),
    (("introduction",), ["a"], "introduction: phải là một chuỗi, không phải một danh"),
    (("sections",), {}, "sections: phải là một danh sách, không phải một đối tượng."),
    (
        ("sections", 1, "number"),
        "III",
        "sections[1].number: phải là II: số mục đi liên",
    ),
    (("sections", 1, "title"), GONE, "sections[1].title: thiếu mục này."),
    (
        ("sections", 1, "title"),
        "Đ" * 301,
        "sections[1].title: dài 301 ký tự, tối đa 300",
    ),
    (("sections", 1, "content"), "bang", 'sections[1].content: không rõ "bang"'),
    (
        ("sections", 2, "paragraphs"),
        ["a"],
        "sections[2].paragraphs: mục chứa bảng không",
    ),
    (
        ("sections", 1),
        {"number": "II", "title": "Bảng", "content": "rows"},
        "sections[2].content: bảng này đã có ở sections[1].",
    ),
    (("grouping",), "by_name", 'grouping: không rõ "by_name"'),
    (("rows",), GONE, "rows: thiếu mục này."),
    (("rows", 3), "dòng", 'rows[3]: phải là một đối tượng JSON, không phải "dòng".'),
    (("rows", 3, "standard"), GONE, "rows[3].standard: thiếu mục này."),
    (("rows", 3, "criterion"), GONE, "rows[3].criterion: thiếu mục này."),
    (
        ("rows", 3, "criterion"),
        "1.99",
        'rows[3].criterion: Thông tư 17/2018/TT-BGDĐT không có tiêu chí "1.99".',
    ),
    (
        ("rows", 0, "criterion"),
        "2.1",
        "rows[0].criterion: tiêu chí 2.1 thuộc tiêu chuẩn 2, không thuộc tiêu chuẩn 1.",
    ),
    (
        ("rows", 0),
        {"standard": 9, "criterion": ""},
        "rows[0].standard: Thông tư 17/2018/TT-BGDĐT không có tiêu chuẩn 9.",
    ),
    (("rows", 0, "level"), "7", "rows[0].level: phải là null, “1”, “2”, “3”"),
    (("rows", 0, "level"), "2, 1", "rows[0].level: phải là null, “1”, “2”, “3”"),
    (("rows", 0, "level"), 1, "rows[0].level: phải là một chuỗi, không phải 1."),
    (
        ("rows", 3, "actions"),
        "chuông\x07reo",
        "rows[3].actions: có ký tự điều khiển U+0007; hãy xóa rồi nạp lại.",
    ),
    (
        ("rows", 3, "actions"),
        "\x00\ud800",
        "rows[3].actions: có ký tự điều khiển U+0000 và",
    ),
    (("rows", 3, "goal"), "a" * 30_001, "rows[3].goal: dài 30001 ký tự, tối đa 30000."),
    (("rows", 3, "goal"), None, "rows[3].goal: phải là một chuỗi, không phải null."),
    (("rows", 3, "gaol"), "", 'rows[3]: khóa "gaol" không có trong lược đồ.'),
    (("rows", 3, "\ud800"), "", 'rows[3]: khóa "\\ud800" không có trong lược đồ.'),
    (("focus_issues",), [{}], "focus_issues: mẫu Kế hoạch 9 cột"),
    (("standard_titles", "x"), "", 'standard_titles: khóa "x" phải là số của một'),
    (("standard_titles", "9"), "Tên", "standard_titles.9: Thông tư 17/2018/TT-BGDĐT"),
    (("recipients",), "VT", 'recipients: phải là một danh sách, không phải "VT".'),
    (
        ("signatures",),
        [{"ten": ""}],
        'signatures[0]: khóa "ten" không có trong lược đồ.',
    ),
    (("ghi_chu",), "", 'khóa "ghi_chu" không có trong lược đồ.'),
]
FAULTS_2026 = [
    (
        ("school_year",),
        "2024-2025",
        "circular: Thông tư 57/2026/TT-BGDĐT, Phụ lục II không áp dụng cho năm học "
        "2024-2025; hãy dùng Thông tư 17/2018/TT-BGDĐT.",
    ),
    (("rows", 0, "level"), "1", 'rows[0]: khóa "level" không có trong lược đồ.'),
    (
        ("rows", 0, "progress"),
        "Xong",
        "rows[0].progress: phải là để trống hoặc một trong",
    ),
    (("rows", 0, "issue"), 9, "rows[0].issue: phải từ 1 đến 3, không phải 9."),
    (("focus_issues", 1, "standard"), GONE, "focus_issues[1].standard: thiếu mục này."),
    (("focus_issues", 1, "criterion"), "3.9", "focus_issues[1].criterion: Thông tư 57"),
    (("monitoring", 0, "time"), "t" * 201, "monitoring[0].time: dài 201 ký tự, tối đa"),
    (("rows", 0, "education_level"), "x", 'rows[0].education_level: không rõ "x"'),
]
UNREADABLE = [
    (b'{"format": "qualityplan/1",', "JSON hỏng ở dòng 1, cột 28"),
    (b"", "JSON hỏng ở dòng 1, cột 1"),
    ("tệp Word".encode("utf-16"), "tệp không phải UTF-8 (byte thứ 1)"),
    (b'{"a": 1, "a": 2}', 'khóa "a" bị lặp trong cùng một đối tượng JSON.'),
    (b'{"a": NaN}', "giá trị NaN không phải JSON hợp lệ."),
    (b"[" * 100_000, "JSON có số quá dài hoặc lồng nhau quá sâu."),
    (b'{"a": ' + b"9" * 5000 + b"}", "JSON có số quá dài hoặc lồng nhau quá sâu."),
    (b"[]", "tệp không có kế hoạch hay báo cáo nào."),
    (b"{}", "tệp không có nội dung."),
    (b"17", "phải là một đối tượng JSON, không phải 17."),
    (b"[" * 900 + b"]" * 900, "[0]: phải là một đối tượng JSON, không phải một danh"),
]


class FaultTests(YearFileCase):
    def assert_all_refused(self, name, faults):
        for place, value, message in faults:
            with self.subTest(place=place, message=message):
                lines = self.refused(changed(sample(name), place, value))
                starts = [line.removeprefix("tep-0.json: ") for line in lines]
                self.assertTrue(
                    any(line.startswith(message) for line in starts), "\n".join(lines)
                )

    def test_faults_of_the_2018_form_name_their_place(self):
        self.assert_all_refused("plan-primary-2018", FAULTS)

    def test_faults_of_the_2026_form_name_their_place(self):
        self.assert_all_refused("plan-2026", FAULTS_2026)

    def test_file_that_is_no_year_file_is_refused_in_one_line(self):
        for content, message in UNREADABLE:
            with self.subTest(message):
                lines = self.refused(content)
                self.assertEqual(len(lines), 1)
                self.assertTrue(lines[0].startswith(f"tep-0.json: {message}"), lines[0])

    def test_file_that_is_too_large_is_refused_before_it_is_parsed(self):
        lines = self.refused(b" " * (reading.MAX_BYTES + 1))
        self.assertEqual(
            lines, ["tep-0.json: tệp lớn hơn 10 MB; hãy chia thành nhiều tệp."]
        )

    def test_all_faults_of_a_file_are_told_at_once(self):
        document = sample()
        document["document"]["number"] = -1
        document["rows"][0]["goal"] = None
        document["rows"][1]["criterion"] = "8.8"
        paths = [line.split(": ")[1] for line in self.refused(document)]
        self.assertEqual(
            paths, ["document.number", "rows[0].goal", "rows[1].criterion"]
        )

    def test_a_flood_of_faults_is_cut_short(self):
        document = sample()
        document["rows"] = [{}] * 30
        lines = self.refused(document)
        self.assertEqual(len(lines), MAX_FAULTS + 1)
        self.assertEqual(lines[-1], "tep-0.json: … và 40 lỗi khác.")

    def test_places_in_a_list_of_plans_begin_with_the_plan(self):
        lines = self.refused([sample(), changed(sample("plan-2026"), ("rows",), 1)])
        self.assertIn("tep-0.json: [1].rows: phải là một danh sách", lines[0])

    def test_places_in_an_inspected_plan_begin_there(self):
        record = sample("inspection-2018")
        plan = changed(record["inspection"]["plan"], ("rows", 0, "criterion"), "9.9")
        lines = self.refused(changed(record, ("inspection", "plan"), plan))
        self.assertIn("inspection.plan.rows[0].criterion: Thông tư 17", lines[0])

    def test_inspection_record_without_a_plan_is_refused(self):
        for value in (None, GONE):
            with self.subTest(value=value):
                place = ("inspection", "plan")
                lines = self.refused(changed(sample("inspection-2018"), place, value))
                self.assertIn("inspection.plan: biên bản kiểm tra không kèm", lines[0])

    def test_inspection_record_with_a_key_nobody_reads_is_refused(self):
        record = changed(
            sample("inspection-2018"), ("inspection", "plan", "school"), {}
        )
        self.assertIn('inspection.plan: khóa "school"', self.refused(record)[0])


class NothingHalfWrittenTests(YearFileCase):
    def test_good_file_beside_a_bad_one_is_not_stored(self):
        bad = changed(sample("plan-2026"), ("rows", 0, "goal"), None)
        lines = self.refused(sample(), bad)
        self.assertTrue(lines[0].startswith("tep-1.json: rows[0].goal:"))

    def test_two_files_for_one_school_and_year_are_refused(self):
        lines = self.refused(sample(), sample())
        self.assertIn("tep-1.json: school_year: kế hoạch của Trường", lines[0])

    def test_issued_plan_is_not_overwritten(self):
        plan = self.load_one(sample())
        lines = self.refused(changed(sample(), ("rows", 0, "goal"), "khác"))
        self.assertEqual(
            lines,
            [
                "tep-0.json: school_year: kế hoạch năm học 2023-2024 của Trường Tiểu học "
                "Long Thuận đã ban hành; nội dung tệp khác với bản đang lưu nên không "
                "nạp đè được."
            ],
        )
        self.assertEqual(self.dumped(plan), sample())

    def test_submitted_plan_is_not_overwritten(self):
        document = sample("plan-preschool-2018")
        plan = self.load_one(document)
        type(plan).objects.update(status="submitted")
        lines = self.refused(changed(document, ("rows", 0, "goal"), "khác"))
        self.assertIn("đã trình; nội dung tệp khác", lines[0])

    def test_school_of_another_level_is_refused(self):
        self.load(sample())
        document = sample("plan-preschool-2018")
        document["school"]["name"] = "Trường Tiểu học Long Thuận"
        lines = self.refused(document)
        self.assertEqual(
            lines,
            [
                "tep-0.json: school.education_level: Trường Tiểu học Long Thuận trong hệ "
                "thống là cấp Tiểu học, không phải Mầm non."
            ],
        )
