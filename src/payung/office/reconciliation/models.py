"""The insurer's list of a month, closings, and the differences that a closing froze."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from payung.office.access.scope import Columns
from payung.office.columns import CodeField, MonthField
from payung.office.reconciliation.states import ClosingState, Difference, Owner


class InsurerList(models.Model):
    """Whom the insurer has for a month of a district. Of several lists the latest counts."""

    district = models.CharField(max_length=5)
    month = MonthField()
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    rows = models.PositiveIntegerField(default=0)
    unknown = models.PositiveIntegerField(default=0)  # rows whose person is not in the register
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["district", "month", "sha256"], name="one_insurer_list"),
            models.CheckConstraint(condition=~Q(district=""), name="insurer_list_of_a_district"),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.name}"


class InsurerRow(models.Model):
    """One person of an insurer's list; ``amount`` in rupiah."""

    list = models.ForeignKey(InsurerList, on_delete=models.CASCADE, related_name="lines", db_index=False)
    person = models.IntegerField()
    segment = models.SmallIntegerField()  # 1 bpu, 2 pu
    amount = models.IntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["list", "segment", "person"], name="one_insurer_row")
        ]

    def __str__(self) -> str:
        return f"{self.person}"


class Closing(models.Model):
    """The reconciliation of a month of a district, one row a round; a closed one never changes."""

    district = models.CharField(max_length=5)
    month = MonthField()
    round = models.PositiveSmallIntegerField(default=0)  # counts up when a closed month is opened again
    state = CodeField(ClosingState, default=ClosingState.OPEN)
    digest = models.CharField(max_length=64, blank=True)  # of the figures that were signed
    minutes: models.JSONField[Any, Any] = models.JSONField(default=dict)
    district_by = models.CharField(max_length=150, blank=True)
    district_at = models.DateTimeField(null=True)
    branch_by = models.CharField(max_length=150, blank=True)
    branch_at = models.DateTimeField(null=True)
    event = models.BigIntegerField(default=0)  # number of the event that closed it
    reason = models.CharField(max_length=300, blank=True)  # why it was opened again

    class Meta:
        ordering: ClassVar = ["-month", "-round"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["district", "month", "round"], name="one_closing"),
            models.CheckConstraint(condition=~Q(district=""), name="closing_of_a_district"),
            models.CheckConstraint(
                condition=~Q(state=ClosingState.CLOSED)
                | ~Q(district_by="") & ~Q(branch_by="") & ~Q(digest="") & Q(event__gt=0),
                name="closing_by_both_sides",
            ),
            models.CheckConstraint(
                condition=Q(branch_by="") | ~Q(branch_by=models.F("district_by")),
                name="closing_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month}/{self.round}"

    @property
    def subject(self) -> str:
        """How the history calls it."""
        return f"closing:{self.pk}"


class Finding(models.Model):
    """A difference as a closing froze it, or a correction of a month closed before (``of``)."""

    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, related_name="findings", db_index=False)
    number = models.PositiveIntegerField()
    kind = CodeField(Difference, blank=True, default="")  # empty: a correction
    of = MonthField(blank=True, default="")  # the earlier month that a correction points back to
    person = models.IntegerField()
    segment = models.SmallIntegerField()
    village_code = models.CharField(max_length=13, blank=True)
    billed = models.IntegerField(default=0)  # rupiah
    paid = models.IntegerField(default=0)
    insurer = models.IntegerField(default=0)
    owner = CodeField(Owner)
    due_on = models.DateField()

    scope_columns: ClassVar = Columns(region="village_code")

    class Meta:
        ordering: ClassVar = ["closing_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["closing", "number"], name="one_finding"),
        ]

    def __str__(self) -> str:
        return f"{self.closing_id}:{self.number}"

    @staticmethod
    def in_categories(categories: list[str]) -> Q:
        """Return the condition for whoever sees some categories only."""
        return Q()
