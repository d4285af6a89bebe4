"""The screen on which a file is looked over: what it says beside what would be taken."""

from dataclasses import dataclass

from plans.yearfile.data import layout_named
from qualityplan.text import fold
from reports import incoming_result
from reports.incoming_result import RESULT, TABLES
from reports.layout import COLUMNS as RESULT_COLUMNS

# What stands in the head of a row, not among its cells.
_PLACE = (
    "standard",
    "criterion",
    "criterion_title",
    "level",
    "education_level",
    "issue",
)
_KINDS = {
    "improvement_plan": "kế hoạch cải tiến chất lượng",
    "result_report": "báo cáo kết quả thực hiện kế hoạch",
    "inspection_record": "biên bản kiểm tra, bên trong có kế hoạch",
}


@dataclass(frozen=True)
class Row:
    """A row as it would be taken; `source` are the rows of the file it comes from.
    `asks_criterion` and `asks_level`: what the file left open."""

    table: str
    index: int
    name: str
    title: str
    source: tuple
    cells: tuple  # (label, text)
    doubts: tuple
    criterion: str
    level: str
    asks_criterion: bool
    asks_level: bool
    is_skipped: bool

    @property
    def key(self):
        return f"{self.table}-{self.index}"


@dataclass(frozen=True)
class Leftover:
    index: int
    place: str
    text: str
    target: str
    cell: str


@dataclass(frozen=True)
class Screen:
    kind: str
    part: dict
    tables: tuple  # (title, rows)
    around: tuple  # (label, text): what stands around the tables
    other: tuple  # of the source, what no row comes from
    doubts: tuple  # about the whole file
    leftovers: tuple
    targets: tuple
    cells: tuple  # (key, label)
    row_count: int


def screen_of(result, choices, *, school, codes=frozenset()):
    """The screen for `result`, which is to go to `school` (its name), as `choices` have
    it; `codes` are the criteria there are."""
    part = incoming_result.taken_part(result)
    source = _by_place(result["source"])
    tables = tuple(
        (table.title if part["kind"] != RESULT else "Bảng kết quả", rows)
        for name, table in TABLES.items()
        if (rows := _rows(name, part, result, choices, source, codes))
    )
    used = {p for rows in result["places"].values() for row in rows for p in row}
    return Screen(
        kind=_KINDS[result["kind"]],
        part=part,
        tables=tables,
        around=tuple(_around(part)),
        other=tuple(line for line in result["source"] if line["place"] not in used),
        doubts=(*_other_school(part, school), *_file_doubts(result, used)),
        leftovers=tuple(
            Leftover(i, e["place"], e["text"], *choices.moves.get(i, ("", "")))
            for i, e in enumerate(incoming_result.leftovers(result))
        ),
        targets=tuple(incoming_result.targets(part)),
        cells=tuple(incoming_result.columns(part, lambda name: _columns(part, name))),
        row_count=incoming_result.row_count(part),
    )


def _columns(part, name):
    if part["kind"] == RESULT:
        return RESULT_COLUMNS if name == "rows" else ()
    layout = layout_named(part["circular"])
    return getattr(layout, name) if layout else ()


def _by_place(source):
    found = {}
    for line in source:
        found.setdefault(line["place"], []).append(line)
    return found


def _rows(name, part, result, choices, source, codes):
    places = result["places"].get(name, ())
    labels = {column.json_key: column.label for column in _columns(part, name)}
    has_level = part["kind"] != RESULT and name == "rows"
    found = []
    for index, row in enumerate(part.get(name, ())):
        own = places[index] if index < len(places) else ()
        chosen = choices.places.get((name, index), incoming_result.Place())
        criterion = chosen.criterion or row.get("criterion") or ""
        doubts = [w["message"] for w in incoming_result.warnings(result) if _at(w, own)]
        found.append(
            Row(
                table=name,
                index=index,
                name=incoming_result.row_name(TABLES[name], row, index),
                title=row.get("criterion_title") or "",
                source=tuple(line for place in own for line in source.get(place, ())),
                cells=_cells(row, labels),
                doubts=tuple(doubts),
                criterion=criterion,
                level=chosen.level or row.get("level") or "",
                asks_criterion="criterion" in row
                and (bool(doubts) or not row["criterion"] or criterion not in codes),
                asks_level=has_level and "level" in row and not row["level"],
                is_skipped=(name, index) in choices.skipped,
            )
        )
    return found


def _cells(row, labels):
    """In the order of the form: a database keeps the keys of JSON in one of its own."""
    keys = [*labels, *(key for key in row if key not in labels)]
    return tuple(
        (labels.get(key, key), row[key])
        for key in keys
        if key not in _PLACE and row.get(key)
    )


def _at(entry, places):
    """Whether a remark is about one of `places`, or about a cell there."""
    return any(
        entry["place"] == place or entry["place"].startswith(f"{place},")
        for place in places
    )


def _other_school(part, school):
    named = part["school"]["name"]
    if named and fold(named) != fold(school):
        yield f"Trong tệp ghi “{named}”, còn trường đang chọn là “{school}”."


def _file_doubts(result, used):
    loose = (w for w in incoming_result.warnings(result) if not _at(w, used))
    # The school is chosen before the file is read.
    return [_named(w) for w in loose if "hãy chọn trường" not in w["message"]]


def _named(entry):
    place = entry["place"]
    return (
        f"{place[:1].upper()}{place[1:]}: {entry['message']}"
        if place
        else (entry["message"])
    )


def _around(part):
    document = part["document"]
    yield from (
        (label, text)
        for label, text in (
            ("Trích yếu", document["subject"]),
            ("Kèm theo", document["annex_note"]),
            ("Căn cứ", "\n".join(part["legal_bases"])),
            ("Lời dẫn", part["introduction"]),
        )
        if text
    )
    for section in part["sections"]:
        title = f"{section['number']}. {section['title']}"
        text = "\n".join(section.get("paragraphs", ()))
        yield title, text or ("(bảng, xem bên dưới)" if section.get("content") else "—")
    for label, lines in (
        ("Dòng cuối bảng", part["closing_rows"]),
        ("Nơi nhận", part["recipients"]),
        ("Người ký", [_signature(s) for s in part["signatures"]]),
    ):
        if lines:
            yield label, "\n".join(lines)


def _signature(signature):
    return ": ".join(filter(None, (signature["capacity"], signature["name"])))
