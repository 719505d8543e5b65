"""Donors, their accounts, pledges, and the lines of money that were made of them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from payung.codes import Source
from payung.office.access.scope import Columns
from payung.office.accounts.models import User
from payung.office.columns import CodeField, MonthField, RupiahField
from payung.office.donors.states import GIVERS, Scheme
from payung.office.programme.models import Line


class Donor(models.Model):
    """A company, a fund or a group that gives money for the contributions of others."""

    name = models.CharField(max_length=150)
    region_code = models.CharField(max_length=13)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    scope_columns: ClassVar = Columns(region="region_code")

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region_code", "name"], name="one_donor"),
            models.CheckConstraint(condition=~Q(name=""), name="donor_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def in_categories(categories: list[str]) -> Q:
        """Return the condition for whoever sees some categories only: money is shown whole."""
        return Q()

    @property
    def subject(self) -> str:
        """How the history calls it."""
        return f"donor:{self.pk}"


class DonorAccount(models.Model):
    """A user who looks for a donor; of one donor at most."""

    donor = models.ForeignKey(Donor, on_delete=models.PROTECT, related_name="accounts")
    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="donor_account")
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["donor_id", "pk"]

    def __str__(self) -> str:
        return self.user.username


class Pledge(models.Model):
    """What a donor promised in one letter. Never changed; withdrawn only while no line was made of it.

    ``people`` and ``months`` are what the donor hopes for (empty: not said), ``areas`` (subtrees), ``categories`` and
    ``occupations`` whom the money is for; an empty list restricts nothing. ``per_head``: rupiah a person and month at
    most. ``placed`` is the ceilings of its lines, kept by triggers alone: never more than ``amount``.
    """

    donor = models.ForeignKey(Donor, on_delete=models.PROTECT, related_name="pledges")
    number = models.CharField(max_length=120)  # of the letter
    scheme = CodeField(Scheme)
    source = CodeField(Source, values=GIVERS)
    signed_on = models.DateField()
    amount = RupiahField()
    from_month = MonthField()
    until_month = MonthField()
    people = models.PositiveIntegerField(null=True)
    months = models.PositiveSmallIntegerField(null=True)
    areas: models.JSONField[Any, Any] = models.JSONField(default=list)
    categories: models.JSONField[Any, Any] = models.JSONField(default=list)
    occupations: models.JSONField[Any, Any] = models.JSONField(default=list)
    per_head = RupiahField(null=True)
    note = models.CharField(max_length=300, blank=True)
    placed = RupiahField(default=0)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)
    withdrawn_by = models.CharField(max_length=150, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)  # why it was withdrawn

    scope_columns: ClassVar = Columns(region="donor__region_code")

    class Meta:
        ordering: ClassVar = ["-signed_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["donor", "number"], name="one_pledge"),
            models.CheckConstraint(condition=~Q(number=""), name="pledge_has_number"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="pledge_of_something"),
            models.CheckConstraint(
                condition=Q(until_month__gte=F("from_month")), name="pledge_ends_after_start"
            ),
            models.CheckConstraint(
                condition=(Q(people__isnull=True) | Q(people__gt=0))
                & (Q(months__isnull=True) | Q(months__gt=0)),
                name="pledge_hopes_for_somebody",
            ),
            models.CheckConstraint(condition=Q(placed__lte=F("amount")), name="pledge_not_overplaced"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="", reason="")
                | (Q(withdrawn_at__isnull=False, placed=0) & ~Q(withdrawn_by="") & ~Q(reason="")),
                name="pledge_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @staticmethod
    def in_categories(categories: list[str]) -> Q:
        """Return the condition for whoever sees some categories only: money is shown whole."""
        return Q()

    @property
    def subject(self) -> str:
        """How the history calls it."""
        return f"pledge:{self.pk}"

    @property
    def left(self) -> int:
        """Rupiah that no line was made of yet."""
        return 0 if self.withdrawn_at else int(self.amount - self.placed)


class PledgeLine(models.Model):
    """A line of money that was made of a pledge; never taken from it."""

    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="lines")
    line = models.OneToOneField(Line, on_delete=models.PROTECT, related_name="pledge_line")

    class Meta:
        ordering: ClassVar = ["pledge_id", "pk"]

    def __str__(self) -> str:
        return f"{self.pledge_id}: {self.line_id}"
