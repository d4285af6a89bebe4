"""What a school writes again and again: who is in charge, where the money comes from. Its
own earlier texts, offered to be chosen; nothing is put in by itself."""

from django.db.models import Count, F, Max
from django.db.models.functions import Length

from plans.tables import MONITORING, ROWS

# Fields whose texts return from year to year.
FIELDS = {
    ROWS.slug: frozenset({"responsible", "budget", "resources", "support"}),
    MONITORING.slug: frozenset({"assessor"}),
}
MOST = 8
# A longer text is no phrase.
LONGEST = 200


def phrases(plan, table, field):
    """The texts that the school has in this column, of all its plans: the most used
    first, of equals the latest; at most eight."""
    if field not in FIELDS.get(table.slug, ()):
        return []
    texts = table.model.objects.filter(plan__school=plan.school_id)
    texts = texts.annotate(length=Length(field)).filter(length__range=(1, LONGEST))
    used = texts.order_by().values(text=F(field))
    used = used.annotate(times=Count("pk"), latest=Max("pk"))
    return [row["text"] for row in used.order_by("-times", "-latest")[:MOST]]
