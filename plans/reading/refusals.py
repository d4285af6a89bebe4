"""Why a file is not taken, in the words its owner reads."""


class DocumentRefused(Exception):  # noqa: N818 - what happened to the file
    """The file cannot be taken; the message says why and what to do."""


EMPTY = "Tệp rỗng: không có nội dung nào bên trong."
TOO_LARGE = "Tệp lớn hơn {limit} MB; hãy bỏ bớt hình ảnh rồi lưu lại."
ENCRYPTED = "Tệp có mật khẩu; hãy mở bằng Word hoặc Excel, bỏ mật khẩu rồi lưu lại."
PDF = "Đây là tệp PDF; hãy tải lên tệp Word (.docx) hoặc Excel (.xlsx) gốc."
RICH_TEXT = "Đây là tệp RTF; hãy mở bằng Word rồi lưu lại dạng .docx."
NOT_OFFICE = "Đây không phải tệp Word hay Excel (.docx, .xlsx)."
OTHER_ZIP = "Đây là tệp nén (ZIP), không phải tệp Word hay Excel; hãy giải nén rồi tải lên từng tệp bên trong."
SLIDES = "Đây là tệp trình chiếu (PowerPoint); hãy tải lên tệp Word (.docx) hoặc Excel (.xlsx)."
ARCHIVE = "Đây là tệp nén ({kind}); hãy giải nén rồi tải lên từng tệp bên trong."
PICTURE = "Đây là tệp ảnh; hãy tải lên tệp Word (.docx) hoặc Excel (.xlsx) gốc, không phải ảnh chụp."
WEB_PAGE = "Đây là trang web (HTML) dù tên tệp ghi khác; hãy mở bằng Word hay Excel rồi lưu lại dạng .docx hoặc .xlsx."
FLAT_XML = "Đây là tệp XML của Office đời cũ; hãy mở bằng Word hay Excel rồi lưu lại dạng .docx hoặc .xlsx."
TEXT = "Đây là tệp chữ thường (TXT, CSV); hãy mở bằng Word hay Excel rồi lưu lại dạng .docx hoặc .xlsx."
BROKEN = "Tệp bị hỏng hoặc chưa tải đủ; hãy mở lại bằng Word hay Excel và lưu lại."
TOO_MANY_PARTS = "Tệp chứa quá nhiều phần bên trong (tối đa {limit}); không được nhận."
BOMB = "Tệp nén phình ra quá lớn khi mở (nghi là tệp phá hoại); không được nhận."
TWICE = "Tệp có hai phần trùng tên bên trong; không được nhận."
TOO_LONG = "Nội dung của tệp quá dài để đọc; hãy chia thành nhiều tệp."
ENTITIES = "Tệp chứa khai báo thực thể XML (DOCTYPE, ENTITY); không được nhận."
MACROS = "Tệp chứa macro; hãy lưu lại dạng .docx hoặc .xlsx không có macro."
EXTERNAL = "Tệp có liên kết đến tệp hoặc mẫu bên ngoài; hãy gỡ liên kết rồi lưu lại."
EMBEDDED = "Tệp chứa đối tượng nhúng (OLE); hãy xóa đối tượng đó rồi lưu lại."
SHEET_SIZE = (
    "Trang tính khai báo vùng quá lớn ({claim}); chỉ đọc tối đa {rows} dòng, {columns} "
    "cột. Hãy chép bảng sang một tệp mới."
)
OLD_FORMAT = "Đây là tệp dạng cũ ({suffix}); hãy mở ra và lưu lại dạng {wanted}."
CONVERSION = "Không chuyển được tệp {suffix}; hãy mở ra và lưu lại dạng {wanted}."
OLD_FONT = (
    "Chữ ở đây gõ bằng phông cũ (VNI, .VnTime) nên đọc ra sai dấu; hãy chuyển sang Unicode "
    "(ví dụ bằng UniKey) rồi tải tệp lên lại."
)
NO_TABLE = (
    "Không tìm thấy bảng nào có các cột của kế hoạch cải tiến chất lượng hay báo cáo kết "
    "quả thực hiện."
)
