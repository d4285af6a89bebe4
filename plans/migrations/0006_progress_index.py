from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("criteria", "0001_catalogue"),
        ("plans", "0005_remarks_are_comments"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="actionrow",
            index=models.Index(
                fields=["plan", "progress", "standard"], name="row_progress_of_plan"
            ),
        ),
    ]
