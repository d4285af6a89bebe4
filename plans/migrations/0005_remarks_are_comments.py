from django.db import migrations

_DEED, _WHOLE = "gop-y", "Toàn bộ kế hoạch"


def remarks_to_comments(apps, schema_editor):
    """What the office wrote as a milestone is a comment on the whole plan."""
    events = apps.get_model("plans", "PlanEvent")
    comments = apps.get_model("plans", "PlanComment")
    remarks = events.objects.filter(deed=_DEED, actor__isnull=False)
    for event in remarks.order_by("at", "pk"):
        comment = comments.objects.create(
            plan_id=event.plan_id,
            line_name=_WHOLE,
            text=event.note,
            author_id=event.actor_id,
            is_from_office=True,
        )
        comments.objects.filter(pk=comment.pk).update(at=event.at)
    remarks.delete()


def comments_to_remarks(apps, schema_editor):
    events = apps.get_model("plans", "PlanEvent")
    comments = apps.get_model("plans", "PlanComment")
    remarks = comments.objects.filter(table="", parent=None, is_from_office=True)
    for comment in remarks.order_by("at", "pk"):
        event = events.objects.create(
            plan_id=comment.plan_id,
            actor_id=comment.author_id,
            deed=_DEED,
            label="Đã gửi góp ý",
            note=comment.text,
        )
        events.objects.filter(pk=event.pk).update(at=comment.at)
    remarks.delete()


class Migration(migrations.Migration):
    dependencies = [("plans", "0004_year_file")]

    operations = [migrations.RunPython(remarks_to_comments, comments_to_remarks)]
