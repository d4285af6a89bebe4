"""What a year file does not say of an inspection is not touched."""

from tests.plans.yearfiles import sample
from tests.reports.yearfiles import RECORD, RecordCase


class InspectionEventsTests(RecordCase):
    def test_milestones_stay_where_the_file_tells_none(self):
        inspection = self.load_record()
        inspection.events.create(deed="mo-lai", label="Đã mở lại", note="Ghi sai.")
        document = sample(RECORD)
        document["inspection"]["remarks"] = "Nhận xét khác."
        self.load(document)
        notes = [e.note for e in inspection.events.filter(deed="mo-lai")]
        self.assertEqual(notes, ["Ghi sai."])

    def test_milestones_of_the_file_take_the_place_of_those_here(self):
        inspection = self.load_record()
        inspection.events.create(deed="mo-lai", label="Đã mở lại")
        document = sample(RECORD)
        told = {"at": "2024-03-20T01:00:00Z", "deed": "bat-dau", "label": "Đã bắt đầu"}
        document["inspection"] |= {"remarks": "Khác.", "events": [told]}
        self.load(document)
        deeds = inspection.events.values_list("deed", flat=True)
        self.assertEqual(set(deeds), {"bat-dau", "nap"})
