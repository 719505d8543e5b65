"""Two tables: the levels that bills have reached, and how their payers were spoken to."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from payung.office.access.scope import Columns
from payung.office.arrears import rules
from payung.office.arrears.states import How, RungState
from payung.office.bills.models import Bill
from payung.office.columns import CodeField, RupiahField
from payung.office.letters.models import Letter, Order
from payung.text import Text


class Contact(models.Model):
    """How a payer was spoken to about arrears. Only added.

    Of a letter: ``level`` is the highest that it gathers, ``rows`` its table (JSON, one object a bill: ``bill``,
    ``line``, ``segment``, ``from``, ``until``, ``due_on``, ``level``, ``people``, ``open``), ``amount`` the sum of
    ``open``, ``people`` the person-months; ``order`` asked for its paper (app letters);
    ``until`` the last day on which paying keeps the rights of ``lose`` people.
    """

    region_code = models.CharField(max_length=13)  # the payer
    how = CodeField(How)
    on = models.DateField()
    level = models.PositiveSmallIntegerField(default=0)
    number = models.CharField(max_length=120, blank=True)  # of a letter that was written elsewhere
    order = models.OneToOneField(Order, null=True, on_delete=models.PROTECT, related_name="arrears")
    note = models.CharField(max_length=300, blank=True)
    rows: models.JSONField[Any, Any] = models.JSONField(default=list)
    people = models.PositiveIntegerField(default=0)
    amount = RupiahField(default=0)
    until = models.DateField(null=True)
    lose = models.PositiveIntegerField(default=0)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    scope_columns: ClassVar = Columns(region="region_code")

    class Meta:
        ordering: ClassVar = ["-on", "-pk"]
        indexes: ClassVar = [models.Index(fields=["region_code", "on"], name="contact_payer")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(how=How.LETTER, level__gt=0, amount__gt=0) | ~Q(how=How.LETTER) & ~Q(note=""),
                name="contact_says_something",
            )
        ]

    def __str__(self) -> str:
        return f"{self.how} {self.on}"

    @property
    def paper(self) -> Letter | None:
        """The letter as it was issued; ``None`` where it was written elsewhere or is not made yet."""
        return getattr(self.order, "letter", None) if self.order_id else None

    @property
    def called(self) -> str:
        """The number of the letter; empty where it has none yet."""
        return self.paper.number if self.paper else self.number

    @staticmethod
    def in_categories(categories: list[str]) -> Q:
        """Return the condition for whoever sees some categories only: a payer is shown whole."""
        return Q()


class Rung(models.Model):
    """A level that an unpaid bill has reached, on a day. ``people``, ``amount``: person-months and rupiah open then."""

    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="rungs", db_index=False)
    level = models.PositiveSmallIntegerField()
    on = models.DateField()
    region_code = models.CharField(max_length=13)  # who pays
    people = models.PositiveIntegerField()
    amount = RupiahField()
    state = CodeField(RungState, default=RungState.WAITING)
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="rungs")
    reason = models.CharField(max_length=300, blank=True)  # why it was skipped
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)

    scope_columns: ClassVar = Columns(region="region_code")

    class Meta:
        ordering: ClassVar = ["-on", "-level", "pk"]
        indexes: ClassVar = [models.Index(fields=["state", "region_code"], name="rung_state_payer")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bill", "level"], name="one_rung_of_a_level"),
            models.CheckConstraint(condition=Q(level__gt=0), name="rung_has_level"),
            models.CheckConstraint(
                condition=Q(state=RungState.ISSUED, contact__isnull=False)
                | ~Q(state=RungState.ISSUED) & Q(contact__isnull=True),
                name="rung_issued_has_letter",
            ),
            models.CheckConstraint(
                condition=Q(state=RungState.SKIPPED) & ~Q(reason="") & ~Q(decided_by="")
                | ~Q(state=RungState.SKIPPED) & Q(reason=""),
                name="rung_skipped_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bill_id} {self.level}"

    @staticmethod
    def in_categories(categories: list[str]) -> Q:
        """Return the condition for whoever sees some categories only: a bill is shown whole."""
        return Q()

    @property
    def title(self) -> Text:
        """What this level is called."""
        return rules.title(self.level, self.bill.due_on)
