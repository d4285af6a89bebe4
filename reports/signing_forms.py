"""One form for each way to sign. What is secret is never given back to the page."""

from django import forms
from django.conf import settings
from django.views.decorators.debug import sensitive_variables

from plans.forms import PlainForm
from qualityplan.uploads import PDF, check_upload
from reports import signing
from reports.enums import SignedBy, SigningWay
from reports.signatures.keys import (
    LARGEST_BYTES,
    LOCKED,
    TOO_LARGE,
    KeyFileError,
    load_pkcs12,
)
from reports.signatures.pdf_image import LARGEST_BYTES as LARGEST_PICTURE
from reports.signatures.pdf_image import TOO_LARGE as PICTURE_TOO_LARGE
from reports.signatures.pdf_image import PictureError
from reports.signatures.tokens import TokenError
from reports.signatures.word_signing import WHERE_TRIED
from reports.signing_pictures import fit_picture

TITLES = {
    SigningWay.KEY_FILE: "Ký ngay bằng tệp chữ ký số (.p12, .pfx)",
    SigningWay.TOKEN: "Ký bằng thiết bị của trường (USB, SIM, ký từ xa)",
    SigningWay.SERVER: "Ký bằng thiết bị ký của máy chủ",
    SigningWay.SCAN: "Ký tay trên giấy, nộp bản quét",
}


class SecretInput(forms.PasswordInput):
    """Not filled in again, and not kept by the browser."""

    def __init__(self):
        super().__init__(attrs={"autocomplete": "off"})


class WayForm(PlainForm):
    """A form for the step that `state` is at. `take` signs or takes in; it raises what the
    functions of `reports.signing` do, and puts what belongs to a field there."""

    way = None

    def __init__(self, data=None, files=None, *, state):
        self.state = state
        # Several of these forms stand on one page.
        super().__init__(data, files, auto_id=f"{self.way}_%s")

    @property
    def title(self):
        return TITLES[self.way]


class _KeyForm(WayForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self._has_word():
            self.fields["with_word"] = forms.BooleanField(
                label="Ký cả bản Word",
                required=False,
                initial=True,
                help_text=WHERE_TRIED,
            )
        if settings.TSA_URL:
            self.fields["with_timestamp"] = forms.BooleanField(
                label="Kèm dấu thời gian",
                required=False,
                initial=True,
                help_text="Máy chủ cấp dấu thời gian xác nhận lúc ký.",
            )

    def _has_word(self):
        """The organisation signs the Word copy only where the person did."""
        signed = {file.signed_by for file in self.state.files if file.format == "docx"}
        return self.state.step == SignedBy.PERSON or SignedBy.PERSON in signed

    @sensitive_variables()
    def sign(self, key, *, by, signed_by):
        return signing.sign_document(
            self.state.document,
            key,
            by=by,
            way=self.way,
            signed_by=signed_by,
            with_word=self.cleaned_data.get("with_word", False),
            with_timestamp=self.cleaned_data.get("with_timestamp", False),
        )


class KeyFileForm(_KeyForm):
    way = SigningWay.KEY_FILE
    key_file = forms.FileField(
        label="Tệp chữ ký số",
        help_text="Tệp .p12 hoặc .pfx do nơi cấp chữ ký số giao, tối đa 100 KB. Hệ thống "
        "dùng tệp và mật khẩu một lần để ký rồi bỏ, không lưu lại.",
        widget=forms.FileInput(attrs={"accept": ".p12,.pfx"}),
        error_messages={"required": "Hãy chọn tệp chữ ký số."},
    )
    passphrase = forms.CharField(
        label="Mật khẩu của tệp",
        max_length=200,
        strip=False,
        widget=SecretInput(),
        error_messages={"required": "Hãy gõ mật khẩu của tệp chữ ký số."},
    )

    def clean_key_file(self):
        upload = self.cleaned_data["key_file"]
        if upload.size > LARGEST_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return upload

    @sensitive_variables()
    def take(self, *, by, signed_by):
        content = self.cleaned_data["key_file"].read()
        try:
            key = load_pkcs12(content, self.cleaned_data["passphrase"])
        except KeyFileError as error:
            is_locked = str(error) == LOCKED
            self.add_error("passphrase" if is_locked else "key_file", str(error))
            return None
        return self.sign(key, by=by, signed_by=signed_by)


class ServerForm(_KeyForm):
    way = SigningWay.SERVER
    pin = forms.CharField(
        label="Mã PIN của thiết bị ký",
        max_length=64,
        strip=False,
        widget=SecretInput(),
        help_text="Gõ cho mỗi lần ký; hệ thống không lưu. Gõ sai nhiều lần thì thiết bị "
        "tự khóa.",
        error_messages={"required": "Hãy gõ mã PIN."},
    )

    @sensitive_variables()
    def take(self, *, by, signed_by):
        try:
            with signing.server_key(self.cleaned_data["pin"]) as key:
                return self.sign(key, by=by, signed_by=signed_by)
        except (TokenError, KeyFileError) as error:
            self.add_error("pin", str(error))
            return None


class _PdfForm(WayForm):
    file = forms.FileField(
        label="Tệp PDF",
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
        error_messages={"required": "Hãy chọn tệp PDF."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = f"Tối đa {settings.EVIDENCE_MAX_MB} MB."

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if check_upload(upload) != PDF:
            raise forms.ValidationError("Chỉ nhận tệp PDF. Hãy chọn lại.")
        return upload


class UploadForm(_PdfForm):
    way = SigningWay.TOKEN

    def take(self, *, by, signed_by):
        content = self.cleaned_data["file"].read()
        return signing.take_signed_upload(self.state.document, content, by=by)


class ScanForm(_PdfForm):
    way = SigningWay.SCAN
    is_compared = forms.BooleanField(
        label="Bản quét đủ trang, rõ chữ ký, con dấu và đúng với bản giấy",
        error_messages={
            "required": "Hãy đối chiếu bản quét với bản giấy rồi đánh dấu."
        },
    )

    def take(self, *, by, signed_by):
        content = self.cleaned_data["file"].read()
        return signing.take_scan(self.state.document, content, by=by)


FORMS = {form.way: form for form in (KeyFileForm, UploadForm, ServerForm, ScanForm)}


class PictureForm(PlainForm):
    """A PNG of a signature or a seal; `picture` is as it will stand on paper."""

    file = forms.FileField(
        label="Ảnh PNG",
        help_text="Nền trong suốt hoặc trắng, tối đa 2 MB. Hệ thống tự cắt phần nền thừa.",
        widget=forms.FileInput(attrs={"accept": ".png"}),
        error_messages={"required": "Hãy chọn ảnh PNG."},
    )

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST_PICTURE:
            raise forms.ValidationError(PICTURE_TOO_LARGE)
        if check_upload(upload).extension != "png":
            raise forms.ValidationError("Chỉ nhận ảnh PNG. Hãy chọn lại.")
        try:
            self.picture = fit_picture(upload.read())
        except PictureError as error:
            raise forms.ValidationError(str(error)) from error
        return upload
