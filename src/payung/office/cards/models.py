"""Members' cards (kartu peserta) on their way from the branch into a hand."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from payung.office.access.scope import Columns
from payung.office.cards.states import CardKind
from payung.office.columns import CodeField
from payung.office.people.models import Person, Standing
from payung.office.vault.keyed import SealedModel
from payung.office.vault.sealed import SealedText
from payung.people.nik import mask


class Card(SealedModel):
    """A member's card (kartu peserta): from the branch into the office, from the office into a hand."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cards")
    kpj = SealedText(place="register.card.kpj")
    kpj_index = models.CharField(max_length=32)
    kind = CodeField(CardKind, max_length=7)
    received_on = models.DateField()  # from the branch
    handed_on = models.DateField(null=True)
    handed_to = models.CharField(max_length=150, blank=True)  # who took it: the member or somebody for them
    handed_by = models.CharField(max_length=150, blank=True)  # who gave it

    scope_columns: ClassVar = Columns(region="person__village_code", person="person")

    class Meta:
        ordering: ClassVar = ["received_on", "pk"]
        indexes: ClassVar = [models.Index(fields=["handed_on", "received_on"], name="card_waiting")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kpj_index", "kind", "received_on"], name="one_card"),
            models.CheckConstraint(
                condition=Q(handed_on__isnull=True) | Q(handed_on__gte=F("received_on")),
                name="card_handed_after_received",
            ),
            models.CheckConstraint(
                condition=Q(handed_on__isnull=True) | ~Q(handed_to=""), name="card_handed_to_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.masked} {self.kind}"

    @staticmethod
    def in_categories(categories: list[str]) -> Exists:
        """Return the condition that the member stands in one of ``categories``."""
        return Exists(Standing.objects.filter(person=OuterRef("person"), category__in=categories))

    @property
    def masked(self) -> str:
        """The KPJ as most may see it."""
        return mask(self.kpj or "")
