"""What happened to whom, with evidence and the month from which it counts; and which village went through its list."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from payung.codes import Segment
from payung.law import months
from payung.office.access.scope import Columns
from payung.office.changes.states import ChangeKind, ChangeState
from payung.office.columns import CodeField
from payung.office.people.models import Person, Standing


class Refresh(models.Model):
    """A village has gone through its list in a quarter (``2026-Q4``): how many stay, come and leave, by reason."""

    village_code = models.CharField(max_length=13)
    quarter = models.CharField(max_length=7)
    stays = models.PositiveIntegerField()
    comes = models.PositiveIntegerField()
    leaves = models.PositiveIntegerField()
    reasons: models.JSONField[Any, Any] = models.JSONField(default=dict)  # kind of change → people
    note = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    scope_columns: ClassVar = Columns(region="village_code")

    class Meta:
        ordering: ClassVar = ["-quarter", "village_code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["village_code", "quarter"], name="one_refresh_a_quarter")
        ]

    def __str__(self) -> str:
        return f"{self.quarter} {self.village_code}"

    @staticmethod
    def in_categories(categories: list[str]) -> Q:
        """Return the condition for whoever sees some categories only: a village is shown whole."""
        return Q()


class Change(models.Model):
    """Something that happened to a person and changes whether they are billed."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="changes")
    kind = CodeField(ChangeKind)
    on = models.DateField()  # the day of the event
    segment = CodeField(Segment, blank=True, default="")  # the one that ends; empty: both
    stops_from = models.SmallIntegerField(
        null=True
    )  # first month (year x 12 + month - 1) that is not billed any more
    evidence = models.CharField(max_length=200)
    note = models.CharField(max_length=300, blank=True)
    state = CodeField(ChangeState, default=ChangeState.REPORTED)
    village_code = models.CharField(max_length=13)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)  # why refused or withdrawn

    scope_columns: ClassVar = Columns(region="village_code", person="person")

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["state", "village_code"], name="change_state_place")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "kind", "on"],
                name="one_change",
                condition=Q(state__in=[ChangeState.REPORTED, ChangeState.APPROVED]),
            ),
            models.UniqueConstraint(
                fields=["person"],
                name="one_death",
                condition=Q(kind=ChangeKind.MENINGGAL, state=ChangeState.APPROVED),
            ),
            models.CheckConstraint(condition=~Q(evidence=""), name="change_has_evidence"),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "withdrawn"]) | ~Q(reason=""),
                name="change_ends_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=ChangeState.REPORTED) | ~Q(decided_by=""), name="change_decided_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"

    @staticmethod
    def in_categories(categories: list[str]) -> Exists:
        """Return the condition that the person stands in one of ``categories``."""
        return Exists(Standing.objects.filter(person=OuterRef("person"), category__in=categories))

    @property
    def subject(self) -> str:
        """How the history calls it."""
        return f"change:{self.pk}"

    @property
    def stops(self) -> str:
        """The first month (``YYYY-MM``) that is not billed any more; empty where billing goes on."""
        return "" if self.stops_from is None else months.from_index(self.stops_from)
