"""Year files for tests: our samples, changed at one place, in a folder of the test."""

import copy
import json
import tempfile
from pathlib import Path

from django.conf import settings
from django.test import TestCase

from plans.models import ImprovementPlan
from plans.yearfile.dumping import dump_plan
from plans.yearfile.loading import YearFileError, load_files
from schools.models import Authority, School, SchoolYear, Supervision
from tests.factories.criteria import load_catalogues

DATA = settings.BASE_DIR / "tests" / "data"
SEEDS = settings.BASE_DIR.parent / "shared" / "seeds"
GONE = object()  # put at a place: take the member away
STORED = (Authority, ImprovementPlan, School, SchoolYear, Supervision)


def sample(name="plan-primary-2018"):
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def changed(document, place, value):
    """A copy of `document` with `value` at `place`, a tuple of keys and indexes."""
    document = copy.deepcopy(document)
    *way, last = place
    target = document
    for step in way:
        target = target[step]
    if value is GONE:
        del target[last]
    else:
        target[last] = value
    return document


class YearFileCase(TestCase):
    """Has the catalogues, and a folder for files."""

    load_files = staticmethod(load_files)

    @classmethod
    def setUpTestData(cls):
        load_catalogues()

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def write(self, content, name="tep.json"):
        """`content` (bytes, text or a JSON value) as a file."""
        path = self.folder / name
        if not isinstance(content, bytes | str):
            content = json.dumps(content)
        if isinstance(content, str):
            content = content.encode()
        path.write_bytes(content)
        return path

    def load(self, *documents, **options):
        """The outcome of loading `documents`, each from a file of its own."""
        paths = [self.write(d, f"tep-{n}.json") for n, d in enumerate(documents)]
        return self.load_files(paths, **options)

    def load_one(self, document, **options):
        """The plan that `document` became."""
        plans = [
            row
            for row in self.load(document, **options).changed
            if isinstance(row, ImprovementPlan)
        ]
        return ImprovementPlan.objects.get(pk=plans[0].pk)

    def dumped(self, plan):
        return dump_plan(ImprovementPlan.objects.get(pk=plan.pk))

    def refused(self, *documents, **options):
        """The lines that refuse `documents`, without the file's folder; checks that
        nothing was stored."""
        before = [model.objects.count() for model in STORED]
        with self.assertRaises(YearFileError) as caught:
            self.load(*documents, **options)
        after = [model.objects.count() for model in STORED]
        self.assertEqual(after, before)
        return [line.replace(f"{self.folder}/", "") for line in caught.exception.lines]
