"""Documents that were numbered before there was a register get their lines in it; then
the database guards what was issued."""

from django.db import migrations

from reports.freezing import freeze, thaw


def fill_register(apps, schema_editor):
    entry = apps.get_model("reports", "RegisterEntry")
    documents = apps.get_model("reports", "IssuedDocument").objects
    for label, owner in (
        ("plans.ImprovementPlan", "plan"),
        ("reports.ResultReport", "report"),
    ):
        model = apps.get_model(label)
        for numbered in model.objects.filter(
            number__isnull=False, issued_on__isnull=False
        ):
            key = {
                "school_id": numbered.school_id,
                "year": numbered.issued_on.year,
                "series": numbered.document_type,
                "number": numbered.number,
                "number_suffix": "",
            }
            if entry.objects.filter(**key).exists():
                continue
            issued = documents.filter(**{owner: numbered}).order_by("-pk").first()
            entry.objects.create(
                **key,
                document_type=numbered.document_type,
                symbol=numbered.symbol,
                dated=numbered.issued_on,
                subject=numbered.subject or (issued.subject if issued else ""),
                recipients=numbered.recipients,
                document=issued,
                is_paper=issued is None,
            )


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_signed_and_filed")]

    operations = [
        migrations.RunPython(fill_register, migrations.RunPython.noop),
        migrations.RunPython(freeze, thaw),
    ]
