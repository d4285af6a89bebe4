"""What the verification of a signed file says: asked, told to people, kept."""

from datetime import UTC, datetime

from reports.models import TrustedCertificate
from reports.signatures.pdf_verify import verify_pdf
from reports.signatures.problems import Problem
from reports.signatures.trust import TrustList
from reports.signatures.word_verifying import verify_docx

HOW_TO_TRUST = (
    "Quản trị hệ thống thêm nơi cấp ở trang Quản trị, mục “Chứng thư gốc được tin cậy”; cần "
    "chứng thư của chính nơi cấp (chứng thư trung gian), không chỉ chứng thư gốc."
)
_VERIFIERS = {"pdf": verify_pdf, "docx": verify_docx}


def trust_list():
    """The certificates that the administrator keeps."""
    return TrustList(TrustedCertificate.objects.values_list("pem", flat=True))


def verdict_on(file_format, content, issued, trust):
    """The `FileVerdict` on `content`, which should be `issued` with signatures."""
    return _VERIFIERS[file_format](content, trust=trust, issued=issued)


def reasons_of(verdict):
    """Why a file is refused: the problems, and whose signatures have them."""
    reasons = []
    for problem in verdict.all_problems:
        reasons.append(problem.sentence)
        if problem in (Problem.UNTRUSTED, Problem.UNTRUSTED_TIMESTAMP):
            reasons.append(HOW_TO_TRUST)
    reasons += [
        f"Chữ ký bị từ chối. {each.sentences()[0]}"
        for each in verdict.signatures
        if not each.is_valid
    ]
    return reasons


def as_json(verdict):
    """What is kept of a `FileVerdict`, and shown as long as the file is."""
    return {
        "is_valid": verdict.is_valid,
        "is_the_issued_document": verdict.is_the_issued_document,
        "checked_at": datetime.now(UTC).isoformat(),
        "sentences": list(verdict.sentences()),
        "signatures": [
            {
                "signer_name": each.signer_name,
                "organisation": each.organisation,
                "kind": str(each.kind),
                "signed_at": each.signed_at and each.signed_at.isoformat(),
                "timestamped_at": each.timestamped_at
                and each.timestamped_at.isoformat(),
                "is_intact": each.is_intact,
                "is_trusted": each.is_trusted,
                "covers_whole_file": each.covers_whole_file,
                "sentences": list(each.sentences()),
            }
            for each in verdict.signatures
        ],
    }
