"""Why a signature or a signed file is not accepted: a code, and a sentence for people."""

from enum import StrEnum


class Problem(StrEnum):
    # of one signature
    CHANGED = "changed"
    FORGED = "forged"
    TEXT_ADDED = "text_added"
    PARTIAL = "partial"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    UNTRUSTED = "untrusted"
    UNFIT = "unfit"
    WEAK = "weak"
    BAD_TIMESTAMP = "bad_timestamp"
    UNTRUSTED_TIMESTAMP = "untrusted_timestamp"
    UNREADABLE_SIGNATURE = "unreadable_signature"
    # of a Word package
    PART_UNSIGNED = "part_unsigned"
    LINK_ADDED = "link_added"
    TYPE_CHANGED = "type_changed"
    TIME_CHANGED = "time_changed"
    BOMB = "bomb"
    ENTITIES = "entities"
    ACTIVE_CONTENT = "active_content"
    # of the file
    NOT_PDF = "not_pdf"
    NOT_WORD = "not_word"
    TOO_LARGE = "too_large"
    DAMAGED = "damaged"
    TOO_COMPLEX = "too_complex"
    ENCRYPTED = "encrypted"
    NO_SIGNATURE = "no_signature"
    OTHER_DOCUMENT = "other_document"
    ALTERED_BEFORE = "altered_before"
    COVERING_PICTURE = "covering_picture"
    SHOWN_UNSIGNED = "shown_unsigned"
    ADDED_AFTERWARDS = "added_afterwards"

    @property
    def sentence(self) -> str:
        return _SENTENCES[self]


_SENTENCES = {
    Problem.CHANGED: (
        "Nội dung đã bị thay đổi sau khi ký. Hãy lấy lại tệp gốc và ký lại."
    ),
    Problem.FORGED: (
        "Giá trị chữ ký không đúng với chứng thư số: chữ ký hỏng hoặc giả. Hãy ký lại."
    ),
    Problem.TEXT_ADDED: (
        "Sau khi ký, văn bản còn bị thêm hoặc sửa nội dung. Hãy ký lại bản đã ban hành."
    ),
    Problem.PARTIAL: "Chữ ký chỉ bao trùm một phần của văn bản. Hãy ký lại.",
    Problem.EXPIRED: (
        "Chứng thư số đã hết hạn khi ký. Hãy gia hạn chữ ký số rồi ký lại."
    ),
    Problem.NOT_YET_VALID: "Chứng thư số chưa có hiệu lực khi ký.",
    Problem.UNTRUSTED: (
        "Chứng thư số không do nơi cấp trong danh sách tin cậy cấp. "
        "Nếu nơi cấp này đúng, hãy đề nghị quản trị thêm vào danh sách."
    ),
    Problem.UNFIT: "Chứng thư số không được cấp để ký văn bản.",
    Problem.WEAK: "Chữ ký dùng thuật toán đã lỗi thời, không còn an toàn.",
    Problem.BAD_TIMESTAMP: "Dấu thời gian kèm chữ ký không đúng.",
    Problem.UNTRUSTED_TIMESTAMP: (
        "Dấu thời gian không do nơi cấp trong danh sách tin cậy cấp."
    ),
    Problem.UNREADABLE_SIGNATURE: "Không đọc được chữ ký này.",
    Problem.PART_UNSIGNED: "Có phần nội dung của tệp không nằm trong chữ ký.",
    Problem.LINK_ADDED: "Có liên kết được thêm vào tệp ngoài phần đã ký.",
    Problem.TYPE_CHANGED: "Kiểu nội dung của một phần đã ký bị thay đổi.",
    Problem.TIME_CHANGED: "Thời gian ký ghi trong chữ ký đã bị sửa sau khi ký.",
    Problem.BOMB: (
        "Tệp nén phình ra quá lớn khi mở (nghi là tệp phá hoại) nên không được nhận."
    ),
    Problem.ENTITIES: (
        "Tệp chứa khai báo thực thể XML, tệp Word bình thường không có, "
        "nên không được nhận."
    ),
    Problem.ACTIVE_CONTENT: (
        "Tệp chứa macro, đối tượng nhúng hoặc liên kết ra ngoài, "
        "bản đã ban hành không có những thứ đó."
    ),
    Problem.NOT_PDF: "Tệp này không phải tệp PDF. Hãy chọn tệp PDF đã ký.",
    Problem.NOT_WORD: "Tệp này không phải tệp Word (.docx). Hãy chọn tệp đã ký.",
    Problem.TOO_LARGE: "Tệp lớn hơn 30 MB nên không được nhận.",
    Problem.DAMAGED: (
        "Tệp bị hỏng hoặc không đầy đủ, không đọc được. Hãy tải tệp lên lại."
    ),
    Problem.TOO_COMPLEX: (
        "Tệp phức tạp bất thường nên việc kiểm tra đã bị dừng. "
        "Hãy ký lại từ bản đã ban hành."
    ),
    Problem.ENCRYPTED: (
        "Tệp bị khóa bằng mật khẩu. Hãy ký lại từ bản đã ban hành, không đặt mật khẩu."
    ),
    Problem.NO_SIGNATURE: (
        "Tệp không có chữ ký số nào. Hãy chọn tệp đã ký, không phải tệp tải về để ký."
    ),
    Problem.OTHER_DOCUMENT: (
        "Tệp đã ký không phải là văn bản đã ban hành, hoặc phần mềm ký đã lưu lại toàn "
        "bộ tệp. Hãy tải đúng bản đã ban hành về, ký rồi nộp lại."
    ),
    Problem.ALTERED_BEFORE: (
        "Trước khi ký, nội dung của văn bản đã ban hành bị thêm hoặc sửa. "
        "Hãy tải lại bản đã ban hành, ký mà không sửa gì."
    ),
    Problem.COVERING_PICTURE: (
        "Hình ảnh của một chữ ký lớn bất thường, có thể che nội dung văn bản. "
        "Hãy ký lại với hình nhỏ hơn."
    ),
    Problem.SHOWN_UNSIGNED: (
        "Tệp có ô ký chưa ai ký nhưng lại in chữ hoặc hình lên trang. "
        "Hãy tải lại bản đã ban hành rồi ký."
    ),
    Problem.ADDED_AFTERWARDS: (
        "Sau chữ ký cuối cùng, tệp còn bị ghi thêm dữ liệu chưa được ký."
    ),
}
