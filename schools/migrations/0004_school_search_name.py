"""The name of a school without accents, for searching in the database; filled for the
schools there are."""

from django.db import migrations

import qualityplan.folding
from qualityplan.text import fold


def fold_names(apps, schema_editor):
    School = apps.get_model("schools", "School")
    schools = list(School.objects.only("name"))
    for school in schools:
        school.search_name = fold(school.name)
    School.objects.bulk_update(schools, ["search_name"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0003_mail_next_try"),
    ]

    operations = [
        migrations.AddField(
            model_name="school",
            name="search_name",
            field=qualityplan.folding.FoldedField(
                default="", editable=False, of="name", verbose_name="tên để tìm"
            ),
        ),
        migrations.RunPython(fold_names, migrations.RunPython.noop),
    ]
