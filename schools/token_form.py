from django import forms

from qualityplan.fields import PlainTextField
from qualityplan.forms import PlainHelper


class TokenForm(PlainHelper, forms.Form):
    name = PlainTextField(
        label="Dùng cho",
        max_length=100,
        widget=forms.TextInput,
        help_text="Tên chương trình sẽ đọc dữ liệu, ví dụ: Bảng tổng hợp của phòng.",
    )
    expires_on = forms.DateField(
        label="Dùng được đến hết ngày",
        help_text="Ngày/tháng/năm, tối đa một năm kể từ hôm nay.",
        error_messages={
            "invalid": "Hãy ghi ngày dạng ngày/tháng/năm, ví dụ 31/5/2027."
        },
    )
