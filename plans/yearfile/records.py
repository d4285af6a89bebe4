"""Storing what goes with a school's plans: self-assessments and evidence. What is here
already is never overwritten by a file."""

from plans.models import Assessment
from plans.yearfile.assessments import (
    ASSESSMENT,
    AssessmentData,
    assessment_data,
    assessment_of,
    read_assessment,
    write_assessment,
)
from plans.yearfile.checking import circular_of
from plans.yearfile.evidence import (
    EVIDENCE,
    EvidenceData,
    EvidenceList,
    evidence_data,
    read_evidence,
    write_evidence,
)
from plans.yearfile.kinds import Kind
from plans.yearfile.schools import known_school, ready_school
from schools.models import SchoolYear


def store_assessment(data, source):
    """Store one self-assessment unless its file has faults; the rows created or changed.
    One that was only begun here takes the contents of the file."""
    report = source.report
    circular, school = circular_of(data, report), known_school(data, report)
    if report.faults:
        return []
    year, changed = _ready_year(data)
    stored = assessment_of(school, year) if school else None
    if stored is not None:
        held = assessment_data(stored)
        if held == data:
            return []
        if not held.is_blank:
            _refuse(data, stored.school, year, report)
            return []
    school, changed_school = ready_school(data, school, year)
    assessment = stored or Assessment(school=school, school_year=year)
    assessment.circular, assessment.status = circular, data.status
    assessment.save()
    write_assessment(assessment, data, report)
    return [*changed, *changed_school, assessment]


def store_evidence(data, source):
    """Store a list of evidence unless its file has faults; the rows created or changed."""
    report = source.report
    circular, school = circular_of(data, report), known_school(data, report)
    if report.faults:
        return []
    year, changed = _ready_year(data)
    if school is not None and (held := EvidenceList(school, year)).pieces.exists():
        if evidence_data(held) != data:
            _refuse(data, school, year, report)
        return []
    school, changed_school = ready_school(data, school, year)
    held = EvidenceList(school, year)
    write_evidence(held, data, circular, report)
    return [*changed, *changed_school, *held.pieces]


def _ready_year(data):
    year, is_new = SchoolYear.objects.get_or_create(first_year=data.first_year)
    return year, [year] if is_new else []


def _refuse(data, school, year, report):
    report.fault(
        data.at("school_year"),
        f"{data.noun} năm học {year} của {school} trong hệ thống khác với tệp nên không "
        "nạp đè được.",
    )


ASSESSMENT_KIND = Kind(ASSESSMENT, AssessmentData, read_assessment, store_assessment)
EVIDENCE_KIND = Kind(EVIDENCE, EvidenceData, read_evidence, store_evidence)
