"""What the verification of a signed file found, and how to say it.

Codes for the program, sentences for the principal. A verdict never raises: a file that
cannot be read is a verdict as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from reports.signatures.problems import Problem
from reports.signatures.subjects import SignerKind

__all__ = ["FileVerdict", "Problem", "SignatureVerdict", "SignerKind"]

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True)
class SignatureVerdict:
    """One signature. Moments are aware."""

    signer_name: str
    organisation: str  # empty where the certificate names none
    signed_at: (
        datetime | None
    )  # as the signer's machine said; None where it said nothing
    timestamped_at: datetime | None  # as a trusted time stamp proves
    is_intact: bool  # what it signed is still what it signed, and the key's own
    is_trusted: bool  # the certificate leads to the trust list and was in force
    covers_whole_file: bool  # nothing came after it but proofs of validity
    kind: SignerKind
    problems: tuple[Problem, ...] = ()

    @property
    def is_valid(self) -> bool:
        return self.is_intact and self.is_trusted and not self.problems

    def sentences(self) -> tuple[str, ...]:
        """Who and when; intact or changed; trusted or not; how much of the file."""
        if self.is_intact:
            content = "Nội dung còn nguyên vẹn từ khi ký."
        else:
            content = "Nội dung không còn nguyên vẹn hoặc chữ ký không đúng."
        trust = (
            "Nơi cấp chứng thư số nằm trong danh sách tin cậy."
            if self.is_trusted
            else "Chưa tin cậy được chứng thư số của người ký."
        )
        reasons = (problem.sentence for problem in self.problems)
        return (self._who_and_when(), content, trust, self._extent(), *reasons)

    def _who_and_when(self) -> str:
        labels = {
            SignerKind.PERSON: "Người ký",
            SignerKind.ORGANISATION: "Cơ quan ký",
            SignerKind.UNKNOWN: "Bên ký",
        }
        name = f"{labels[self.kind]}: {self.signer_name}"
        if self.organisation and self.organisation != self.signer_name:
            name += f" ({self.organisation})"
        return f"{name}; {self._when()}."

    def _when(self) -> str:
        if self.timestamped_at:
            return f"ký lúc {spoken(self.timestamped_at)}, có dấu thời gian xác nhận"
        if self.signed_at:
            return f"ký lúc {spoken(self.signed_at)} theo đồng hồ của máy ký"
        return "không ghi thời gian ký"

    def _extent(self) -> str:
        if self.covers_whole_file:
            return "Chữ ký bao trùm toàn bộ tệp."
        if self.is_valid:
            return "Chữ ký bao trùm toàn bộ nội dung; sau đó chỉ có thêm chữ ký khác."
        return "Chữ ký không bao trùm toàn bộ tệp."


# A signature that is there and cannot be read as one.
UNREADABLE = SignatureVerdict(
    signer_name="Không đọc được",
    organisation="",
    signed_at=None,
    timestamped_at=None,
    is_intact=False,
    is_trusted=False,
    covers_whole_file=False,
    kind=SignerKind.UNKNOWN,
    problems=(Problem.UNREADABLE_SIGNATURE,),
)


@dataclass(frozen=True)
class FileVerdict:
    """All signatures of a file, in the order in which they were made."""

    signatures: tuple[SignatureVerdict, ...] = ()
    is_the_issued_document: bool | None = (
        None  # None: there was nothing to compare with
    )
    problems: tuple[Problem, ...] = ()

    @property
    def is_valid(self) -> bool:
        return (
            bool(self.signatures)
            and not self.problems
            and self.is_the_issued_document is not False
            and all(signature.is_valid for signature in self.signatures)
        )

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """Of the file, then of its signatures; each once."""
        own = [each for signature in self.signatures for each in signature.problems]
        return tuple(dict.fromkeys((*self.problems, *own)))

    @property
    def kinds(self) -> frozenset[SignerKind]:
        """Whose valid signatures the file bears: a person's, an organisation's."""
        return frozenset(each.kind for each in self.signatures if each.is_valid)

    def sentences(self) -> tuple[str, ...]:
        """The verdict first, then what there is to say about each signature."""
        return tuple(self._sentences())

    def _sentences(self) -> Iterator[str]:
        if self.is_valid:
            yield f"Hợp lệ: tệp có {len(self.signatures)} chữ ký số, tất cả đều đúng."
        else:
            yield "Không hợp lệ."
        yield from (problem.sentence for problem in self.problems)
        if self.is_the_issued_document:
            yield "Tệp là đúng văn bản đã ban hành."
        for number, signature in enumerate(self.signatures, start=1):
            first, *rest = signature.sentences()
            yield f"Chữ ký {number}. {first}"
            yield from rest


def spoken(moment: datetime) -> str:
    """As E05 of the decree writes it, in the time of Vietnam."""
    local = moment.astimezone(VIETNAM)
    return f"{local:%d/%m/%Y; %H:%M:%S} {local:%z}"[:-2] + ":00"
