"""A person's choice of mails."""

from django import forms

from qualityplan.forms import PlainHelper
from schools.models import User


class MailChoiceForm(PlainHelper, forms.ModelForm):
    class Meta:
        model = User
        fields = ["gets_deed_mails", "gets_deadline_mails", "gets_digest_mails"]
        labels = {
            "gets_deed_mails": "Khi hồ sơ được trình, trả lại, duyệt, ban hành, góp ý hoặc đến lượt ký",
            "gets_deadline_mails": "Nhắc hạn: trước 30 ngày, 7 ngày và 1 ngày",
            "gets_digest_mails": "Tổng hợp đầu tuần: việc đang chờ, việc quá hạn",
        }
        help_texts = {
            "gets_deed_mails": "Chỉ gửi cho người cần làm việc tiếp theo.",
            "gets_deadline_mails": "Gửi cho hiệu trưởng và người soạn thảo của trường; "
            "việc đã xong thì không nhắc.",
            "gets_digest_mails": "Gửi sáng thứ Hai cho hiệu trưởng và cán bộ của cơ quan "
            "quản lý, khi có việc cần làm.",
        }
