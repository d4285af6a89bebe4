"""Number, symbol, place and date of an official text (N01-N04, D01-D04)."""

from datetime import date

from qualityplan.days import day_text

__all__ = ["date_text", "day_text", "number_text", "roman", "symbol"]

BLANK_NUMBER = " " * 6  # room to write a number by hand (N06)
_ROMAN = (
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


def symbol(symbol_type: str, issuer_symbol: str) -> str:
    """N01: `KH-TH`."""
    return f"{symbol_type}-{issuer_symbol}"


def number_text(number: int | None, symbol_type: str, issuer_symbol: str) -> str:
    """N01: `Số: 05/KH-TH`; a text without a number leaves room for it."""
    digits = BLANK_NUMBER if number is None else f"{number:02d}"
    gap = "" if number is None else " "
    return f"Số:{gap}{digits}/{symbol(symbol_type, issuer_symbol)}"


def date_text(place: str, day: date | None) -> str:
    """D01: `Hòa Xá, ngày 08 tháng 9 năm 2025`; D04: a draft has dots for the date."""
    return f"{place}, {day_text(day)}" if place else f"…, {day_text(day)}"


def roman(number: int) -> str:
    """B03: sections are numbered I, II, III, ..."""
    if number < 1:
        raise ValueError(f"There is no Roman numeral for {number}")
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text
