"""Children with a scholarship, and the years that were claimed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from payung.office.access.scope import Columns
from payung.office.cases.models import Case, of_people
from payung.office.columns import CodeField, RupiahField
from payung.office.scholarships.states import Ending, Level


class Child(models.Model):
    """A child of a member, with a scholarship."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="children_paid")
    name = models.CharField(max_length=150)
    birth_date = models.DateField()
    level = CodeField(Level)  # where it stood when the scholarship began
    # Number of the insurer's letter that gives it, where what this office knows does not (`queries.ground`).
    letter = models.CharField(max_length=120, blank=True, default="")
    ended = CodeField(Ending, blank=True, default="")
    ended_on = models.DateField(null=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    scope_columns: ClassVar = Columns(region="case__incident__village_code")

    class Meta:
        ordering: ClassVar = ["case_id", "birth_date", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "name", "birth_date"], name="one_child"),
            models.CheckConstraint(
                condition=(Q(ended="") & Q(ended_on__isnull=True))
                | (~Q(ended="") & Q(ended_on__isnull=False)),
                name="child_ends_on_a_day",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="child_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def in_categories(categories: list[str]) -> Q:
        """Return the condition that the parent stands in one of ``categories``."""
        return of_people(categories, "case__incident__person")

    @property
    def subject(self) -> str:
        """How the history calls it."""
        return f"child:{self.pk}"


class Year(models.Model):
    """A year that was claimed, and when it was paid."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField()  # in which the school year begins
    level = CodeField(Level)
    letter = models.CharField(max_length=120)  # of the school
    amount = RupiahField()
    asked_on = models.DateField()
    paid_on = models.DateField(null=True)
    by = models.CharField(max_length=150)

    class Meta:
        ordering: ClassVar = ["child_id", "year"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["child", "year"], name="one_claim_a_year"),
            models.CheckConstraint(
                condition=~Q(letter="") & Q(amount__gt=0), name="claim_has_letter_and_amount"
            ),
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True) | Q(paid_on__gte=models.F("asked_on")),
                name="paid_after_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.level}"
