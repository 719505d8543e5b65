"""Snapshots of closed months, denominators, targets, and the shapes of places on the map."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from payung.office.columns import MonthField


class Snapshot(models.Model):
    """All figures of a district as they were when a month was closed. Never changes; a month that is closed again has
    another."""

    district = models.CharField(max_length=5)
    month = MonthField()
    round = models.PositiveSmallIntegerField()  # of the closing
    on = models.DateField()  # the day that the figures are for: the last of the month
    at = models.DateTimeField(default=timezone.now)  # what the office knew then
    by = models.CharField(max_length=150)
    digest = models.CharField(max_length=64)  # SHA-256 over its cells
    denominators: models.JSONField[Any, Any] = models.JSONField(default=list)  # keys of those in use then

    class Meta:
        ordering: ClassVar = ["-month", "-round"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["district", "month", "round"], name="one_snapshot"),
            models.CheckConstraint(condition=~Q(district=""), name="snapshot_of_a_district"),
            models.CheckConstraint(condition=~Q(digest=""), name="snapshot_has_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.month}/{self.round}"

    @property
    def subject(self) -> str:
        """How the history calls it."""
        return f"snapshot:{self.pk}"


class SnapshotCell(models.Model):
    """A part of a figure in a snapshot: where, parted by every cut of the figure at once."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="cells", db_index=False)
    figure = models.CharField(max_length=40)
    place = models.CharField(max_length=13, blank=True)
    keys = models.CharField(max_length=400, blank=True)  # JSON: the keys of its cuts, in their order
    number = models.BigIntegerField()
    many = models.BigIntegerField()  # people or rows behind it

    class Meta:
        ordering: ClassVar = ["snapshot_id", "figure", "place", "keys"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["snapshot", "figure", "place", "keys"], name="one_snapshot_cell"),
        ]

    def __str__(self) -> str:
        return f"{self.figure} {self.place}: {self.number}"


class Tally(models.Model):
    """The figures of people of the whole office as a job counted them, where pages do not count; one row, replaced.

    It says nothing that the tables do not say: whoever takes it away has it counted anew.
    """

    on = models.DateField()
    number = models.BigIntegerField()  # of the last event of the history that was counted
    chain = models.CharField(max_length=64, blank=True)  # and its link
    at = models.DateTimeField()
    took = models.PositiveIntegerField()  # milliseconds
    cells = models.TextField()  # JSON by figure, packed (payung.office.insight.tallies)

    def __str__(self) -> str:
        return f"{self.on} {self.number}"


class Denominator(models.Model):
    """How many people a district has by some source: of whom "covered" is a share. Only added; a new year is a new
    row."""

    district = models.CharField(max_length=5)
    source = models.CharField(max_length=120)  # as people name it: a survey of BPS
    year = models.PositiveSmallIntegerField()
    definition = models.CharField(max_length=300)  # who is counted
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-year", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(source="") & ~Q(definition=""), name="denominator_says_what"),
            models.CheckConstraint(condition=~Q(district=""), name="denominator_of_a_district"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.year}"

    @property
    def subject(self) -> str:
        """How the history calls it."""
        return f"denominator:{self.pk}"


class DenominatorPart(models.Model):
    """The number of a denominator for one place: the district, a sub-district or a village."""

    denominator = models.ForeignKey(
        Denominator, on_delete=models.PROTECT, related_name="parts", db_index=False
    )
    place = models.CharField(max_length=13)
    number = models.PositiveBigIntegerField()

    class Meta:
        ordering: ClassVar = ["denominator_id", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["denominator", "place"], name="one_denominator_part"),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.number}"


class Target(models.Model):
    """A share of workers to be covered by the end of a year. Only added; of one place and year the last counts.

    ``place`` is the code of a province or district, empty for the nation; ``share`` in hundredths of a percent;
    ``definition`` says of whom. It counts for the district that entered it (``district``) alone.
    """

    district = models.CharField(max_length=5)
    place = models.CharField(max_length=5, blank=True)
    year = models.PositiveSmallIntegerField()
    share = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)  # the paper that sets it
    definition = models.CharField(max_length=300)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["year", "place", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=10_000), name="target_is_a_share"),
            models.CheckConstraint(condition=~Q(source="") & ~Q(definition=""), name="target_says_what"),
            models.CheckConstraint(condition=~Q(district=""), name="target_of_a_district"),
        ]

    def __str__(self) -> str:
        return f"{self.place or 'id'} {self.year}"

    @property
    def subject(self) -> str:
        """How the history calls it."""
        return f"target:{self.pk}"


class Boundary(models.Model):
    """The shape of a place on the map; what is loaded again takes the place of the former."""

    place = models.CharField(max_length=13, primary_key=True)
    name = models.CharField(max_length=120)
    rings: models.JSONField[Any, Any] = models.JSONField()  # [[[x, y], ...], ...]: millionths of a degree

    class Meta:
        ordering: ClassVar = ["place"]

    def __str__(self) -> str:
        return self.name
