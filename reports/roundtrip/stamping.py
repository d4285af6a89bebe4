"""The stamp of a workbook: whose it is, and what every cell said when it was taken home.
Signed, so that nobody but this site can write one."""

from dataclasses import dataclass

from django.core import signing

from plans.grid_rows import token
from qualityplan.text import clean
from reports.roundtrip import problems
from reports.roundtrip.problems import WorkbookRefusedError

_SALT = "qualityplan.workbook"


def digest(text):
    """A short digest of `text` as it comes back: without what cleaning takes away."""
    return token(clean(text))


@dataclass(frozen=True)
class Stamp:
    """`cells` maps a sheet's slug to {line: [digest, ...]}, in the order of `fields`."""

    kind: str
    pk: int
    school: int
    year: int
    fields: dict
    cells: dict

    def digest(self, slug, line, field):
        """What the cell said, as `digest` has it; None where the stamp knows no such cell."""
        digests = self.cells.get(slug, {}).get(str(line))
        fields = self.fields.get(slug, [])
        return digests[fields.index(field)] if digests and field in fields else None

    def lines(self, slug):
        return {int(pk) for pk in self.cells.get(slug, {})}


def stamp_of(book):
    """The signed stamp of `book`, one line of ASCII."""
    subject = book.subject
    value = {
        "kind": subject.kind,
        "pk": subject.pk,
        "school": subject.school,
        "year": subject.year,
        "fields": {s.slug: [c.field for c in s.columns] for s in book.sheets},
        "cells": {
            sheet.slug: {
                str(line.pk): [digest(line.texts[c.field]) for c in sheet.columns]
                for line in sheet.lines
            }
            for sheet in book.sheets
        },
    }
    return signing.dumps(value, salt=_SALT, compress=True)


def read_stamp(text):
    """The `Stamp` in `text`. Raises WorkbookRefusedError for one that is not ours."""
    try:
        value = signing.loads(text, salt=_SALT)
    except signing.BadSignature:
        raise WorkbookRefusedError(problems.FORGED) from None
    return Stamp(**value)


def check_belongs(stamp, subject):
    """Raise WorkbookRefusedError unless the workbook was taken from `subject`."""
    if stamp.school != subject.school:
        raise WorkbookRefusedError(
            problems.WRONG_SCHOOL.format(name=subject.school_name)
        )
    if stamp.kind != subject.kind:
        raise WorkbookRefusedError(problems.WRONG_KIND[stamp.kind])
    if stamp.year != subject.year:
        found, wanted = (f"{y}-{y + 1}" for y in (stamp.year, subject.year))
        raise WorkbookRefusedError(
            problems.WRONG_YEAR.format(found=found, wanted=wanted)
        )
    if stamp.pk != subject.pk:
        raise WorkbookRefusedError(problems.WRONG_SUBJECT)
