"""Decrees, their annex, and the reserve."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from payung.codes import Category, Occupation, Sector, Segment
from payung.office.access.scope import Columns
from payung.office.columns import CodeField, MonthField, RupiahField
from payung.office.people.models import Person
from payung.office.programme.models.agreements import Agreement
from payung.office.programme.models.money import Line
from payung.office.programme.signatures import Signature
from payung.office.programme.states import DecreeState, Exit
from payung.office.vault.keyed import SealedModel
from payung.office.vault.sealed import SealedText
from payung.people.nik import mask


class Decree(models.Model):
    """A decree (SK) and its annex. Its people are frozen before money is taken; a change is a new decree.

    ``agreement`` is the PKS it rests on, ``line`` the line that pays where a row names no other. ``hash`` is the
    SHA-256 of the annex as it was frozen. ``previous`` is the decree that this one follows up, ``root`` the first of
    all of them.
    """

    number = models.CharField(max_length=120, blank=True)
    signed_on = models.DateField(null=True)
    title = models.CharField(max_length=200, blank=True)
    region_code = models.CharField(max_length=13)
    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.PROTECT, related_name="decrees")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="decrees")
    from_month = MonthField()
    until_month = MonthField()
    state = CodeField(DecreeState, default="draft")
    hash = models.CharField(max_length=64, blank=True)
    previous = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followers")
    root = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="chain")
    despite = models.CharField(max_length=300, blank=True)  # why it goes on although the law warns
    created_by = models.CharField(max_length=150)
    created_at = models.DateTimeField(default=timezone.now)
    frozen_by = models.CharField(max_length=150, blank=True)
    frozen_at = models.DateTimeField(null=True)
    signed_by = models.CharField(max_length=150, blank=True)  # who entered number and date

    scope_columns: ClassVar = Columns(region="region_code")

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["region_code", "number"], name="one_decree_of_a_number", condition=~Q(number="")
            ),
            models.UniqueConstraint(
                fields=["previous"],
                name="one_follower",
                condition=Q(state__in=["frozen", "signed", "replaced"]),
            ),
            models.CheckConstraint(
                condition=Q(until_month__gte=F("from_month")), name="decree_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "dropped"]) | ~Q(hash="") & ~Q(frozen_by=""),
                name="decree_frozen_has_hash",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["signed", "replaced"])
                | ~Q(number="") & Q(signed_on__isnull=False) & ~Q(signed_by=""),
                name="decree_signed_has_number",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"SK {self.pk}"

    @staticmethod
    def in_categories(categories: list[str]) -> Q:
        """Return the condition for whoever sees some categories only: a decree that names one of them."""
        named = DecreePerson.objects.filter(category__in=categories).values("decree")
        return Q(pk__in=named)

    @property
    def subject(self) -> str:
        """How the ledger and the history call it."""
        return f"decree:{self.pk}"

    @property
    def open(self) -> bool:
        """Whether people may still be put in and taken out."""
        return bool(self.state == DecreeState.DRAFT)


class DecreeFile(models.Model):
    """The signed file of a decree, sealed below MEDIA_ROOT, with what its electronic signatures say (signatures.py)."""

    decree = models.ForeignKey(Decree, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    path = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    signatures: models.JSONField[Any, Any] = models.JSONField(default=list)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decree", "sha256"], name="one_file_of_a_decree")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def signed(self) -> list[Signature]:
        """Its electronic signatures, the first one first."""
        return [Signature(**one) for one in self.signatures]


class DecreePerson(SealedModel):
    """A row of the annex: a person on a line for a run of months. Frozen with its decree.

    ``until_month`` is what the decree says, ``last_month`` the last one that counts: earlier where a later decree
    (``removed_by``) takes the person out. ``held`` says that the row takes these months of the person: no other
    held row of the same segment may overlap, whoever pays.
    """

    decree = models.ForeignKey(Decree, on_delete=models.PROTECT, related_name="people", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="decrees", db_index=False)
    number = models.PositiveIntegerField()  # its place in the annex
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="people", db_index=False)
    segment = CodeField(Segment)
    category = CodeField(Category)
    village_code = models.CharField(max_length=13)
    from_month = MonthField()
    until_month = MonthField()
    last_month = MonthField()
    income = RupiahField(null=True)  # rupiah a month; null: what the law takes where a BPU states none
    sector = CodeField(Sector, max_length=20, default="other")
    risk = models.PositiveSmallIntegerField(default=1)
    occupation = CodeField(Occupation, max_length=40, blank=True)
    name = models.CharField(max_length=150)  # as the annex prints it
    nik = SealedText()
    rank = models.PositiveIntegerField(null=True)
    why = models.CharField(max_length=300, blank=True)  # how the ranking put them there
    held = models.BooleanField(default=False)
    removed_by = models.ForeignKey(
        Decree, null=True, on_delete=models.PROTECT, related_name="removed", db_index=False
    )
    exit = CodeField(Exit, blank=True, default="")

    scope_columns: ClassVar = Columns(region="village_code", category="category", person="person")

    class Meta:
        ordering: ClassVar = ["decree_id", "number", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["person", "held"], name="decree_person_person"),
            models.Index(fields=["line", "held", "last_month"], name="decree_person_line"),
            models.Index(
                fields=["removed_by"], name="decree_person_removed", condition=Q(removed_by__isnull=False)
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decree", "number"], name="one_place_in_the_annex"),
            models.CheckConstraint(
                condition=Q(until_month__gte=F("from_month")), name="row_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(last_month__lte=F("until_month")), name="row_counts_within"),
            models.CheckConstraint(
                condition=Q(removed_by__isnull=False) & ~Q(exit="")
                | Q(removed_by__isnull=True, exit="", last_month=F("until_month")),
                name="row_leaves_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def masked(self) -> str:
        """The NIK as most may see it."""
        return mask(self.nik or "")


class Reserve(models.Model):
    """Who follows when a place of a decree becomes free, in a fixed order."""

    decree = models.ForeignKey(Decree, on_delete=models.PROTECT, related_name="reserve", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveIntegerField()
    segment = CodeField(Segment)
    category = CodeField(Category)
    village_code = models.CharField(max_length=13)
    income = RupiahField(null=True)
    sector = CodeField(Sector, max_length=20, default="other")
    why = models.CharField(max_length=300, blank=True)

    scope_columns: ClassVar = Columns(region="village_code", category="category", person="person")

    class Meta:
        ordering: ClassVar = ["decree_id", "rank"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decree", "rank"], name="one_reserve_of_a_rank")
        ]

    def __str__(self) -> str:
        return f"{self.rank} {self.person_id}"
