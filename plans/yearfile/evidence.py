"""Evidence in year files: the kind `evidence_list` of `qualityplan/1`. A file is named by
its SHA-256; its bytes travel beside the year file."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from criteria.models import Criterion
from plans.models import ActionRow, CriterionReview, Evidence, EvidenceSeries
from plans.yearfile import FORMAT
from plans.yearfile.assessments import bare_school
from plans.yearfile.data import SchoolData, layout_named
from plans.yearfile.dumping import school_json
from plans.yearfile.fields import limit_of
from plans.yearfile.moments import instant_text, only_set
from plans.yearfile.reading import read_year
from plans.yearfile.year_dumping import review_key
from qualityplan.strict_json import shown

EVIDENCE = "evidence_list"
_LINES = ("name", "file_name", "content_type", "link", "location", "note")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_LAST_DIGITS = re.compile(r"(\d{1,9})\D*$")


@dataclass(frozen=True)
class PieceData:
    """`rows` are places in the year's plan, from 1; `reviews` criteria of its
    self-assessment ("1.2", "1.2/primary")."""

    code: str
    criterion: str
    at: datetime
    lines: tuple[str, ...]
    sha256: str = ""
    rows: tuple[int, ...] = ()
    reviews: tuple[str, ...] = ()
    path: str = field(default="", compare=False)


@dataclass(frozen=True)
class EvidenceData:
    """The evidence of a school for one year."""

    circular: str
    first_year: int
    school: SchoolData = field(compare=False)
    pieces: tuple[PieceData, ...] = ()
    path: str = field(default="", compare=False)
    school_path: str = field(default="school", compare=False)

    noun = "danh mục minh chứng"
    period = ""

    def at(self, key):
        """The path of the member `key`."""
        return f"{self.path}.{key}" if self.path else key


@dataclass(frozen=True)
class EvidenceList:
    """The evidence of `school` in `school_year`: what a year file holds as one object."""

    school: object
    school_year: object

    def __str__(self):
        return f"{self.school} {self.school_year}"

    @property
    def pk(self):
        return self.school_year.first_year

    @property
    def pieces(self):
        held = Evidence.objects.filter(school=self.school, school_year=self.school_year)
        return held.order_by(
            "criterion__standard__number", "criterion__position", "code"
        )


def evidence_key(piece):
    """How a piece is named in a file: "2026-2027/MC.1.1.01"."""
    return f"{piece.school_year}/{piece.code}"


def stored_path(sha256):
    """Where the bytes of a loaded piece are looked for in the store."""
    return f"evidence/loaded/{sha256}"


# --- out -------------------------------------------------------------------------------


def dump_evidence(held):
    """An `EvidenceList` as the JSON object of a year file."""
    data = evidence_data(held)
    return {
        "format": FORMAT,
        "kind": EVIDENCE,
        "circular": data.circular,
        "school_year": str(held.school_year),
        "school": school_json(data.school),
        "evidence": [_piece_json(piece) for piece in data.pieces],
    }


def _piece_json(piece):
    return {
        "code": piece.code,
        "criterion": piece.criterion,
        "at": instant_text(piece.at),
        **only_set(dict(zip(_LINES, piece.lines, strict=True))),
        **only_set(
            {
                "sha256": piece.sha256,
                "rows": list(piece.rows),
                "reviews": list(piece.reviews),
            }
        ),
    }


def evidence_data(held):
    pieces = held.pieces.select_related("criterion__standard__circular")
    pieces = list(pieces.prefetch_related("rows", "reviews__criterion"))
    rows = ActionRow.objects.filter(
        plan__school=held.school, plan__school_year=held.school_year
    )
    places = {pk: n for n, pk in enumerate(rows.values_list("pk", flat=True), start=1)}
    circular = pieces[0].criterion.standard.circular.number if pieces else ""
    return EvidenceData(
        circular=circular,
        first_year=held.school_year.first_year,
        school=bare_school(held.school),
        pieces=tuple(_piece_data(piece, places) for piece in pieces),
    )


def _piece_data(piece, places):
    return PieceData(
        code=piece.code,
        criterion=piece.criterion.code,
        at=piece.created_at,
        lines=tuple(getattr(piece, name) for name in _LINES),
        sha256=piece.sha256,
        rows=tuple(sorted(places[row.pk] for row in piece.rows.all())),
        reviews=tuple(sorted(review_key(review) for review in piece.reviews.all())),
    )


# --- in --------------------------------------------------------------------------------


def read_evidence(members, school, school_path):
    circular = members["circular"].required().line()
    if layout_named(circular) is None:
        if circular:
            members["circular"].fault(f"không rõ thông tư {shown(circular)}.")
        return None
    found = EvidenceData(
        circular=circular,
        first_year=read_year(members["school_year"].required()),
        school=school,
        pieces=tuple(map(_read_piece, members["evidence"].required().items())),
        path=members.node.path,
        school_path=school_path,
    )
    seen = set()
    for piece in found.pieces:
        if piece.code in seen:
            members.node.report.fault(f"{piece.path}.code", "mã này đã có ở trên.")
        seen.add(piece.code)
    members.close()
    return found


def _read_piece(node):
    members = node.members()
    texts = {
        name: members[name].line(limit_of(Evidence, name), nullable=True)
        for name in _LINES
    }
    sha256 = members["sha256"].line(nullable=True)
    if sha256 and not _SHA256.fullmatch(sha256):
        members["sha256"].wrong("SHA-256 gồm 64 chữ số thập lục phân viết thường")
        sha256 = ""
    piece = PieceData(
        code=members["code"].required().line(limit_of(Evidence, "code")),
        criterion=members["criterion"].required().line(),
        at=members["at"].required().moment(),
        lines=tuple(texts.values()),
        sha256=sha256,
        rows=tuple(item.integer(1, 9_999) or 0 for item in members["rows"].items()),
        reviews=tuple(item.line() for item in members["reviews"].items()),
        path=node.path,
    )
    if not (sha256 or texts["link"] or texts["location"]):
        node.fault("minh chứng phải có tệp (sha256), đường dẫn hoặc nơi lưu bản giấy.")
    members.close()
    return piece


# --- storing ---------------------------------------------------------------------------


def write_evidence(held, data, circular, report):
    """Store the pieces of `data` as those of `held`, which has none."""
    criteria = {
        criterion.code: criterion
        for criterion in Criterion.objects.filter(standard__circular=circular)
    }
    where = {"school": held.school, "school_year": held.school_year}
    rows = list(ActionRow.objects.filter(**{f"plan__{k}": v for k, v in where.items()}))
    reviews = CriterionReview.objects.filter(
        **{f"assessment__{k}": v for k, v in where.items()}
    )
    by_key = {review_key(r): r for r in reviews.select_related("criterion")}
    for told in data.pieces:
        if told.criterion not in criteria:
            code = shown(told.criterion)
            report.fault(
                f"{told.path}.criterion", f"{circular} không có tiêu chí {code}."
            )
            continue
        piece = Evidence.objects.create(
            **where,
            criterion=criteria[told.criterion],
            code=told.code,
            sha256=told.sha256,
            file=stored_path(told.sha256) if told.sha256 else "",
            **dict(zip(_LINES, told.lines, strict=True)),
        )
        Evidence.objects.filter(pk=piece.pk).update(created_at=told.at)
        _write_uses(piece, told, rows, by_key, report)
    _write_series(held)


def _write_uses(piece, told, rows, reviews, report):
    for place in told.rows:
        if place > len(rows):
            report.fault(
                f"{told.path}.rows", f"kế hoạch của năm học không có dòng {place}."
            )
        else:
            piece.rows.add(rows[place - 1])
    for key in told.reviews:
        if key not in reviews:
            report.fault(
                f"{told.path}.reviews",
                f"tự đánh giá của năm học không có tiêu chí {shown(key)}.",
            )
        else:
            piece.reviews.add(reviews[key])


def _write_series(held):
    """The next code of each criterion goes on from the last one here."""
    last = {}
    for piece in held.pieces:
        if found := _LAST_DIGITS.search(piece.code):
            key = piece.criterion_id
            last[key] = max(last.get(key, 0), int(found[1]))
    for criterion, number in last.items():
        EvidenceSeries.objects.update_or_create(
            school=held.school,
            school_year=held.school_year,
            criterion_id=criterion,
            defaults={"last_number": number},
        )
