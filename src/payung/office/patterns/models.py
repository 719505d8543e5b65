"""Two tables: samples of approved cases that were drawn, and the second look at each."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from payung.office.access.scope import Columns
from payung.office.cases.models import Case
from payung.office.columns import CodeField
from payung.office.patterns.states import Verdict


class Sample(models.Model):
    """Cases drawn by a seed out of those that were approved in a period. Never changed, never drawn anew."""

    region_code = models.CharField(max_length=13)
    seed = models.CharField(max_length=40)
    since = models.DateField()  # approved or paid from this day
    until = models.DateField()
    among = models.PositiveIntegerField()  # how many cases it was drawn from
    size = models.PositiveIntegerField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    scope_columns: ClassVar = Columns(region="region_code")

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["region_code", "seed", "since", "until", "size"], name="one_sample_a_seed"
            ),
            models.CheckConstraint(condition=~Q(seed=""), name="sample_has_a_seed"),
            models.CheckConstraint(condition=Q(size__gt=0, size__lte=F("among")), name="sample_is_a_part"),
            models.CheckConstraint(condition=Q(since__lte=F("until")), name="sample_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.seed} {self.since}–{self.until}"

    @staticmethod
    def in_categories(categories: list[str]) -> Q:
        """Return the condition for categories: a sample is about no person."""
        return Q()

    @staticmethod
    def for_insurer() -> Q:
        """Return the condition for the insurer's officers: whom the inspectorate looks at is not theirs."""
        return Q(pk__in=[])

    @property
    def subject(self) -> str:
        """How the history calls it."""
        return f"sample:{self.pk}"


class Drawn(models.Model):
    """A case of a sample, in the order of the draw, and what a second look came to."""

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="drawn", db_index=False)
    number = models.PositiveIntegerField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="drawn")
    verdict = CodeField(Verdict, blank=True, default="")
    note = models.CharField(max_length=500, blank=True)
    looked_by = models.CharField(max_length=150, blank=True)
    looked_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["sample_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sample", "number"], name="one_drawn_a_number"),
            models.UniqueConstraint(fields=["sample", "case"], name="drawn_once"),
            models.CheckConstraint(
                condition=Q(verdict="", looked_at__isnull=True)
                | (~Q(verdict="") & Q(looked_at__isnull=False)),
                name="verdict_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["", "baik"]) | ~Q(note=""), name="doubt_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"
