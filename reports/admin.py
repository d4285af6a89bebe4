"""Whom signatures are trusted from: kept by the system administrator."""

import hashlib
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django import forms
from django.contrib import admin
from django.utils import timezone

from reports.models import TrustedCertificate
from reports.signatures.trust import TrustList, TrustListError

_LARGEST = 64 * 1024
_HELP = (
    "Dán nội dung PEM (-----BEGIN CERTIFICATE-----), hoặc chọn tệp ở dưới. Thêm chứng thư "
    "của chính nơi cấp chữ ký số (chứng thư trung gian, ví dụ “VNPT-CA”), không chỉ chứng "
    "thư gốc quốc gia: nhiều tệp chữ ký không kèm chứng thư trung gian."
)


class TrustedCertificateForm(forms.ModelForm):
    """One certificate of an authority, as PEM or as the file that it publishes."""

    file = forms.FileField(
        label="Tệp chứng thư",
        required=False,
        help_text="Tệp .cer, .crt hoặc .pem tải từ trang của nơi cấp.",
    )

    class Meta:
        model = TrustedCertificate
        fields = ["name", "pem"]
        help_texts = {"pem": _HELP}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pem"].required = False

    def clean(self):
        cleaned = super().clean()
        upload, pem = cleaned.get("file"), cleaned.get("pem", "")
        field = "file" if upload else "pem"
        try:
            certificate = _certificate(_read(upload) if upload else pem.encode())
            _check(certificate)
        except TrustListError as error:
            self.add_error(field, str(error))
            return cleaned
        cleaned["pem"] = certificate.public_bytes(Encoding.PEM).decode()
        self.instance.sha256 = fingerprint(certificate)
        known = TrustedCertificate.objects.filter(sha256=self.instance.sha256)
        if known.exclude(pk=self.instance.pk).exists():
            self.add_error(field, "Chứng thư này đã có trong danh sách.")
        return cleaned


def fingerprint(certificate):
    """SHA-256 of the certificate itself (DER), as authorities publish it."""
    return hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest()


def _read(upload):
    if upload.size > _LARGEST:
        raise TrustListError("Tệp lớn hơn 64 KB, không giống một chứng thư.")
    return upload.read()


def _certificate(content):
    """The one certificate in `content`, PEM or DER."""
    if content.startswith(b"\x30"):
        try:
            return x509.load_der_x509_certificate(content)
        except ValueError as error:
            raise TrustListError("Tệp này không phải chứng thư số.") from error
    text = content.decode("utf-8", errors="replace")
    if "PRIVATE KEY" in text:
        raise TrustListError(
            "Nội dung có khóa bí mật. Chỉ đưa chứng thư; hãy xóa tệp này khỏi nơi dùng chung."
        )
    anchors = TrustList([text]).anchors
    if len(anchors) != 1:
        raise TrustListError("Mỗi dòng một chứng thư. Hãy thêm từng chứng thư.")
    return anchors[0]


def _check(certificate):
    """That it is an authority's and in force."""
    try:
        found = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
        is_authority = found.value.ca
    except x509.ExtensionNotFound:
        is_authority = certificate.issuer == certificate.subject  # roots of long ago
    except ValueError as error:
        raise TrustListError("Chứng thư này không đọc được.") from error
    if not is_authority:
        raise TrustListError(
            "Đây là chứng thư của người dùng, không phải của nơi cấp. Hãy lấy chứng thư của "
            "nơi cấp."
        )
    ends = certificate.not_valid_after_utc
    if ends < datetime.now(UTC):
        raise TrustListError(
            f"Chứng thư này đã hết hạn ngày {timezone.localtime(ends):%d/%m/%Y}."
        )


@admin.register(TrustedCertificate)
class TrustedCertificateAdmin(admin.ModelAdmin):
    form = TrustedCertificateForm
    list_display = ["name", "issued_to", "valid_until", "short_sha256"]
    search_fields = ["name"]
    readonly_fields = ["issued_to", "issued_by", "valid_until", "sha256"]
    fields = ["name", "pem", "file", *readonly_fields]

    @admin.display(description="cấp cho")
    def issued_to(self, trusted):
        return _of(trusted, lambda found: found.subject.rfc4514_string())

    @admin.display(description="nơi cấp")
    def issued_by(self, trusted):
        return _of(trusted, lambda found: found.issuer.rfc4514_string())

    @admin.display(description="có hiệu lực đến")
    def valid_until(self, trusted):
        return _of(
            trusted,
            lambda found: f"{timezone.localtime(found.not_valid_after_utc):%d/%m/%Y}",
        )

    @admin.display(description="SHA-256")
    def short_sha256(self, trusted):
        return f"{trusted.sha256[:16]}…"


def _of(trusted, told):
    anchors = TrustList([trusted.pem]).anchors if trusted.pem else ()
    return told(anchors[0]) if anchors else "—"
