"""What a team is writing down is not the school's to read, in a package neither."""

import io
import zipfile

from django.urls import reverse

from inspections.models import Inspection
from tests.factories.inspections import make_inspection
from tests.reports.packages import PackageCase


class OpenInspectionTests(PackageCase):
    def names(self, who):
        """The year files of the package that this person downloads, and their texts."""
        self.client.force_login(getattr(self.cast, who))
        args = [self.cast.school.pk, 2024]
        response = self.client.post(reverse("reports:package-download", args=args))
        with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as zip_:
            names = [n for n in zip_.namelist() if "kiem-tra" in n]
            return len(names), b"".join(map(zip_.read, names)).decode()

    def test_school_packs_the_record_of_an_inspection_that_is_over_only(self):
        going_on = make_inspection(self.plan, "open", leader=self.cast.officer)
        Inspection.objects.filter(pk=going_on.pk).update(strengths="Đang ghi dở")
        for who, count in (("officer", 2), ("principal", 1), ("editor", 1)):
            with self.subTest(who):
                found, text = self.names(who)
                self.assertEqual(found, count)
                self.assertEqual("Đang ghi dở" in text, count == 2)

    def test_school_packs_it_when_the_team_has_finished(self):
        make_inspection(self.plan, "closed", leader=self.cast.officer)
        self.assertEqual(self.names("principal")[0], 2)
