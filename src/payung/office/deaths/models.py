"""Two tables: lists of deaths that were read, and their rows with whom each means."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from payung.office.access.scope import Columns
from payung.office.columns import CodeField
from payung.office.deaths.states import Match, Origin
from payung.office.people.models import Person, Standing
from payung.office.vault.keyed import SealedModel
from payung.office.vault.sealed import SealedText
from payung.people.nik import mask


class DeathList(models.Model):
    """A list that was read, once: its hash stands here. The file itself is not kept."""

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    origin = CodeField(Origin)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name


class Death(SealedModel):
    """A row of a list of deaths. ``person`` is whom it means; of a doubtful one, whom it may mean."""

    listed = models.ForeignKey(DeathList, on_delete=models.PROTECT, related_name="rows", db_index=False)
    sheet = models.CharField(max_length=80, blank=True)
    row = models.PositiveIntegerField()
    name = models.CharField(max_length=150, blank=True)
    nik = SealedText()
    village_code = models.CharField(max_length=13)
    died = models.DateField(null=True)
    paper = models.CharField(max_length=120, blank=True)  # number of the certificate
    match = CodeField(Match)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="deaths")
    why: models.JSONField[Any, Any] = models.JSONField(default=dict)  # {"id": …, "en": …}
    decided_by = models.CharField(max_length=150, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    scope_columns: ClassVar = Columns(region="village_code", person="person")

    class Meta:
        ordering: ClassVar = ["-died", "-pk"]
        indexes: ClassVar = [models.Index(fields=["match", "village_code"], name="death_match_place")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["listed", "sheet", "row"], name="one_death_a_row"),
            models.CheckConstraint(
                condition=Q(match__in=["nik", "linked", "doubt"], person__isnull=False)
                | Q(match__in=["unknown", "no_death", "faulty"], person__isnull=True),
                name="death_match_has_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.died}"

    @staticmethod
    def in_categories(categories: list[str]) -> Q:
        """Return the condition that the person stands in one of ``categories``, or nobody knows who it is."""
        stands = Standing.objects.filter(person=OuterRef("person"), category__in=categories)
        return Q(person__isnull=True) | Q(Exists(stands))

    @property
    def masked(self) -> str:
        """The NIK as most may see it."""
        return mask(self.nik or "")
