"""Signing what was issued: by a key in the application, elsewhere, or by hand on paper.

One door for all ways. Whatever comes out of it was verified first; nothing is stored
unless all of it is valid. Keys and passphrases pass through in memory: nothing here
writes, logs or keeps them. Signing takes seconds, so it stays outside of transactions.
"""

import hashlib
from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.views.decorators.debug import sensitive_variables

from reports.enums import SignedBy, SigningWay
from reports.models import (
    IssuedDocument,
    SignatureImage,
    SignedFile,
)
from reports.signatures.pdf_image import PictureError
from reports.signatures.pdf_sign import (
    Appearance,
    SigningError,
    sign_pdf,
    timestamper_at,
)
from reports.signatures.roles import Role
from reports.signatures.subjects import organisation, signer_name
from reports.signatures.tokens import TokenError, open_token
from reports.signatures.word_package import WordRefused
from reports.signatures.word_signing import sign_docx
from reports.signing_names import HolderError, check_holder, is_named, step_of
from reports.signing_state import SigningState, state_of
from reports.signing_turns import tell_next
from reports.signing_verdict import as_json, reasons_of, trust_list, verdict_on

_DONE = "Văn bản đã ký xong, không ký thêm được nữa."
_WITHDRAWN = "Văn bản đã thu hồi nên không ký được nữa."
_TAKEN = (
    "Người khác vừa ký hoặc nộp bản ký của bước này. Bản của bạn không được lưu; hãy tải "
    "lại trang để xem bước tiếp theo."
)
_HAS_PERSON = (
    "Hệ thống đã có bản có chữ ký số của người ký. Bước này cần bản đó kèm thêm chữ ký số "
    "của cơ quan: tải bản để ký ở dưới, ký rồi nộp lại."
)
_OTHER_BASE = (
    "Tệp này không nối tiếp bản có chữ ký số của người ký đang lưu ở hệ thống. Hãy tải bản "
    "để ký ở dưới, cơ quan ký trên đúng bản đó rồi nộp lại."
)
_BROKEN = (
    "Tệp đang lưu không còn nguyên vẹn nên không ký được. Hãy báo ngay cho người quản trị "
    "hệ thống."
)
_NOT_SCAN = (
    "Tệp này là tệp của văn bản đã ban hành, không phải bản quét của bản giấy đã ký. Hãy in, "
    "ký, đóng dấu, quét rồi nộp bản quét."
)
_SIGNED_SCAN = (
    "Tệp này có chữ ký số. Hãy nộp ở mục “Ký bằng thiết bị của trường” để chữ ký được kiểm "
    "tra; mục này chỉ nhận bản quét của bản giấy ký tay."
)
_SCAN_WORDS = (
    "Bản quét của văn bản giấy. Hệ thống không kiểm tra được chữ ký tay và con dấu; người "
    "nộp bản quét chịu trách nhiệm đối chiếu với bản giấy."
)
_CLOSED_WAY = "Cách ký này không dùng được cho văn bản này. Hãy chọn cách khác ở dưới."


class RefusedError(Exception):
    """Nothing was stored; `reasons` say why, one sentence or two each."""

    def __init__(self, *reasons):
        self.reasons = reasons
        super().__init__(" ".join(reasons))


class OvertakenError(RefusedError):
    """Somebody else took the step meanwhile."""

    def __init__(self):
        super().__init__(_TAKEN)


@contextmanager
def server_key(pin):
    """The key of the server's own token, where the settings name one. Raises as
    `tokens.open_token` does."""
    with open_token(
        settings.PKCS11_MODULE,
        settings.PKCS11_TOKEN_LABEL,
        pin,
        settings.PKCS11_KEY_LABEL,
    ) as key:
        yield key


def sign_document(
    document, key, *, by, way, signed_by, with_word=False, with_timestamp=False
):
    """Sign the PDF (`with_word`: the DOCX too) with `key`, a `SigningKey`, in the name of
    `signed_by`, the step that the person saw. Returns the SignedFiles.

    Raises PermissionDenied and RefusedError."""
    state = _checked_state(document, by, way, signed_by)
    try:
        check_holder(
            signer_name(key.certificate), organisation(key.certificate), key.kind, state
        )
        signed = {"pdf": _signed_pdf(state, key, by, with_timestamp)}
        if with_word and (base := _base(state, "docx")):
            signed["docx"] = sign_docx(base, key)
    except WordRefused as refused:
        raise RefusedError(refused.problem.sentence) from refused
    except (HolderError, SigningError, TokenError, PictureError) as error:
        raise RefusedError(str(error)) from error
    return _verified_and_stored(state, signed, way=way, by=by)


def take_signed_upload(document, content, *, by):
    """Take in the PDF that was signed elsewhere: by the persons, or by all of them and the
    organisation. Returns the SignedFiles; raises as `sign_document` does."""
    state = _checked_state(document, by, SigningWay.TOKEN)
    return _verified_and_stored(
        state, {"pdf": content}, way=SigningWay.TOKEN, by=by, is_ours=False
    )


