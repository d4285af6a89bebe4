"""Evidence: one code for each piece, without gaps or doubles, and its uses. A file is
kept only when everything about it is in order."""

import hashlib
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from criteria.selection import circular_for
from plans import changes
from plans.assessing import assessing
from plans.layouts import layout_for
from plans.models import Assessment, Evidence, EvidenceSeries, ImprovementPlan
from plans.recording import recording
from plans.tables import ROWS
from qualityplan.uploads import check_upload, clean_file_name
from schools.permissions import Ability, require


@dataclass(frozen=True)
class Piece:
    """What is told about a piece of evidence; `file` is an upload."""

    name: str
    file: object = None
    link: str = ""
    location: str = ""
    note: str = ""
    rows: tuple = field(default=())
    reviews: tuple = field(default=())


def circular_of(school, school_year):
    """The circular that evidence of this year is ordered by: the one the school's
    papers of the year are pinned to, else the one in force. Raises NoCircular."""
    for model in (ImprovementPlan, Assessment):
        papers = model.objects.filter(school=school, school_year=school_year)
        paper = papers.select_related("circular").first()
        if paper is not None:
            return paper.circular
    return circular_for(school.level_key, school_year)


def add_evidence(school, school_year, criterion, *, by, rows=(), reviews=(), **told):
    """One new piece under the next code of `criterion`."""
    piece = Piece(rows=tuple(rows), reviews=tuple(reviews), **told)
    return add_pieces(school, school_year, criterion, [piece], by=by)[0]


def add_pieces(school, school_year, criterion, pieces, *, by):
    """New pieces of evidence, all or none: where one is refused, no number is used up
    and no file stays behind. Raises ValidationError and PermissionDenied."""
    require(by, Ability.RECORD, school)
    circular = circular_of(school, school_year)
    if criterion.standard.circular_id != circular.pk:
        raise ValidationError(
            {"criterion": f"Tiêu chí này không thuộc {circular} của năm học này."}
        )
    form_code = layout_for(circular).evidence_code
    with _files_only_on_success() as kept, transaction.atomic():
        series = _locked_series(school, school_year, criterion)
        added = []
        for piece in pieces:
            series.last_number += 1
            evidence = Evidence(
                school=school,
                school_year=school_year,
                criterion=criterion,
                code=_code(form_code, criterion, series.last_number),
                created_by=by,
            )
            _describe(evidence, piece.name, piece.link, piece.location, piece.note)
            _put_file(evidence, piece.file, kept)
            _check_place(evidence)
            evidence.save()
            _attach(evidence, piece.rows, piece.reviews, by)
            added.append(evidence)
        series.save(update_fields=["last_number"])
    return added


def _locked_series(school, school_year, criterion):
    """The row that counts this criterion's evidence, locked until the transaction ends:
    two people who add at once wait for each other."""
    series, _ = EvidenceSeries.objects.get_or_create(
        school=school, school_year=school_year, criterion=criterion
    )
    return EvidenceSeries.objects.select_for_update().get(pk=series.pk)


def _code(form_code, criterion, number):
    return form_code.format(
        standard=criterion.standard.number, criterion=criterion.code, number=number
    )


def _describe(evidence, name, link, location, note):
    if not name.strip():
        raise ValidationError({"name": "Hãy ghi tên minh chứng."})
    evidence.name, evidence.note = name.strip()[:300], note
    evidence.link, evidence.location = link, location


def _check_place(evidence):
    if not (evidence.file or evidence.link or evidence.location.strip()):
        raise ValidationError(
            "Hãy chọn tệp, hoặc ghi đường dẫn, hoặc ghi nơi lưu bản giấy: phải có ít "
            "nhất một trong ba."
        )


def _put_file(evidence, upload, kept):
    """Check `upload` and store it under a name of our own; its old name is only text."""
    if upload is None:
        return
    kind = check_upload(upload)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    evidence.sha256 = digest.hexdigest()
    _refuse_second_code(evidence)
    evidence.file_name = clean_file_name(upload.name)
    evidence.content_type = kind.content_type
    upload.seek(0)
    evidence.file.save(f"{uuid.uuid4().hex}.{kind.extension}", upload, save=False)
    kept.append(evidence.file)


def _refuse_second_code(evidence):
    """57/2026 Phụ lục IV, I.2: a piece keeps its code wherever it is used."""
    same = Evidence.objects.filter(
        school=evidence.school,
        school_year=evidence.school_year,
        sha256=evidence.sha256,
    ).first()
    if same is not None:
        raise ValidationError(
            {
                "files": f"Tệp này đã có trong danh mục với mã {same.code} “{same.name}”. "
                "Hãy gắn minh chứng đó, không cấp mã thứ hai."
            }
        )


@contextmanager
def _files_only_on_success():
    """Yield a list for stored files; they go again when anything is raised."""
    kept = []
    try:
        yield kept
    except BaseException:
        for stored in kept:
            stored.storage.delete(stored.name)
        raise


def attach_evidence(evidence, *, by, rows=(), reviews=()):
    """Use `evidence` for more rows and reviews; its code stays. Raises PermissionDenied
    for those of another school, NotCarriedOutError for rows of a plan not issued,
    AssessmentLockedError for reviews of a finished self-assessment."""
    require(by, Ability.RECORD, evidence.school)
    with transaction.atomic():
        _attach(evidence, rows, reviews, by)


def _attach(evidence, rows, reviews, by):
    for row in rows:
        _require_same_place(evidence, row.plan)
        with recording(row.plan, by=by) as plan:
            if not evidence.rows.filter(pk=row.pk).exists():
                evidence.rows.add(row)
                _write_use(plan, row, evidence, "Gắn minh chứng", by)
    for review in reviews:
        _require_same_place(evidence, review.assessment)
        with assessing(review.assessment, by=by):
            evidence.reviews.add(review)


def detach_evidence(evidence, *, by, rows=(), reviews=()):
    """No longer use `evidence` there; it stays in the list under its code."""
    require(by, Ability.RECORD, evidence.school)
    with transaction.atomic():
        for row in rows:
            with recording(row.plan, by=by) as plan:
                if evidence.rows.filter(pk=row.pk).exists():
                    evidence.rows.remove(row)
                    _write_use(plan, row, evidence, "Bỏ gắn minh chứng", by)
        for review in reviews:
            with assessing(review.assessment, by=by):
                evidence.reviews.remove(review)


def _write_use(plan, row, evidence, deed, by):
    texts = ["", str(evidence)] if deed.startswith("Gắn") else [str(evidence), ""]
    changes.write_down(ROWS, plan, row, deed, {"evidence": texts}, by=by)


def _require_same_place(evidence, paper):
    """Evidence serves the papers of its own school and year alone."""
    if (paper.school_id, paper.school_year_id) != (
        evidence.school_id,
        evidence.school_year_id,
    ):
        raise PermissionDenied


def update_evidence(evidence, *, by, attach=None, detach=None, **told):
    """Change what is told about `evidence` (name, link, location, note) and, by lists of
    `rows` and `reviews`, what it is used for; code and file stay."""
    with transaction.atomic():
        stored = Evidence.objects.select_for_update().get(pk=evidence.pk)
        require(by, Ability.RECORD, stored.school)
        _describe(stored, **told)
        _check_place(stored)
        stored.save(update_fields=["name", "link", "location", "note"])
        attach_evidence(stored, by=by, **(attach or {}))
        detach_evidence(stored, by=by, **(detach or {}))
    return stored
