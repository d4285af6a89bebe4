"""Number, symbol, place and date of an official text (N01-N04, D01-D04)."""

from datetime import date

from qualityplan.days import day_text

BLANK_NUMBER = " " * 6  # room to write a number by hand (N06)


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
