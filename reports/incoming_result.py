"""From what was read out of a file, and what a person put right on the screen, to the year
file (`qualityplan/1`) that is loaded. Asks no database."""

import copy
import re
from dataclasses import dataclass, field

from plans.reading.assemble import INSPECTION, PLAN, RESULT
from plans.tables import FOCUS_ISSUES, MONITORING, ROWS
from plans.yearfile import FORMAT
from reports.incoming_sources import SCREEN_ONLY

TABLES = {table.related: table for table in (FOCUS_ISSUES, ROWS, MONITORING)}
_CODE = re.compile(r"\d{1,2}\.\d{1,2}", re.ASCII)
_INTRODUCTION = "loi-dan"


@dataclass(frozen=True)
class Place:
    """Where a person says that a row belongs; empty parts stay as they were read."""

    criterion: str = ""
    level: str = ""


@dataclass(frozen=True)
class Choices:
    """What a person decided about a file. Rows are named (table, index), from 0; `moves`
    maps the index of a text without a place to (target, field): a target is a name of
    `targets`, a field one of a row."""

    first_year: int
    circular: str
    is_outside: bool = False
    period: str = "year"
    skipped: frozenset = frozenset()
    places: dict[tuple[str, int], Place] = field(default_factory=dict)
    moves: dict[int, tuple[str, str]] = field(default_factory=dict)


def taken_part(result):
    """The plan or the report in `result`, as a year file. Of a record of inspection it is
    the plan inside: the record itself belongs to the office."""
    part = copy.deepcopy({k: v for k, v in result.items() if k not in SCREEN_ONLY})
    if part["kind"] == INSPECTION:
        return {"format": FORMAT, "school": part["school"]} | part["inspection"]["plan"]
    return part


def leftovers(result):
    """The texts that found no place, each with where it stands."""
    return [entry for entry in result["report"] if entry["level"] == "unplaced"]


def warnings(result):
    return [entry for entry in result["report"] if entry["level"] == "warning"]


def has_issue(part):
    """Whether the file carries what makes a paper an issued one: number and date; an
    annex goes under the number of its plan."""
    document = part["document"]
    is_annex = part["kind"] == RESULT and bool(document["annex_note"])
    has_number = document["number"] is not None or is_annex
    return has_number and document["issued_on"] is not None


def year_file(result, choices, *, school, education_level):
    """The object that is loaded for the school named `school`. The offices that a letter
    head names are not taken from a file: who supervises whom is not for it to say."""
    part = taken_part(result)
    _move(part, leftovers(result), choices.moves)
    for (table, index), place in choices.places.items():
        _put_right(part[table][index], place)
    for table in TABLES:
        if table in part:
            part[table] = [
                row
                for index, row in enumerate(part[table])
                if (table, index) not in choices.skipped
            ]
    part["circular"] = choices.circular
    part["school_year"] = f"{choices.first_year}-{choices.first_year + 1}"
    letterhead = part["school"]
    part["school"] = {
        "name": school,
        "education_level": education_level,
        "superior": None,
        "place": letterhead["place"] if choices.is_outside else None,
        "symbol": letterhead["symbol"] if choices.is_outside else None,
    }
    if not choices.is_outside:
        part["document"] |= {"number": None, "issued_on": None}
    if part["kind"] == RESULT and choices.period != "year":
        part["period"] = choices.period
    return part


def row_count(part):
    return sum(len(part.get(table, ())) for table in TABLES)


def _put_right(row, place):
    if place.criterion and place.criterion != row.get("criterion"):
        row["criterion"] = place.criterion
        if _CODE.fullmatch(place.criterion):
            row["standard"] = int(place.criterion.split(".")[0])
    if place.level:
        row["level"] = place.level


# --- texts without a place --------------------------------------------------------------


def targets(part):
    """Where a text may be moved to: (name, label) in the order of the paper."""
    found = [(_INTRODUCTION, "Lời dẫn")]
    found += [
        (f"muc-{index}", f"Mục {section['number']}. {section['title']}"[:80])
        for index, section in enumerate(part["sections"])
        if not section.get("content")
    ]
    for name, table in TABLES.items():
        found += [
            (f"{name}-{index}", row_name(table, row, index))
            for index, row in enumerate(part.get(name, ()))
        ]
    return found


def row_name(table, row, index):
    code = row.get("criterion")
    named = f"{table.line.capitalize()} {index + 1}"
    return f"{named} (tiêu chí {code})" if code else named


def columns(part, layout_columns):
    """(key, label) of the cells that a text may be moved to, over all tables."""
    found = {}
    for name in TABLES:
        rows = part.get(name, ())
        for column in layout_columns(name):
            if rows and column.json_key in rows[0]:
                found.setdefault(column.json_key, column.label)
    return list(found.items())


def _move(part, texts, moves):
    """Put each text where it was sent to, below what is there. A target or a cell that is
    not there raises KeyError: the screen offers none."""
    known = dict(targets(part))
    for index, (target, cell) in moves.items():
        text = texts[index]["text"]
        name, _, place = target.rpartition("-")
        if target not in known:
            raise KeyError(target)
        if target == _INTRODUCTION:
            part["introduction"] = _joined(part["introduction"], text)
        elif name == "muc":
            section = part["sections"][int(place)]
            section.setdefault("paragraphs", []).extend(text.split("\n"))
        else:
            row = part[name][int(place)]
            if cell not in row or cell in ("standard", "criterion", "level"):
                raise KeyError(cell)
            row[cell] = _joined(row[cell], text)


def _joined(before, text):
    return "\n".join(filter(None, [before, text]))


__all__ = ["INSPECTION", "PLAN", "RESULT"]
