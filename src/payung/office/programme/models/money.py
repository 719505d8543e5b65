"""Lines of money and quotas of people, each with its ledger, and the sums that the ledger keeps."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from payung.codes import Category, Source
from payung.office.access.scope import Columns
from payung.office.columns import CodeField, MonthField, RupiahField
from payung.office.programme.models.agreements import Agreement
from payung.office.programme.states import EntryKind, Stage


class Line(models.Model):
    """A line of money: who pays, from which account, in which months, and for whom only.

    ``areas`` are codes of regions (subtrees), ``categories`` and ``occupations`` codes; an empty list restricts
    nothing. ``per_head`` is the most that one person may cost a month, in rupiah. How much there is stands in the
    ledger alone.
    """

    source = CodeField(Source)
    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    region_code = models.CharField(max_length=13)  # who pays: the district, a sub-district or a village
    account_code = models.CharField(max_length=40, blank=True)  # 5.1.02.02.02.0006
    from_month = MonthField()
    until_month = MonthField()
    areas: models.JSONField[Any, Any] = models.JSONField(default=list)
    categories: models.JSONField[Any, Any] = models.JSONField(default=list)
    occupations: models.JSONField[Any, Any] = models.JSONField(default=list)
    per_head = RupiahField(null=True)
    payer = models.CharField(max_length=150, blank=True)  # company, BAZNAS, name of the fund
    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.PROTECT, related_name="lines")
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    scope_columns: ClassVar = Columns(region="region_code")

    class Meta:
        ordering: ClassVar = ["-year", "region_code", "name", "pk"]
        indexes: ClassVar = [models.Index(fields=["region_code", "year"], name="line_place")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region_code", "year", "name"], name="one_line_of_money"),
            models.CheckConstraint(
                condition=Q(until_month__gte=F("from_month")), name="line_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="line_has_name"),
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
        return f"line:{self.pk}"


class Quota(models.Model):
    """How many people of a category (empty: any) a place may have; its ledger counts people instead of rupiah."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="places")
    region_code = models.CharField(max_length=13)
    category = CodeField(Category, blank=True, default="")

    scope_columns: ClassVar = Columns(region="region_code")

    class Meta:
        ordering: ClassVar = ["region_code", "category", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "region_code", "category"], name="one_quota")
        ]

    def __str__(self) -> str:
        return f"{self.region_code} {self.category.text.id if self.category else ''}".strip()

    @staticmethod
    def in_categories(categories: list[str]) -> Q:
        """Return the condition that a quota is for some of ``categories``, or for any."""
        return Q(category__in=["", *categories])


class Ledger(models.Model):
    """What an entry holds. Entries are only added; the database refuses a change and keeps the sums itself."""

    kind = CodeField(EntryKind)
    subject = models.CharField(max_length=60)  # "decree:3", "bill:7", "line:1"
    stage = CodeField(Stage, blank=True, default="")  # of a release: the stage that it empties
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


class LedgerEntry(Ledger):
    """An entry of a line, in whole rupiah; a negative amount takes an earlier one back."""

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="entries", db_index=False)
    amount = RupiahField(signed=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["line", "id"], name="entry_line"),
            models.Index(fields=["subject", "line"], name="entry_subject"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(amount=0), name="entry_moves_something"),
            models.CheckConstraint(
                condition=Q(kind="release", stage__in=["reserved", "committed", "billed"])
                | ~Q(kind="release") & Q(stage=""),
                name="entry_release_has_stage",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount} {self.subject}"


class QuotaEntry(Ledger):
    """An entry of a quota, in people."""

    quota = models.ForeignKey(Quota, on_delete=models.PROTECT, related_name="entries", db_index=False)
    amount = models.BigIntegerField()

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["quota", "id"], name="entry_quota")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(amount=0), name="quota_entry_moves_something"),
            models.CheckConstraint(
                condition=Q(kind="release", stage__in=["reserved", "committed"])
                | ~Q(kind="release") & Q(stage=""),
                name="quota_entry_release_has_stage",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount} {self.subject}"


class Sums(models.Model):
    """What is left and where the rest is; kept by a trigger of the ledger alone. No column can fall below zero, so
    nothing is overspent, and together they are what was given: free = ceiling and shifts − all that was taken.
    """

    ceiling = RupiahField(default=0)
    free = RupiahField(default=0)
    reserved = RupiahField(default=0)
    committed = RupiahField(default=0)
    billed = RupiahField(default=0)
    paid = RupiahField(default=0)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ceiling=F("free") + F("reserved") + F("committed") + F("billed") + F("paid")),
                name="%(class)s_adds_up",
            )
        ]


class Balance(Sums):
    """The sums of a line, in rupiah."""

    line = models.OneToOneField(Line, on_delete=models.PROTECT, related_name="balance", primary_key=True)

    def __str__(self) -> str:
        return f"{self.line_id}: {self.free}"


class QuotaBalance(Sums):
    """The sums of a quota, in people."""

    quota = models.OneToOneField(Quota, on_delete=models.PROTECT, related_name="balance", primary_key=True)

    def __str__(self) -> str:
        return f"{self.quota_id}: {self.free}"
