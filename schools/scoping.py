"""Which rows a person sees. `SchoolQuerySet.for_user` is the only place that turns
memberships into schools; every other queryset names its path to the school."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


def valid_on(day, prefix=""):
    """Rows whose dated validity (`starts_on`, `ends_on`, both inclusive, both optional)
    covers `day`."""
    return (
        Q(**{f"{prefix}starts_on__isnull": True})
        | Q(**{f"{prefix}starts_on__lte": day})
    ) & (Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": day}))


class DatedQuerySet(models.QuerySet):
    def on(self, day):
        return self.filter(valid_on(day))


class SchoolQuerySet(models.QuerySet):
    def for_user(self, user):
        """Schools where `user` holds a role today, or that stand under an authority (or
        one of its branches) where they do. A system administrator sees every school."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        held = user.standing
        if not held.school_ids and not held.authority_ids:
            return self.none()
        today = timezone.localdate()
        supervised = self.model.supervisions.rel.related_model.objects.on(today).filter(
            authority__in=held.authority_ids
        )
        return self.filter(
            Q(pk__in=held.school_ids) | Q(pk__in=supervised.values("school"))
        )


class SchoolScopedQuerySet(models.QuerySet):
    """A queryset of something that belongs to a school. Subclasses set `school_path`,
    the lookup that leads from a row to its school."""

    school_path = "school"

    def for_user(self, user):
        if user.is_authenticated and user.is_active and user.is_superuser:
            return self
        school = self.model
        for part in self.school_path.split("__"):
            school = school._meta.get_field(part).related_model
        visible = school.objects.for_user(user)
        return self.filter(**{f"{self.school_path}__in": visible.values("pk")})
