"""Agreements and their files: rows are only added."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from payung.office.access.scope import Columns
from payung.office.columns import CodeField
from payung.office.programme.states import AgreementKind


class Agreement(models.Model):
    """A paper between district and insurer, or an amendment of one. Rows are only added, never changed.

    An addendum is a row of its own with its own number and days; what was in force on a day is reckoned from all
    of them (``queries.in_force_on``). ``parent`` is the paper it rests on; ``parent_kind`` repeats its kind, so
    that the order of steps is a condition of the table.
    """

    kind = CodeField(AgreementKind)
    number = models.CharField(max_length=120)
    title = models.CharField(max_length=200, blank=True)
    signed_on = models.DateField()
    starts = models.DateField()
    ends = models.DateField()
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    parent_kind = CodeField(AgreementKind, blank=True, default="")
    region_code = models.CharField(max_length=13, db_index=True)
    parties: models.JSONField[Any, Any] = models.JSONField(default=list)
    programmes: models.JSONField[Any, Any] = models.JSONField(default=list)  # jkk, jkm
    quotas: models.JSONField[Any, Any] = models.JSONField(default=dict)  # category → people
    tariff = models.CharField(max_length=200, blank=True)  # on which rule the contribution is reckoned
    note = models.TextField(blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    scope_columns: ClassVar = Columns(region="region_code")

    class Meta:
        ordering: ClassVar = ["-signed_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region_code", "kind", "number"], name="one_agreement"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="agreement_ends_after_start"),
            models.CheckConstraint(condition=~Q(number=""), name="agreement_has_number"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True, parent_kind="")
                | Q(parent__isnull=False) & ~Q(parent_kind=""),
                name="agreement_parent_has_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind="mou", parent__isnull=True)
                | Q(kind="pks") & (Q(parent__isnull=True) | Q(parent_kind="mou"))
                | Q(kind="sk", parent_kind="pks")
                | Q(kind="addendum", parent_kind__in=["mou", "pks", "sk"]),
                name="agreement_order_of_steps",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @staticmethod
    def in_categories(categories: list[str]) -> Q:
        """Return the condition for whoever sees some categories only: an agreement concerns all of them."""
        return Q()


class AgreementFile(models.Model):
    """A scan or a signed file of an agreement; sealed below MEDIA_ROOT."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    path = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "sha256"], name="one_file_of_an_agreement")
        ]

    def __str__(self) -> str:
        return self.name
