"""The lines around the text that the decree words: nation, number, place and date,
capacity of the signer."""

import datetime
import re

from qualityplan.text import fold

_NATION = "cong hoa xa hoi chu nghia viet nam"
_MOTTO = re.compile(r"^doc lap\W+tu do\W+hanh phuc\W*$")
_RULE = re.compile(r"^[\W_]+$")
_NUMBER = re.compile(
    r"^S[ốôoỐÔO]\s*:?\s*([\d….\s]*?)\s*/\s*(?:([A-ZĐa-z]{2,4})\s*[-–]\s*)"
    r"([^\s,;]{0,30})\s*$"
)
_DATE = re.compile(
    r"^(.{0,60}?),?\s*ng[àa]y\s*([\d…._\s]*)th[áa]ng\s*([\d…._\s]*)n[ăa]m\s*([\d…._\s]*)$",
    re.IGNORECASE,
)
_SHORT_DATE = re.compile(
    r"^([^\d]{1,30}[^,]{0,10}),\s*ng[àa]y\s*(\d{1,2})\s*/\s*(\d{1,2})\s*/\s*(\d{4})$",
    re.IGNORECASE,
)
_HINT = re.compile(r"^\W*(?:da )?(?:ky|chu ky)\b")
_CAPACITY = re.compile(
    r"^(?:(?:kt|tm|tl|tuq|q)\s?\.\s?\S.*|"
    r"(?:pho |quyen )?hieu truong|(?:pho )?giam doc|(?:pho )?chu tich(?: hoi dong.*)?|"
    r"(?:pho )?truong phong(?: .*)?|thu ky(?: .*)?|(?:pho )?truong doan(?: .*)?|"
    r"chu toa|to truong(?: .*)?|(?:cac )?thanh vien(?: .*)?|dai dien .*|"
    r"nguoi (?:lap|viet|ghi)(?: .*)?|hoi dong tu danh gia)$"
)
_BY_ORDER = re.compile(r"^(?:kt|tm|tl|tuq|q)\s?\.")
_NAME = re.compile(r"^(?:[^\W\d_][^\d_]*?\s?){2,7}$")
_LONGEST_CAPACITY = 70
_LONGEST_PLACE = 6  # words


def is_form_wording(text):
    """What every official text says: nation, motto, drawn rules, hints to sign."""
    folded = fold(text)
    return (
        folded == _NATION
        or bool(_MOTTO.match(folded))
        or bool(_RULE.match(text))
        or (text.startswith("(") and bool(_HINT.match(folded)))
    )


def number_and_symbol(text):
    """(number or None, type or "", symbol) of "Số: 48/BC-NSH"; None for other text."""
    found = _NUMBER.match(text)
    if found is None or len(text) > 60:
        return None
    digits = re.sub(r"\D", "", found[1])
    symbol = found[3].strip("….")
    return (int(digits) if digits else None), (found[2] or "").upper(), symbol


def place_and_date(text):
    """(place, date or None) of "Phường 3, ngày 16 tháng 5 năm 2023"; None for other text."""
    found = _DATE.match(text) or _SHORT_DATE.match(text)
    if found is None:
        return None
    day, month, year = (re.sub(r"\D", "", part) for part in found.groups()[1:])
    place = found[1].strip(" ….,_")
    if len(place.split()) > _LONGEST_PLACE or re.search(r"/|\bsố\b", place):
        return None  # "Căn cứ Kế hoạch số 12/KH-GDĐT, ngày ..." is no letterhead
    try:
        return place, datetime.date(int(year), int(month), int(day))
    except ValueError:
        return place, None


def is_capacity(text, *, anywhere=True):
    """Whether `text` is the capacity of a signer. In running text only capitals count:
    "Hiệu trưởng" is a heading there as well."""
    folded = fold(text)
    return (
        len(text) <= _LONGEST_CAPACITY
        and bool(_CAPACITY.match(folded))
        and (anywhere or text.isupper())
    )


def is_by_order(text):
    return bool(_BY_ORDER.match(fold(text)))


def is_name(text):
    return bool(_NAME.match(text)) and len(text) <= 60 and text[:1].isupper()


def corrected(text):
    """The spelling of the decree for the first words of an office."""
    return re.sub(r"^(U|u)(Ỷ|ỷ)(?=\s)", lambda m: "ỦY" if m[2] == "Ỷ" else "Ủy", text)
