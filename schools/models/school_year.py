import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models


def first_year_on(day):
    """The first calendar year of the school year that `day` falls in. A school year is
    prepared from August on."""
    return day.year if day.month >= 8 else day.year - 1


class SchoolYearQuerySet(models.QuerySet):
    def current(self, day):
        return self.filter(first_year=first_year_on(day)).first()

    def named(self, name):
        """The school year "2026-2027", or None."""
        first, _, second = name.partition("-")
        if not (first.isdigit() and second.isdigit() and int(second) == int(first) + 1):
            return None
        return self.filter(first_year=int(first)).first()


class SchoolYear(models.Model):
    """Năm học, known by its first calendar year."""

    first_year = models.PositiveSmallIntegerField(
        "năm bắt đầu",
        unique=True,
        validators=[MinValueValidator(2018), MaxValueValidator(2100)],
    )

    objects = SchoolYearQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "năm học"
        ordering = ["-first_year"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first_year__range=(2018, 2100)),
                name="school_year_in_range",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        return f"{self.first_year}-{self.first_year + 1}"

    @property
    def spaced_name(self):
        """As titles of documents write it: "2026 - 2027"."""
        return f"{self.first_year} - {self.first_year + 1}"

    @property
    def starts_on(self):
        """From when on documents of this year may be dated: preparations in July."""
        return datetime.date(self.first_year, 7, 1)

    @property
    def ends_on(self):
        """Until when: reports of the summer that closes the year."""
        return datetime.date(self.first_year + 1, 8, 31)

    @property
    def pinned_on(self):
        """The day whose law decides which circular this year follows: the last of its
        first calendar year, within the first semester."""
        return datetime.date(self.first_year, 12, 31)

    def clamp(self, day):
        """`day`, or the nearest day of this year: a plan of 2022-2023 that is opened
        today is headed as in 2023."""
        return min(max(day, self.starts_on), self.ends_on)
