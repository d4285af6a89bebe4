"""Which circular a school follows in a school year."""

from criteria.models import Circular
from schools.enums import LevelOfSchooling

_NO_LEVEL = "Trường chưa khai báo cấp học nên chưa chọn được thông tư."


class NoCircular(Exception):  # noqa: N818 - it reads as what it says
    """No circular applies. The text is ready to show."""


class DoesNotApply(Exception):  # noqa: N818
    """A circular does not fit the level or the year. The text is ready to show."""


def circular_for(level_key, school_year):
    """The circular for schools of `level_key` (`School.level_key`) in `school_year`."""
    if level_key is None:
        raise NoCircular(_NO_LEVEL)
    circular = _applicable(level_key, school_year)
    if circular is None:
        raise NoCircular(
            f"Không có thông tư nào áp dụng cho cấp học {_label(level_key)} trong năm "
            f"học {school_year.name}."
        )
    return circular


def check_applies(circular, level_key, school_year):
    """Raise DoesNotApply unless `circular` is for that level and in force that year."""
    if level_key is None:
        raise DoesNotApply(_NO_LEVEL)
    if not circular.education_levels.filter(pk=level_key).exists():
        raise DoesNotApply(f"{circular} không áp dụng cho cấp học {_label(level_key)}.")
    if circular.is_in_force(school_year.pinned_on):
        return
    message = f"{circular} không áp dụng cho năm học {school_year.name}"
    other = _applicable(level_key, school_year)
    if other is not None:
        message += f"; hãy dùng Thông tư {other.number}"
    raise DoesNotApply(f"{message}.")


def _applicable(level_key, school_year):
    found = Circular.objects.for_level(level_key).for_school_year(school_year)
    return found.order_by("-effective_from").first()


def _label(level_key):
    return LevelOfSchooling(level_key).label
