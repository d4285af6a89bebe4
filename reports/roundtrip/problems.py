"""Why a workbook is not taken, in the words its owner reads."""


class WorkbookRefusedError(Exception):
    """The workbook cannot be applied; the message says why and what to do."""


NOT_OURS = (
    "Đây không phải tệp Excel tải từ trang này (không có dấu của hệ thống). Hãy bấm “Tải "
    "tệp Excel để soạn” rồi điền vào tệp đó."
)
FORGED = (
    "Dấu của hệ thống trong tệp đã bị sửa hoặc hỏng nên không biết tệp thuộc kế hoạch "
    "nào. Hãy tải tệp mới rồi chép phần đã soạn sang."
)
WRONG_SCHOOL = "Tệp này của trường khác, không phải của {name}. Hãy chọn đúng tệp."
WRONG_YEAR = (
    "Tệp này của năm học {found}, còn trang đang mở là năm học {wanted}. Hãy chọn đúng "
    "tệp hoặc mở đúng năm học."
)
WRONG_KIND = {
    "plan": "Tệp này là tệp soạn kế hoạch, không phải tệp của báo cáo kết quả.",
    "result": "Tệp này là tệp soạn báo cáo kết quả, không phải tệp của kế hoạch.",
}
WRONG_SUBJECT = (
    "Tệp này thuộc một bản khác của cùng trường và năm học (bản đó đã được thay). Hãy "
    "tải tệp mới rồi chép phần đã soạn sang."
)
NO_SHEET = "Không thấy trang tính “{title}”: trang đã bị đổi tên hoặc xóa. Hãy đặt lại đúng tên."
HEADER = (
    "Dòng tiêu đề của trang “{title}” đã bị sửa ở cột {column}: phải là “{label}”. Hãy "
    "đặt lại như cũ, không đổi thứ tự cột."
)
TOO_LARGE = "Trang “{title}” có quá {rows} dòng; không được nhận."
DUPLICATE = "Trang “{title}”, dòng {row}: mã dòng trùng với dòng {other}. Hãy xóa dòng chép thừa."
MISSING = (
    "Trang “{title}”, dòng {row}: mất mã dòng (cột A ẩn). Dòng mới chỉ được thêm ở cuối "
    "bảng; hãy chuyển dòng này xuống cuối hoặc tải tệp mới."
)
UNKNOWN = "Trang “{title}”, dòng {row}: mã dòng không thuộc bản này. Hãy tải tệp mới."
FORMULA = (
    "Trang “{title}”, ô {cell}: có công thức. Hãy chép kết quả thành chữ (Dán đặc biệt, "
    "Giá trị) rồi lưu lại."
)
ERROR_VALUE = (
    "Trang “{title}”, ô {cell}: Excel báo lỗi ({value}). Hãy sửa ô đó rồi lưu lại."
)
NEW_LINES_MOVED = (
    "Trong lúc bạn xem, bảng vừa có dòng được thêm hoặc xóa. Chưa có gì được lưu; hãy "
    "tải tệp lên lại để xem lần nữa."
)
SPENT = "Trang xem lại đã quá một ngày hoặc không còn đúng. Hãy tải tệp lên lại."
