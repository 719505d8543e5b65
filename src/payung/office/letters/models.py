"""Letterheads, orders, and letters: the last are only ever added."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from payung.office.access.scope import Columns
from payung.office.columns import CodeField
from payung.office.letters.rules import grouped
from payung.office.letters.states import Office, OrderState
from payung.office.vault.keyed import SealedModel
from payung.office.vault.sealed import SealedText

ONE = "?"  # before the categories of a letter about one person


def only_of(categories: list[str]) -> Q:
    """Return the condition that everybody a letter names stands in one of ``categories``."""
    listed = "|".join(re.escape(one) for one in categories)
    return Q(categories__regex=rf"^(({listed}),)*$") | Q(categories__regex=rf"^[{ONE}]([a-z_]+,)*({listed}),")


def open_to_insurer() -> Q:
    """Return the condition that a letter names nobody who was not sent to the insurer.

    Those about one person, a change or a decree may; bills, batches, cases and lists of members do not.
    """
    return ~(
        Q(subject__startswith="person:") | Q(subject__startswith="change:") | Q(subject__startswith="decree:")
    )


def joined(categories: Sequence[str] | frozenset[str], *, of_one: bool = False) -> str:
    """Return categories as the column keeps them: each with a comma after it, in order."""
    listed = "".join(f"{one}," for one in sorted(categories))
    return ONE + listed if of_one and listed else listed


class Letterhead(models.Model):
    """The head of an office of a place, and who signs for it. Letters keep what it said when they were issued."""

    region_code = models.CharField(max_length=13)
    office = CodeField(Office)
    over = models.CharField(max_length=150, blank=True)  # the line above: "Pemerintah Kabupaten …"
    name = models.CharField(max_length=150)
    address = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=150, blank=True)
    city = models.CharField(max_length=80, blank=True)  # where letters are signed
    signer_title = models.CharField(max_length=120, blank=True)
    signer_name = models.CharField(max_length=150, blank=True)
    signer_rank = models.CharField(max_length=80, blank=True)
    signer_nip = models.CharField(max_length=30, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    scope_columns: ClassVar = Columns(region="region_code")

    class Meta:
        ordering: ClassVar = ["region_code", "office"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region_code", "office"], name="one_letterhead"),
            models.CheckConstraint(condition=~Q(name=""), name="letterhead_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def in_categories(categories: list[str]) -> Q:
        """Return the condition for whoever sees some categories only: a letterhead names nobody of them."""
        return Q()


class Naming(SealedModel):
    """An order or a letter: what it says, and who may read it by whom it names (``categories``, ``subject``)."""

    values: Any  # what it says, sealed

    scope_columns: ClassVar = Columns(region="region_code")

    class Meta:
        abstract = True

    @staticmethod
    def in_categories(categories: list[str]) -> Q:
        """Return the condition that everybody it names stands in one of ``categories``."""
        return only_of(categories)

    @staticmethod
    def for_insurer() -> Q:
        """Return the condition that the insurer's officers may read it."""
        return open_to_insurer()

    @property
    def content(self) -> dict[str, Any]:
        """What the letter says."""
        found: dict[str, Any] = json.loads(self.values or "{}")
        return found


class Order(Naming):
    """Somebody asked for a letter: what it will say is frozen here, before it has a number."""

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=60)  # "bill:12"
    about = models.CharField(max_length=150, blank=True)
    region_code = models.CharField(max_length=13)
    office = CodeField(Office)
    on = models.DateField()
    categories = models.CharField(max_length=300, blank=True)
    values = SealedText()
    replaces = models.ForeignKey("Letter", null=True, on_delete=models.PROTECT, related_name="orders")
    reason = models.CharField(max_length=300, blank=True)  # why it is issued again
    state = CodeField(OrderState, default=OrderState.WAITING)
    fault_id = models.CharField(max_length=300, blank=True)
    fault_en = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(fields=["subject"], name="order_subject"),
            models.Index(fields=["state"], name="order_open", condition=~Q(state="made")),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(reason=""), name="order_again_has_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class Letter(Naming):
    """An issued letter, as it went out. Never changed, never deleted: issued again is another row (``replaces``).

    ``serial`` counts within place, office, year and kind. ``sha256`` and ``path`` are of its file, sealed below
    MEDIA_ROOT. ``frame`` is the letterhead with its signer as it was.
    """

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="letter")
    kind = models.CharField(max_length=40)
    region_code = models.CharField(max_length=13)  # where it belongs
    place = models.CharField(max_length=13)  # of the office that issued it: its register of numbers
    office = CodeField(Office)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=80)
    on = models.DateField()
    subject = models.CharField(max_length=60)
    about = models.CharField(max_length=150, blank=True)
    categories = models.CharField(max_length=300, blank=True)
    values = SealedText()
    frame: models.JSONField[Any, Any] = models.JSONField(default=dict)
    code = models.CharField(max_length=16, unique=True)
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["subject"], name="letter_subject"),
            models.Index(fields=["region_code", "on"], name="letter_place"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["place", "office", "year", "kind", "serial"], name="one_letter_a_number"
            ),
            models.CheckConstraint(
                condition=~Q(sha256="") & ~Q(path="") & ~Q(code="") & ~Q(number=""), name="letter_is_whole"
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")), name="letter_replaces_another"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def printed_code(self) -> str:
        """The code as it stands on the paper."""
        return grouped(self.code)

    @property
    def replaced(self) -> bool:
        """Whether it was issued again."""
        return hasattr(self, "replaced_by")
