"""What can be wrong with a catalogue file, and what is said about it."""

import json

from tests.criteria.documents import CIRCULAR, changed

CRITERION = ("standards", 0, "criteria", 0)
REQUIREMENT = (*CRITERION, "requirements", 0)
HEAD = ("circular",)

# What is wrong at a place of a valid file, and what is said about it.
FAULTS = [
    ((*HEAD, "title"), 7, "circular.title: phải là một chuỗi, không phải 7."),
    ((*HEAD, "title"), "", "circular.title: không được để trống."),
    ((*HEAD, "title"), "a  b", "circular.title: thừa khoảng trắng hoặc có xuống dòng."),
    ((*HEAD, "title"), "a\nb", "circular.title: thừa khoảng trắng hoặc có xuống dòng."),
    (
        (*HEAD, "title"),
        "a\x07b",
        "circular.title: có ký tự không được phép: U+0007.",
    ),
    (
        (*HEAD, "title"),
        "Quy di\u0323nh",
        "circular.title: chữ có dấu phải ở dạng Unicode dựng sẵn (NFC).",
    ),
    ((*HEAD, "short"), "x" * 41, "circular.short: dài 41 ký tự, tối đa 40."),
    (
        (*HEAD, "issued"),
        "22/08/2018",
        'circular.issued: phải là ngày dạng YYYY-MM-DD, không phải "22/08/2018".',
    ),
    (
        (*HEAD, "issued"),
        20180822,
        "circular.issued: phải là ngày dạng YYYY-MM-DD, không phải 20180822.",
    ),
    (
        (*HEAD, "effective_to"),
        "2030-01-31",
        "circular.effective_to: ngày hết hiệu lực trước ngày có hiệu lực.",
    ),
    (
        (*HEAD, "education_levels", 0),
        "kindergarten",
        'circular.education_levels[0]: cấp học không rõ: "kindergarten"; chọn một '
        "trong: preschool, primary, lower_secondary, upper_secondary, multi_level, "
        "continuing.",
    ),
    (
        (*HEAD, "education_levels"),
        ["primary", "primary"],
        "circular.education_levels[1]: cấp học bị trùng với "
        "circular.education_levels[0].",
    ),
    (
        (*HEAD, "education_levels"),
        [],
        "circular.education_levels: danh sách không được để trống.",
    ),
    (
        (*HEAD, "max_level"),
        True,
        "circular.max_level: phải là số nguyên từ 1 đến 9, không phải true.",
    ),
    ((*HEAD, "colour"), "red", 'circular: mục "colour" không có trong lược đồ.'),
    (HEAD, [], "circular: phải là một đối tượng JSON, không phải một danh sách."),
    (("standards",), {}, "standards: phải là một danh sách, không phải một đối tượng."),
    (
        ("standards", 0, "number"),
        "1",
        'standards[0].number: phải là số nguyên từ 1 đến 99, không phải "1".',
    ),
    (
        (*CRITERION, "code"),
        "2.1",
        "standards[0].criteria[0].code: mã tiêu chí phải có dạng 1.1, 1.2, …, không "
        'phải "2.1".',
    ),
    (
        (*CRITERION, "code"),
        "1.2",
        "standards[0].criteria[1].code: mã tiêu chí bị trùng với "
        "standards[0].criteria[0].code.",
    ),
    (
        (*CRITERION, "mandatory"),
        "yes",
        'standards[0].criteria[0].mandatory: phải là true hoặc false, không phải "yes".',
    ),
    (
        (*CRITERION, "requirements"),
        [],
        "standards[0].criteria[0].requirements: danh sách không được để trống.",
    ),
    (
        (*REQUIREMENT, "level"),
        3,
        "standards[0].criteria[0].requirements[0].level: phải là số nguyên từ 1 đến 2, "
        "không phải 3.",
    ),
    (
        (*REQUIREMENT, "level"),
        1.0,
        "standards[0].criteria[0].requirements[0].level: phải là số nguyên từ 1 đến 2, "
        "không phải 1.0.",
    ),
    (
        (*REQUIREMENT, "point"),
        "b",
        "standards[0].criteria[0].requirements[1]: mức và điểm bị trùng với "
        "standards[0].criteria[0].requirements[0].",
    ),
    (
        (*REQUIREMENT, "point"),
        "A",
        "standards[0].criteria[0].requirements[0].point: điểm phải là một chữ cái "
        'thường hoặc “”, không phải "A".',
    ),
    (
        (*REQUIREMENT, "confidence"),
        "sure",
        "standards[0].criteria[0].requirements[0].confidence: độ tin cậy không rõ: "
        '"sure"; chọn một trong: two_sources, one_source.',
    ),
    (
        (*REQUIREMENT, "repealed_on"),
        None,
        "standards[0].criteria[0].requirements[0].repealed_on: phải là ngày dạng "
        "YYYY-MM-DD, không phải null.",
    ),
    (
        ("level_four",),
        CIRCULAR["level_four"] * 2,
        "level_four[1].number: số khoản bị trùng với level_four[0].number.",
    ),
]

CROSSWALK_FAULTS = [
    (
        (0, "criterion"),
        "9.9",
        "[0].criterion: không có tiêu chí 9.9 trong Thông tư 1/2030/TT-BGDĐT.",
    ),
    (
        (0, "from"),
        "3/2030/TT-BGDĐT",
        "[0].criterion: không có tiêu chí 1.1 trong Thông tư 3/2030/TT-BGDĐT.",
    ),
    (
        (0, "to", 1),
        "1.9",
        "[0].to[1]: không có tiêu chí 1.9 trong Thông tư 2/2031/TT-BGDĐT, Phụ lục II.",
    ),
    ((0, "to"), ["1.1", "1.1"], "[0].to: một tiêu chí được nêu hai lần."),
    (
        (0, "strength"),
        "none",
        "[0].to: để trống khi và chỉ khi mức độ là none.",
    ),
    (
        (0, "strength"),
        "some",
        '[0].strength: mức độ không rõ: "some"; chọn một trong: close, partial, none.',
    ),
]

# Bytes that are no catalogue at all.
BROKEN = [
    (
        b'{"circular": ',
        "JSON hỏng ở dòng 1, cột 14; tệp có thể bị cắt cụt hoặc thiếu dấu phẩy, dấu ngoặc.",
    ),
    (
        b"",
        "JSON hỏng ở dòng 1, cột 1; tệp có thể bị cắt cụt hoặc thiếu dấu phẩy, dấu ngoặc.",
    ),
    (b"\xff\xfe{}", "tệp không phải UTF-8 (byte thứ 1); hãy lưu lại bằng UTF-8."),
    (b"[" * 200_000, "JSON có số quá dài hoặc lồng nhau quá sâu."),
    (b"1" * 5000, "JSON có số quá dài hoặc lồng nhau quá sâu."),
    (b'{"a": NaN}', "giá trị NaN không phải JSON hợp lệ."),
    (b'{"a": 1, "a": 2}', 'khóa "a" bị lặp trong cùng một đối tượng JSON.'),
    (b" " * (5 * 1024**2 + 1), "tệp lớn hơn 5 MB; hãy chia thành nhiều tệp."),
    (b"null", "phải là một đối tượng JSON, không phải null."),
    (b"{}", "circular: thiếu mục này."),
    (b"[]", "danh sách không được để trống."),
    (b"[[]]", "[0]: phải là một đối tượng JSON, không phải một danh sách."),
    (
        json.dumps(changed(CIRCULAR, (*HEAD, "title"), "a\ud800b")).encode(),
        "circular.title: có ký tự không được phép: U+D800.",
    ),
]