def take_scan(document, content, *, by):
    """Take in the scan (PDF) of the copy that was signed and sealed by hand; it stands for
    both steps. Returns the SignedFiles; raises as `sign_document` does."""
    state = _checked_state(document, by, SigningWay.SCAN)
    digest = hashlib.sha256(content).hexdigest()
    known = state.document.files.values_list("sha256", flat=True)
    if digest in {*known, *(file.sha256 for file in state.files)}:
        raise RefusedError(_NOT_SCAN)
    if b"/ByteRange" in content:
        raise RefusedError(_SIGNED_SCAN)
    verdict = {"is_scan": True, "sentences": [_SCAN_WORDS], "signatures": []}
    return _stored(
        state,
        {"pdf": (content, verdict)},
        signed_by=SignedBy.ORGANISATION,
        way=SigningWay.SCAN,
        by=by,
    )


# --- before ---------------------------------------------------------------------------


def _checked_state(document, by, way, signed_by=None):
    state = state_of(document)
    if not state.may_take(by, way):
        raise PermissionDenied
    if state.step is None:
        raise RefusedError(_WITHDRAWN if state.is_withdrawn else _DONE)
    if signed_by not in (None, state.step):
        raise OvertakenError
    if not state.is_open_to(way):
        raise RefusedError(_CLOSED_WAY)
    return state


def _base(state, file_format):
    """The bytes that are signed next; None where the person did not sign that format."""
    if state.step == SignedBy.PERSON:
        stored = state.document.files.filter(format=file_format).first()
    else:
        stored = state.document.signed_files.filter(
            format=file_format, signed_by=SignedBy.PERSON
        ).first()
    if stored is None:
        return None
    if not stored.is_intact:
        raise RefusedError(_BROKEN)
    return bytes(stored.content)


@sensitive_variables("key")
def _signed_pdf(state, key, by, with_timestamp):
    base = _base(state, "pdf")
    if base is None:
        raise RefusedError(_CLOSED_WAY)
    is_stamped = with_timestamp and settings.TSA_URL
    return sign_pdf(
        base,
        key,
        role=Role(str(state.step)),
        appearance=_appearance(state, by),
        timestamper=timestamper_at(settings.TSA_URL) if is_stamped else None,
    )


def picture_for(state, by):
    """The picture that goes onto the page with the next signature: the seal, or one's own
    signature where it is one's own name that is printed. None where there is none."""
    if state.step == SignedBy.PERSON:
        if not is_named(by.full_name, state):
            return None
        return SignatureImage.objects.filter(user=by).first()
    owner = {state.body._meta.model_name: state.body}
    return SignatureImage.objects.filter(**owner).first()


def _appearance(state, by):
    picture = picture_for(state, by)
    return Appearance(bytes(picture.content)) if picture else None


# --- after ----------------------------------------------------------------------------


def _verified_and_stored(state, signed, *, way, by, is_ours=True):
    """`signed` maps a format to the bytes; all of them are valid, or none is stored."""
    files, steps = {}, set()
    trust = trust_list()
    for file_format, content in signed.items():
        issued = state.document.files.filter(format=file_format).first()
        if issued is None or not issued.is_intact:
            raise RefusedError(_BROKEN)
        verdict = verdict_on(file_format, content, bytes(issued.content), trust)
        if not verdict.is_valid:
            raise RefusedError(*reasons_of(verdict))
        try:
            steps.add(step_of(verdict.signatures, state))
        except HolderError as error:
            raise RefusedError(str(error)) from error
        files[file_format] = (content, as_json(verdict))
    (signed_by,) = steps  # in one go all formats get the same signatures
    if not is_ours:
        _check_follows(state, signed["pdf"], signed_by)
    return _stored(state, files, signed_by=signed_by, way=way, by=by)


def _check_follows(state, content, signed_by):
    """That what was signed elsewhere goes on from what is stored."""
    if state.step == SignedBy.PERSON:
        return
    if signed_by == SignedBy.PERSON:
        raise RefusedError(_HAS_PERSON)
    if not content.startswith(_base(state, "pdf")):
        raise RefusedError(_OTHER_BASE)


def _stored(state, files, *, signed_by, way, by):
    """All `files`, {format: (bytes, verdict)}, or none, with the mails about them."""
    try:
        with transaction.atomic():
            _refuse_if_overtaken(state)
            stored = [
                SignedFile.objects.create(
                    document=state.document,
                    format=file_format,
                    signed_by=signed_by,
                    way=way,
                    content=content,
                    sha256=hashlib.sha256(content).hexdigest(),
                    verdict=verdict,
                    created_by=by,
                )
                for file_format, (content, verdict) in files.items()
            ]
            tell_next(state.document, by=by)
            return stored
    except IntegrityError as error:
        raise OvertakenError from error


def _refuse_if_overtaken(state):
    """Until the transaction ends, nobody else adds a signature to the document."""
    documents = IssuedDocument.objects.select_for_update().only("pk")
    current = SigningState(documents.get(pk=state.document.pk))
    if current.is_withdrawn:
        raise RefusedError(_WITHDRAWN)
    if current.step != state.step:
        raise OvertakenError
