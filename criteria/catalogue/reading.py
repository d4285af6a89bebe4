"""From the fields of a catalogue file to model instances that are not stored yet."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.text import slugify

from criteria.catalogue.fields import Field
from criteria.enums import Confidence, CrosswalkStrength
from criteria.models import (
    Circular,
    Criterion,
    Crosswalk,
    LevelFourClause,
    Requirement,
    Standard,
)
from qualityplan.strict_json import shown
from qualityplan.text import fold
from schools.enums import LevelOfSchooling

_CODE = re.compile(r"([1-9]\d?)\.([1-9]\d?)", re.ASCII)
_MAX_NUMBER = 99


@dataclass
class CatalogueFile:
    """One circular with all its parts. The parts refer to each other as instances."""

    source: Field
    circular: Circular
    levels: list[str]
    standards: list[Standard] = field(default_factory=list)
    criteria: list[Criterion] = field(default_factory=list)
    requirements: list[Requirement] = field(default_factory=list)
    clauses: list[LevelFourClause] = field(default_factory=list)


@dataclass(frozen=True)
class CrosswalkEntry:
    source: Field
    number: str
    code: str
    to_annex: str
    to_codes: list[str]
    strength: str
    note: str


def circular_file(root):
    root.only("circular", "standards", "level_four")
    head = root["circular"]
    result = CatalogueFile(root, _circular(head), _levels(head))
    seen = {}
    for item in root["standards"].items():
        item.only("number", "title", "criteria")
        number = item["number"].integer(1, _MAX_NUMBER)
        item["number"].distinct(number, seen, "số tiêu chuẩn")
        title = item["title"].text(Standard.title)
        standard = Standard(circular=result.circular, number=number, title=title)
        result.standards.append(standard)
        _read_criteria(item["criteria"], standard, result)
    _read_clauses(root["level_four"], result)
    return result


def _circular(head):
    head.only(
        *("number", "short", "title", "issued", "effective_from", "effective_to"),
        *("replaced_by", "replaces", "annex", "education_levels", "max_level"),
        *("guidance", "attainment_rule"),
    )
    head[
        "replaces"
    ].texts()  # not stored; a text that is no list is a fault all the same
    effective_to = head["effective_to"]
    circular = Circular(
        slug=_slug(head),
        number=head["number"].text(Circular.number),
        short=head["short"].text(Circular.short),
        title=head["title"].text(),
        annex=head["annex"].text_or_blank(Circular.annex),
        issued_on=head["issued"].date(),
        effective_from=head["effective_from"].date(),
        effective_to=None if effective_to.value is None else effective_to.date(),
        replaced_by=head["replaced_by"].text_or_blank(Circular.replaced_by),
        max_level=head["max_level"].integer(1, 9),
        guidance=head["guidance"].text_or_blank(Circular.guidance),
        attainment_rule=head["attainment_rule"].text(),
    )
    if circular.effective_to and circular.effective_to < circular.effective_from:
        raise effective_to.fault("ngày hết hiệu lực trước ngày có hiệu lực.")
    return circular


def _slug(head):
    slug = slugify(Path(head.file).stem)
    if not slug or len(slug) > Circular.slug.field.max_length:
        raise head.fault(
            "tên tệp (trước .json) phải có từ 1 đến 50 chữ cái không dấu, chữ số, gạch nối."
        )
    return slug


def _levels(head):
    seen = {}
    for item in head["education_levels"].items():
        item.choice(LevelOfSchooling.values, "cấp học")
        item.distinct(item.value, seen, "cấp học")
    return list(seen)


def _read_criteria(items, standard, result):
    seen = {}
    for item in items.items():
        item.only(
            "code", "title", "mandatory", "requirements", "evidence", "indicators"
        )
        criterion = Criterion(
            standard=standard,
            code=item["code"].text(Criterion.code),
            position=_position(item["code"], standard),
            title=item["title"].text(Criterion.title),
            is_mandatory="mandatory" in item and item["mandatory"].boolean(),
            evidence=item["evidence"].texts() if "evidence" in item else [],
            indicators=item["indicators"].texts() if "indicators" in item else [],
        )
        item["code"].distinct(criterion.code, seen, "mã tiêu chí")
        requirements = _requirements(item["requirements"], criterion)
        criterion.search_text = search_text(criterion, requirements)
        result.criteria.append(criterion)
        result.requirements += requirements


def _position(code, standard):
    found = _CODE.fullmatch(code.value)
    if not found or int(found[1]) != standard.number:
        raise code.fault(
            f"mã tiêu chí phải có dạng {standard.number}.1, {standard.number}.2, …, "
            f"không phải {shown(code.value)}."
        )
    return int(found[2])


def _requirements(items, criterion):
    requirements, seen = [], {}
    most = criterion.standard.circular.max_level
    for item in items.items():
        item.only("level", "point", "reference", "summary", "confidence", "repealed_on")
        requirement = Requirement(
            criterion=criterion,
            level=item["level"].integer(1, most),
            point=_point(item["point"]),
            summary=item["summary"].text(),
            reference=item["reference"].text(Requirement.reference),
            confidence=item["confidence"].choice(Confidence.values, "độ tin cậy"),
            repealed_on=item["repealed_on"].date() if "repealed_on" in item else None,
        )
        item.distinct((requirement.level, requirement.point), seen, "mức và điểm")
        requirements.append(requirement)
    return requirements


def _point(item):
    """A letter, or "" for a level that is one requirement."""
    if item.value == "":
        return ""
    point = item.text(Requirement.point)
    if not re.fullmatch("[a-zđ]", point):
        raise item.fault(
            f"điểm phải là một chữ cái thường hoặc “”, không phải {shown(point)}."
        )
    return point


def _read_clauses(items, result):
    seen = {}
    for item in items.items(allow_empty=True):
        item.only("number", "reference", "summary")
        number = item["number"].integer(1, _MAX_NUMBER)
        item["number"].distinct(number, seen, "số khoản")
        result.clauses.append(
            LevelFourClause(
                circular=result.circular,
                number=number,
                summary=item["summary"].text(),
                reference=item["reference"].text(LevelFourClause.reference),
            )
        )


def search_text(criterion, requirements):
    """What a search looks through, folded, one text a line: a phrase that is found
    stands in one text."""
    parts = [criterion.code, criterion.title, criterion.standard.title]
    for requirement in requirements:
        parts += [requirement.summary, requirement.reference]
    parts += [*criterion.evidence, *criterion.indicators]
    return "\n".join(map(fold, parts))


def crosswalk_file(root):
    entries, seen = [], {}
    for item in root.items():
        item.only("from", "criterion", "to_annex", "to", "strength", "note")
        entry = CrosswalkEntry(
            source=item,
            number=item["from"].text(),
            code=item["criterion"].text(),
            to_annex=item["to_annex"].text(),
            to_codes=item["to"].texts(),
            strength=item["strength"].choice(CrosswalkStrength.values, "mức độ"),
            note=item["note"].text(Crosswalk.note),
        )
        item.distinct((entry.number, entry.code), seen, "tiêu chí")
        if len(set(entry.to_codes)) < len(entry.to_codes):
            raise item["to"].fault("một tiêu chí được nêu hai lần.")
        if (entry.strength == CrosswalkStrength.NONE) != (not entry.to_codes):
            raise item["to"].fault("để trống khi và chỉ khi mức độ là none.")
        entries.append(entry)
    return entries
