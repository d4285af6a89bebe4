"""Taking filing packages in: all of what a call names, or nothing."""

import contextlib
import tempfile
import zipfile
from pathlib import Path

from django.core.files.base import File
from django.db import transaction

from inspections.models import Inspection
from plans.models import Evidence, ImprovementPlan
from plans.yearfile.evidence import stored_path
from plans.yearfile.loading import Outcome, YearFileError
from plans.yearfile.year_dumping import LOADED
from reports.package import EVIDENCE, YEARS, PackageError
from reports.package.contents import read_contents
from reports.package.opening import opened
from reports.package.storing import Owners, store_documents, store_entries
from reports.yearfile.loading import load_files
from schools.models import EducationLevel, School, SchoolYear

_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
_ISSUED = "Đã nạp từ gói lưu trữ"


def is_package(path):
    """Whether the file at `path` is a ZIP, whatever it is called."""
    try:
        with Path(path).open("rb") as file:
            return file.read(4) in _SIGNATURES or zipfile.is_zipfile(file)
    except OSError:
        return False


def load_packages(paths):
    """Store what the packages at `paths` hold. Raises YearFileError with the reason."""
    changed, notes, kept = [], [], []
    with _files_only_on_success(kept), transaction.atomic():
        for path in paths:
            try:
                with opened(path) as package:
                    outcome = _load(package, kept)
            except PackageError as error:
                raise YearFileError([f"{path}: {error}"]) from None
            changed += outcome.changed
            notes += [f"{path}: {note}" for note in outcome.notes]
    return Outcome(list(dict.fromkeys(changed)), notes)


@contextlib.contextmanager
def _files_only_on_success(kept):
    """Whatever was written beside the database goes again when anything is raised."""
    try:
        yield
    except BaseException:
        for storage, name in kept:
            storage.delete(name)
        raise


def _load(package, kept):
    contents = read_contents(package)
    known = set(
        School.objects.filter(name=contents.school).values_list("pk", flat=True)
    )
    outcome = _load_years(package)
    school = School.objects.filter(name=contents.school).first()
    year = SchoolYear.objects.filter(first_year=contents.first_year).first()
    if school is None or year is None:
        raise PackageError(f"các tệp trong {YEARS} không nói về {contents.school}.")
    if school.pk not in known:
        _write_record(school, contents.school_record)
    owners = Owners(school, year)
    changed = list(outcome.changed)
    changed += _mark_issued_here(contents, owners)
    entries, new = store_entries(contents, owners)
    changed += new
    changed += store_documents(contents, owners, entries, package)
    _store_evidence(package, school, year, kept)
    return Outcome(changed, outcome.notes)


def _load_years(package):
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name in package.names(YEARS):
            path = Path(folder) / name.removeprefix(YEARS)
            with path.open("wb") as file:
                file.writelines(package.chunks(name))
            paths.append(path)
        try:
            return _without_folder(load_files(paths, registers=False), folder)
        except YearFileError as error:
            raise PackageError(
                "\n".join(line.replace(f"{folder}/", YEARS) for line in error.lines)
            ) from None


def _without_folder(outcome, folder):
    notes = [note.replace(f"{folder}/", YEARS) for note in outcome.notes]
    return Outcome(outcome.changed, notes)


def _write_record(school, record):
    """A school that came with the package has the record it had."""
    told = dict(record)
    levels = told.pop("education_levels")
    for name, value in told.items():
        setattr(school, name, value)
    school.save()
    school.education_levels.set(
        [EducationLevel.objects.get_or_create(code=code)[0] for code in levels]
    )


def _mark_issued_here(contents, owners):
    """A year file knows of no bytes: what it holds with a number counts as issued
    elsewhere. The package has the bytes."""
    changed = []
    for told in contents.issued_here:
        owner = owners.find(told)
        if not owner.is_issued_outside:
            continue
        type(owner).objects.filter(pk=owner.pk).update(is_issued_outside=False)
        owner.is_issued_outside = False
        if isinstance(owner, ImprovementPlan | Inspection):
            owner.events.filter(deed=LOADED).update(label=_ISSUED)
        changed.append(owner)
    return changed


def _store_evidence(package, school, year, kept):
    """The bytes go where the pieces that were loaded look for them."""
    for name in package.names(EVIDENCE):
        digest = name.removeprefix(EVIDENCE).partition(".")[0]
        wanted = Evidence.objects.filter(
            school=school, school_year=year, sha256=digest, file=stored_path(digest)
        )
        piece = wanted.first()
        if piece is None or piece.file.storage.exists(piece.file.name):
            continue
        with tempfile.TemporaryFile() as file:
            file.writelines(package.chunks(name))
            file.seek(0)
            stored = piece.file.storage.save(piece.file.name, File(file))
        kept.append((piece.file.storage, stored))
        if stored != piece.file.name:  # somebody stored the same in the same moment
            wanted.update(file=stored)
