"""In which capacity somebody signs, and what then stands above the name (S02, S03)."""

from dataclasses import dataclass
from enum import StrEnum

from qualityplan.text import lines
from reports.official.document import Signature

HINT = "(Ký, ghi rõ họ tên, đóng dấu)"  # S06, on blank forms only


class Capacity(StrEnum):
    HEAD = "head"
    DEPUTY = "deputy"
    ACTING = "acting"
    DEPUTY_IN_CHARGE = "deputy_in_charge"
    COUNCIL = "council"
    OFFICE = "office"
    DIRECTOR = "director"


@dataclass(frozen=True)
class SigningForm:
    label: str  # for a list to choose from
    lines: tuple[str, ...]
    second_title: str = ""


SIGNING_FORMS = {
    Capacity.HEAD: SigningForm("Hiệu trưởng", ("HIỆU TRƯỞNG",)),
    Capacity.DEPUTY: SigningForm(
        "Phó Hiệu trưởng ký thay Hiệu trưởng",
        ("KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG"),
    ),
    Capacity.ACTING: SigningForm("Quyền Hiệu trưởng", ("Q. HIỆU TRƯỞNG",)),
    # A deputy put in charge of the school has no head to sign by order of, but the
    # decree knows no other form for a deputy (S03).
    Capacity.DEPUTY_IN_CHARGE: SigningForm(
        "Phó Hiệu trưởng phụ trách trường",
        ("KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG"),
    ),
    Capacity.COUNCIL: SigningForm(
        "Chủ tịch Hội đồng tự đánh giá",
        ("TM. HỘI ĐỒNG TỰ ĐÁNH GIÁ", "CHỦ TỊCH"),
        second_title="HIỆU TRƯỞNG",
    ),
    Capacity.OFFICE: SigningForm(
        "Trưởng phòng Văn hóa - Xã hội, thừa lệnh Chủ tịch",
        ("TL. CHỦ TỊCH", "TRƯỞNG PHÒNG VĂN HÓA - XÃ HỘI"),
    ),
    Capacity.DIRECTOR: SigningForm("Giám đốc trung tâm", ("GIÁM ĐỐC",)),
}


def signature_entry(capacity: str, name: str) -> dict[str, str]:
    """What `OfficialText.signatures` holds of somebody who signs."""
    form = SIGNING_FORMS[Capacity(capacity)]
    found = {"capacity": "\n".join(form.lines), "name": name}
    return found | ({"second_title": form.second_title} if form.second_title else {})


def recorded_signature(entry: dict[str, str]) -> Signature:
    """Of an entry of `OfficialText.signatures`."""
    return Signature(
        tuple(lines(entry["capacity"].upper())),
        entry["name"],
        second_title=entry.get("second_title", ""),
    )
