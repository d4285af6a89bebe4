"""A locked plan takes nothing from any address of the editor; which cells there are."""

from plans.grid_rows import token
from plans.models import ActionRow, LineChange
from tests.factories.plans import complete
from tests.plans.cellcase import CellCase, edit

TRANSACTION = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


class LockGuardTests(CellCase):
    def test_locked_plan_takes_nothing_from_any_endpoint(self):
        complete(self.plan)
        section = self.plan.sections.get(key="organisation")
        undo = self.post("cells-delete", table="dong", line=self.other.pk).json()[
            "undo"
        ]
        self.goal("Mới")
        change = self.plan.line_changes.filter(line_id=self.row.pk).get()
        place = {"table": "dong", "line": self.row.pk}
        typed = {"was": section.text, "table": "muc"}
        deeds = {
            "cells": {
                "edits": [
                    edit(self.row.pk, "goal", "Lén", was="Mới"),
                    edit(section.pk, "text", "Lén", **typed),
                ]
            },
            "cells-add": {"table": "dong", "after": self.row.pk, "texts": {}},
            "cells-duplicate": place,
            "cells-move": {**place, "step": 1},
            "cells-delete": place,
            "cells-undelete": {"undo": undo},
            "cells-merge": {
                "table": "dong",
                "into": self.row.pk,
                "from": self.other.pk,
            },
            "cell-restore": {
                "change": change.pk,
                "field": "goal",
                "seen": token("Mới"),
            },
        }
        before = self.contents()
        for status in ("submitted", "approved", "issued", "reported", "closed"):
            type(self.plan).objects.filter(pk=self.plan.pk).update(
                status=status, number=5, issued_on="2026-10-01"
            )
            for name, body in deeds.items():
                with self.subTest(status=status, name=name):
                    answer = self.post(name, **body)
                    self.assertEqual(answer.status_code, 423)
                    self.assertIn("không sửa được nữa", answer.json()["message"])
        self.assertEqual(self.contents(), before)

    def contents(self):
        return (
            list(ActionRow.objects.values()),
            list(self.plan.sections.values()),
            LineChange.objects.count(),
        )


class SectionTests(CellCase):
    def text_edit(self, section, text, was):
        return self.save(edit(section.pk, "text", text, was=was, table="muc"))

    def test_free_section_is_a_cell(self):
        section = self.plan.sections.get(key="organisation")
        answer = self.text_edit(section, "Việc của hiệu trưởng", section.text)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.json()["gaps"], {"rows": {f"muc-{section.pk}": 0}})
        section.refresh_from_db()
        self.assertEqual(section.text, "Việc của hiệu trưởng")
        self.assertEqual([deed for deed, _ in self.history(section)], ["Sửa mục"])

    def test_wording_of_the_form_stays_above_what_is_added(self):
        section = self.plan.sections.get(key="purpose")
        fixed = section.text
        answer = self.text_edit(section, "3. Thêm", "")
        (saved,) = answer.json()["saved"]
        self.assertEqual(saved["text"], "3. Thêm")
        section.refresh_from_db()
        self.assertEqual(section.text, f"{fixed}\n3. Thêm")
        self.assertEqual(self.text_edit(section, "", "3. Thêm").status_code, 200)
        section.refresh_from_db()
        self.assertEqual(section.text, fixed)

    def test_locked_section_is_refused(self):
        section = self.plan.sections.get(key="review")
        self.assertEqual(self.text_edit(section, "Lén", section.text).status_code, 422)

    def test_section_without_a_text_is_no_cell(self):
        section = self.plan.sections.get(key="rows")
        self.assertEqual(self.text_edit(section, "Lén", "").status_code, 410)


class FormOf2018Tests(CellCase):
    first_year = 2024

    def test_columns_of_the_nine_column_form_are_cells(self):
        for field in ("goal", "actions", "budget", "support", "note"):
            was = getattr(self.row, field)
            answer = self.save(edit(self.row.pk, field, f"Mới {field}", was=was))
            with self.subTest(field=field):
                self.assertEqual(answer.status_code, 200)

    def test_tables_of_mau_so_2_are_no_cells_here(self):
        answer = self.save(edit(1, "cause", "Mới", was="", table="van-de"))
        self.assertEqual(answer.status_code, 410)
