"""How official texts write a day (Decree 30/2020, rule D01)."""

_FIRST_MONTHS = 2  # only months 1 and 2 get a leading zero


def day_text(day):
    """As in a citation: "ngày 08 tháng 9 năm 2025"; a draft has dots (D04)."""
    if day is None:
        return "ngày … tháng … năm …"
    month = f"{day.month:02d}" if day.month <= _FIRST_MONTHS else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"
