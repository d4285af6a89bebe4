"""The results in plain Vietnamese sentences. "Chưa xem xét" is said where nobody has
looked yet, "chưa đạt" only where somebody looked and found it wanting."""

from criteria.attainment.engine import LEVEL_FOUR


def level_name(level):
    return f"Mức {level}" if level else "Không đạt Mức 1"


def result_name(found):
    """The level of a criterion or a school in a word or two; neutral while it is
    open whether Mức 1 is reached."""
    if found.top == 0:
        return "Không xét"  # all that was asked for is repealed
    if found.is_untouched:
        return "Chưa xem xét"
    if found.level == 0 and found.ceiling > 0:
        return "Chưa xem xét xong"
    return level_name(found.level)


def criterion_lines(found):
    """What a criterion lacks to its next level."""
    if found.top == 0:
        return ["Các yêu cầu của tiêu chí này đã được bãi bỏ."]
    if found.next_level is None:
        return ["Đã đạt mức cao nhất mà tiêu chí này có yêu cầu."]
    lack = found.lack(found.next_level)
    return [f"Để đạt Mức {found.next_level}: {_states(lack)}."]


def explanation(attainment):
    """Why the school has this level and what it lacks to the next."""
    if attainment.is_untouched:
        return ["Chưa xem xét yêu cầu nào nên chưa có kết quả."]
    if attainment.next_level is None:
        return ["Đã đạt mức cao nhất của thông tư."]
    missing = attainment.missing_for(attainment.next_level)
    said = list(_obstacles(attainment, missing))
    if attainment.ceiling > attainment.level:
        said.append(
            f"Còn {attainment.unseen_count} yêu cầu chưa xem xét; nếu đều đạt, kết quả "
            f"có thể đến Mức {attainment.ceiling}."
            if attainment.unseen_count
            else f"Nếu các khoản chưa xem xét đều đạt, kết quả là Mức "
            f"{attainment.ceiling}."
        )
    return said


def missing_lines(missing):
    """What would have to become met for a level somebody wishes for, criterion by
    criterion: (heading, lines) pairs."""
    parts = []
    if missing.needed:
        lines = [_lack_line(lack) for lack in missing.needed]
        parts.append(("Cần đạt thêm tất cả các yêu cầu sau:", lines))
    if missing.choice_count:
        lines = [_lack_line(lack) for lack in missing.choices]
        parts.append(
            (
                f"Cần thêm {missing.choice_count} tiêu chí không bắt buộc đạt Mức "
                f"{missing.target}, chọn trong các tiêu chí sau:",
                lines,
            )
        )
    return parts


def _obstacles(attainment, missing):
    target = missing.target
    codes_of = [lack for lack in missing.needed if lack.criterion]
    if not attainment.framework.has_two_levels:
        yield from _by_state(codes_of, f"Mức {target}", "Tiêu chí")
    else:
        mandatory = [lack for lack in codes_of if lack.criterion.is_mandatory]
        others = [lack for lack in codes_of if not lack.criterion.is_mandatory]
        yield from _by_state(mandatory, f"Mức {target}", "Tiêu chí bắt buộc")
        yield from _by_state(others, f"Mức {target - 1}", "Tiêu chí")
        yield from _count_of_others(attainment, missing)
    for lack in missing.needed:
        if lack.criterion is None:
            yield f"Để đạt Mức 4: {_states(lack)}."


def _count_of_others(attainment, missing):
    if not missing.choice_count:
        return
    others = [c for c in attainment.criteria if not c.criterion.is_mandatory]
    reached = sum(found.reaches(missing.target) for found in others)
    codes = ", ".join(lack.code for lack in missing.choices)
    yield (
        f"Mới có {reached} trong {len(others)} tiêu chí không bắt buộc đạt Mức "
        f"{missing.target}, cần ít nhất {reached + missing.choice_count}; còn các tiêu "
        f"chí: {codes}."
    )


def _by_state(lacks, level, name):
    refused = [lack.code for lack in lacks if lack.refused]
    unseen = [lack.code for lack in lacks if not lack.refused]
    if refused:
        yield f"{name} chưa đạt {level}: {', '.join(refused)}."
    if unseen:
        yield f"{name} chưa xem xét xong {level}: {', '.join(unseen)}."


def _lack_line(lack):
    head = f"Tiêu chí {lack.code}" if lack.criterion else "Các khoản của Mức 4"
    return f"{head}: {_states(lack)}"


def _states(lack):
    parts = []
    if lack.refused:
        parts.append(f"chưa đạt {demand_names(lack.refused)}")
    if lack.unseen:
        parts.append(f"chưa xem xét {demand_names(lack.unseen)}")
    return "; ".join(parts)


def demand_names(demands):
    """ "Mức 1 điểm a, b; Mức 2": demands in their order, each level named once."""
    by_level = {}
    for demand in demands:
        by_level.setdefault(demand.level, []).append(demand.point)
    return "; ".join(
        _level_points(level, by_level[level]) for level in sorted(by_level)
    )


def _level_points(level, points):
    named = [point for point in points if point]
    if not named:
        return f"Mức {level}"
    if level == LEVEL_FOUR:
        return f"khoản {', '.join(named)}"
    return f"Mức {level} điểm {', '.join(named)}"
