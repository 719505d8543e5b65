"""The tables of the register: people, households, former numbers, heirs, categories, memberships."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from payung.codes import Category, Life, Occupation, Relation, Segment, Sex, Source
from payung.office.access.scope import Columns
from payung.office.columns import CodeField, MonthField
from payung.office.vault.keyed import SealedManager, SealedModel, SealedRows
from payung.office.vault.sealed import BlindText, SealedText
from payung.people.nik import mask

DEAD = Life.DEAD


class Household(SealedModel):
    """The people of one family card (KK)."""

    kk = SealedText(place="register.household.kk")
    kk_index = models.CharField(max_length=32, unique=True)
    village_code = models.CharField(max_length=13, db_index=True)

    def __str__(self) -> str:
        return mask(self.kk or "")


class Unmerged(SealedManager["Person"]):
    """People, each once: without those who turned out to be somebody else of the register."""

    def get_queryset(self) -> SealedRows[Person]:
        """Return everybody who is not merged into another person."""
        return super().get_queryset().filter(merged_into__isnull=True)


class Person(SealedModel):
    """A resident, known by NIK, apart from any programme."""

    nik = SealedText(place="register.person.nik")
    nik_index = models.CharField(max_length=32, unique=True, null=True)
    name = models.CharField(max_length=150)
    name_key = models.CharField(max_length=150)  # lower-case words, for sorting and searching
    birth_date = models.DateField(null=True)
    birth_place = models.CharField(max_length=80, blank=True)
    sex = CodeField(Sex, max_length=1, blank=True)
    mother = models.CharField(max_length=150, blank=True)
    phone = SealedText(place="register.person.phone")
    phone_index = BlindText(of="phone", db_index=True)
    address = models.CharField(max_length=200, blank=True)
    rt = models.CharField(max_length=5, blank=True)
    rw = models.CharField(max_length=5, blank=True)
    village_code = models.CharField(max_length=13)
    household = models.ForeignKey(Household, null=True, on_delete=models.PROTECT, related_name="people")
    job = models.CharField(max_length=120, blank=True)
    occupation = CodeField(Occupation, max_length=40, blank=True)
    income = models.BigIntegerField(null=True)  # rupiah a month
    disability = models.BooleanField(null=True)
    decile = models.PositiveSmallIntegerField(null=True)  # DTSEN, 1 the poorest
    decile_version = models.CharField(max_length=40, blank=True)
    life_status = CodeField(Life, max_length=20, blank=True)
    # The same person once more: left out of lists and counts, see merging.py. Never points to one that is merged.
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged", db_index=False
    )

    scope_columns: ClassVar = Columns(region="village_code", person="pk")

    objects: ClassVar[Unmerged] = Unmerged()
    everybody = SealedManager()

    class Meta:
        ordering: ClassVar = ["name_key", "pk"]
        indexes: ClassVar = [
            # With all that a walk along the names of some villages asks: nobody's row is read on it.
            models.Index(fields=["village_code", "name_key", "id", "merged_into"], name="person_village"),
            # With the key: whoever walks along the names needs nothing else of those who do not match.
            models.Index(fields=["name_key", "id"], name="person_by_name"),
            models.Index(fields=["birth_date"], name="person_birth"),
            models.Index(fields=["life_status", "village_code"], name="person_life"),
            # Only the few that are merged: an index of all would lead planners away from the village.
            models.Index(
                fields=["merged_into"], name="person_merged", condition=Q(merged_into__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def in_categories(categories: list[str]) -> Exists:
        """Return the condition that a person stands in one of ``categories``."""
        return Exists(Standing.objects.filter(person=OuterRef("pk"), category__in=categories))

    @property
    def masked(self) -> str:
        """The NIK as most may see it."""
        return mask(self.nik or "")

    @property
    def dead(self) -> bool:
        """Whether a list or the civil registry says that the person died."""
        return bool(self.life_status == DEAD)


class FormerNik(SealedModel):
    """A NIK that somebody was recorded under before it was corrected, so that the old number still finds them."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="former_niks")
    nik = SealedText(place="register.formernik.nik")
    nik_index = models.CharField(max_length=32, db_index=True)
    until = models.DateTimeField(default=timezone.now)  # when it was corrected

    class Meta:
        ordering: ClassVar = ["-until", "-pk"]

    def __str__(self) -> str:
        return self.masked

    @property
    def masked(self) -> str:
        """The number as most may see it."""
        return mask(self.nik or "")


class NameWord(models.Model):
    """One word of a person's name, so that any word finds the person, and the whole name, so that its other words are
    looked for without reading the person."""

    word = models.CharField(max_length=60)
    name_key = models.CharField(max_length=150)  # that of the person
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="words", db_index=False)

    stays_when_merged = True

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "word"], name="name_word")]
        indexes: ClassVar = [models.Index(fields=["word", "name_key", "person"], name="name_word_with_name")]

    def __str__(self) -> str:
        return self.word


class Spelling(models.Model):
    """What a word of somebody's name shares with words that are alike (:mod:`payung.people.alike`).

    One row for each key of each word that the register knows, however many people carry the word; nothing here tells
    whose it is.
    """

    key = models.CharField(max_length=61)
    word = models.CharField(max_length=60)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["key", "word"], name="spelling_once")]

    def __str__(self) -> str:
        return self.word


class Heir(SealedModel):
    """Somebody whom a person names as heir (ahli waris). No account numbers: only whether there is an account."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="heirs")
    relation = CodeField(Relation, max_length=20)
    name = models.CharField(max_length=150)
    nik = SealedText(place="register.heir.nik")
    phone = SealedText(place="register.heir.phone")
    has_account = models.BooleanField(null=True)  # a bank account of their own; null: nobody asked yet

    class Meta:
        ordering: ClassVar = ["person_id", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def masked(self) -> str:
        """The NIK as most may see it."""
        return mask(self.nik or "")

    @property
    def masked_phone(self) -> str:
        """The phone number as those see it who do not have to call."""
        return mask(self.phone or "")


class Standing(models.Model):
    """A person stands in a category of the programme: an office holder, a vulnerable worker, ..."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="standings", db_index=False)
    category = CodeField(Category)
    village_code = models.CharField(max_length=13)
    source = models.CharField(max_length=60, blank=True)  # "submission:12"

    scope_columns: ClassVar = Columns(region="village_code", category="category", person="person")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "category"], name="one_standing_a_category")
        ]
        indexes: ClassVar = [
            models.Index(fields=["category", "village_code", "person"], name="standing_place")
        ]

    def __str__(self) -> str:
        return str(self.category)


class Membership(SealedModel):
    """What the insurer has said about a person's cover in one segment."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships", db_index=False)
    segment = CodeField(Segment, max_length=3)
    source = CodeField(Source, blank=True)  # who pays; empty where what was written meant no source
    kpj = SealedText(place="register.membership.kpj")
    kpj_index = models.CharField(max_length=32, null=True, db_index=True)
    from_month = MonthField()
    until_month = MonthField(blank=True)  # empty: no end known
    # The insurer's officer said so of somebody who was not sent to them: known, and opens that person to nobody.
    claimed = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["person_id", "from_month", "segment", "source"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "segment", "source", "from_month"], name="one_membership"
            )
        ]

    @property
    def number_only(self) -> bool:
        """Whether the insurer gave a number and no cover: months begin with payment."""
        return bool(self.until_month) and self.until_month < self.from_month

    def __str__(self) -> str:
        return f"{self.segment} {self.source} {self.from_month}"

    @property
    def masked(self) -> str:
        """The KPJ as most may see it."""
        return mask(self.kpj or "")
