"""Year files of all kinds: what stands in them, and the records of inspection."""

from inspections.models import Inspection
from reports.yearfile.loading import load_files
from tests.plans.yearfiles import YearFileCase, sample
from tests.reports.reading import squeezed

RECORD = "inspection-2018"


def plan_of(data):
    """The plan in a year file: the file itself, or what an inspection copied."""
    return data["inspection"]["plan"] if "inspection" in data else data


def narrative(data):
    """The texts outside the tables in the order of the paper."""
    plan = plan_of(data)
    texts = [*plan["legal_bases"], *filter(None, [plan["introduction"]])]
    for section in plan["sections"]:
        texts += [f"{section['number']}. {section['title']}"]
        texts += section.get("paragraphs", [])
    recipients = [text.rstrip(".;") for text in plan["recipients"]]
    return [squeezed(text) for text in [*texts, *recipients]]


class RecordCase(YearFileCase):
    """Loads what `reports` can, not only plans."""

    load_files = staticmethod(load_files)

    def load_record(self, document=None):
        self.load(document or sample(RECORD))
        return Inspection.objects.with_header().get()

    def refused_record(self, document):
        lines = self.refused(document)
        self.assertEqual(Inspection.objects.count(), 0)
        return [line.removeprefix("tep-0.json: ") for line in lines]
