"""Load catalogue files: read and check them all, then store them in one transaction."""

from django.conf import settings
from django.db import transaction

from criteria.catalogue.fields import CatalogueError, read
from criteria.catalogue.reading import circular_file, crosswalk_file
from criteria.catalogue.storing import (
    create_education_levels,
    store_circular,
    store_crosswalk,
)


def default_files():
    """The catalogues that come with the product."""
    folder = settings.BASE_DIR / "fixtures" / "catalogue"
    return sorted(folder.glob("*.json"))


def load(paths):
    """Bring the database in line with the catalogue files at `paths`; an `Outcome` for
    each. Circulars come first, whatever the order: the crosswalk refers to them."""
    roots = [read(path) for path in paths]
    circulars = [circular_file(root) for root in roots if not _is_crosswalk(root)]
    crosswalks = [(root, crosswalk_file(root)) for root in roots if _is_crosswalk(root)]
    _refuse_same_circular(circulars)
    circulars.sort(key=lambda f: (f.circular.number, f.circular.annex))
    with transaction.atomic():
        create_education_levels()
        return [
            *(store_circular(file) for file in circulars),
            *(store_crosswalk(root, entries) for root, entries in crosswalks),
        ]


def _is_crosswalk(root):
    return isinstance(root.value, list)


def _refuse_same_circular(files):
    seen = {}
    for file in files:
        key = (file.circular.number, file.circular.annex)
        if key in seen:
            raise CatalogueError(
                f"{file.source.file}: {file.circular} đã có trong tệp {seen[key]}."
            )
        seen[key] = file.source.file
