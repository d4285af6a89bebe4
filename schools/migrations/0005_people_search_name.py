"""The names of people without accents, for searching in the database; filled for the
people there are."""

from django.db import migrations

import qualityplan.folding
from qualityplan.text import fold


def fold_names(apps, schema_editor):
    User = apps.get_model("schools", "User")
    people = list(User.objects.only("full_name"))
    for person in people:
        person.search_name = fold(person.full_name)
    User.objects.bulk_update(people, ["search_name"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0004_school_search_name"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="search_name",
            field=qualityplan.folding.FoldedField(
                default="", editable=False, of="full_name", verbose_name="tên để tìm"
            ),
        ),
        migrations.RunPython(fold_names, migrations.RunPython.noop),
    ]
