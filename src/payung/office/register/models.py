"""People and what is known of them. Identifiers are sealed; the database refuses what must never be."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from payung.office.access.scope import Columns
from payung.office.register.sealed import SealedText
from payung.people.nik import mask

DEAD = "meninggal"  # a value of Person.life_status


class Household(models.Model):
    """The people of one family card (KK)."""

    kk = SealedText()
    kk_index = models.CharField(max_length=32, unique=True)
    village_code = models.CharField(max_length=13, db_index=True)

    def __str__(self) -> str:
        return mask(self.kk or "")


class Unmerged(models.Manager["Person"]):
    """People, each once: without those who turned out to be somebody else of the register."""

    def get_queryset(self) -> models.QuerySet[Person]:
        """Return everybody who is not merged into another person."""
        return super().get_queryset().filter(merged_into__isnull=True)


class Person(models.Model):
    """A resident, known by NIK, apart from any programme."""

    nik = SealedText()
    nik_index = models.CharField(max_length=32, unique=True, null=True)
    name = models.CharField(max_length=150)
    name_key = models.CharField(max_length=150)  # lower-case words, for sorting and searching
    birth_date = models.DateField(null=True)
    birth_place = models.CharField(max_length=80, blank=True)
    sex = models.CharField(max_length=1, blank=True)  # L, P
    mother = models.CharField(max_length=150, blank=True)
    phone = SealedText()
    address = models.CharField(max_length=200, blank=True)
    rt = models.CharField(max_length=5, blank=True)
    rw = models.CharField(max_length=5, blank=True)
    village_code = models.CharField(max_length=13)
    household = models.ForeignKey(Household, null=True, on_delete=models.PROTECT, related_name="people")
    job = models.CharField(max_length=120, blank=True)
    occupation = models.CharField(max_length=40, blank=True)
    income = models.BigIntegerField(null=True)  # rupiah a month
    disability = models.BooleanField(null=True)
    decile = models.PositiveSmallIntegerField(null=True)  # DTSEN, 1 the poorest
    decile_version = models.CharField(max_length=40, blank=True)
    life_status = models.CharField(max_length=20, blank=True)
    # The same person once more: left out of lists and counts, see merging.py. Never points to one that is merged.
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged", db_index=False
    )

    scope_columns: ClassVar = Columns(region="village_code")

    objects = Unmerged()
    everybody: ClassVar[models.Manager[Person]] = models.Manager()

    class Meta:
        ordering: ClassVar = ["name_key", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["village_code", "name_key"], name="person_village"),
            models.Index(fields=["name_key"], name="person_name"),
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
        return self.life_status == DEAD


class FormerNik(models.Model):
    """A NIK that somebody was recorded under before it was corrected, so that the old number still finds them."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="former_niks")
    nik = SealedText()
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
    """One word of a person's name, so that any word finds the person."""

    word = models.CharField(max_length=60)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="words", db_index=False)

    stays_when_merged = True

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["word", "person"], name="name_word")]
        indexes: ClassVar = [models.Index(fields=["person"], name="name_word_person")]

    def __str__(self) -> str:
        return self.word


class Heir(models.Model):
    """Somebody whom a person names as heir (ahli waris). No account numbers: only whether there is an account."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="heirs")
    relation = models.CharField(max_length=20)  # a relation of the law's order of heirs: spouse, child, ...
    name = models.CharField(max_length=150)
    nik = SealedText()
    phone = SealedText()
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
    category = models.CharField(max_length=30)
    village_code = models.CharField(max_length=13)
    source = models.CharField(max_length=60, blank=True)  # "submission:12"

    scope_columns: ClassVar = Columns(region="village_code", category="category")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "category"], name="one_standing_a_category")
        ]
        indexes: ClassVar = [models.Index(fields=["category", "village_code"], name="standing_place")]

    def __str__(self) -> str:
        return self.category


class Post(models.Model):
    """An office (jabatan) that a village or sub-district has, filled or vacant."""

    region_code = models.CharField(max_length=13)
    category = models.CharField(max_length=30)
    label = models.CharField(max_length=120)  # "Kaur Keuangan", "Ketua RT 003"
    number = models.PositiveSmallIntegerField(default=1)  # tells alike ones apart: BPD members 1 to 9

    scope_columns: ClassVar = Columns(region="region_code", category="category")

    class Meta:
        ordering: ClassVar = ["region_code", "category", "label", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region_code", "category", "label", "number"], name="one_post")
        ]

    def __str__(self) -> str:
        return self.label


class Holding(models.Model):
    """Somebody holds a post from one day to another."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holdings")
    decree = models.CharField(max_length=120, blank=True)  # number of the SK
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)  # last day of the term
    pay = models.BigIntegerField(null=True)  # rupiah a month

    class Meta:
        ordering: ClassVar = ["post_id", "-starts", "-pk"]
        indexes: ClassVar = [models.Index(fields=["post", "ends"], name="holding_post")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(starts__isnull=True) | Q(ends__gte=F("starts")),
                name="holding_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.post} {self.starts}–{self.ends or ''}"


class Membership(models.Model):
    """What the insurer has said about a person's cover in one segment."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships", db_index=False)
    segment = models.CharField(max_length=3)  # pu, bpu
    source = models.CharField(max_length=30)  # who pays: apbd, apbdes, csr, mandiri
    kpj = SealedText()
    kpj_index = models.CharField(max_length=32, null=True, db_index=True)
    from_month = models.CharField(max_length=7)  # "2026-01"
    until_month = models.CharField(max_length=7, blank=True)  # empty: no end known

    class Meta:
        ordering: ClassVar = ["person_id", "from_month", "segment", "source"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "segment", "source", "from_month"], name="one_membership"
            )
        ]

    def __str__(self) -> str:
        return f"{self.segment} {self.source} {self.from_month}"

    @property
    def masked(self) -> str:
        """The KPJ as most may see it."""
        return mask(self.kpj or "")


class Card(models.Model):
    """A member's card (kartu peserta): from the branch into the office, from the office into a hand."""

    class Kind(models.TextChoices):
        """On paper, or in the member's phone."""

        PAPER = "kertas"
        DIGITAL = "digital"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cards")
    kpj = SealedText()
    kpj_index = models.CharField(max_length=32)
    kind = models.CharField(max_length=7, choices=Kind.choices)
    received_on = models.DateField()  # from the branch
    handed_on = models.DateField(null=True)
    handed_to = models.CharField(max_length=150, blank=True)  # who took it: the member or somebody for them
    handed_by = models.CharField(max_length=150, blank=True)  # who gave it

    scope_columns: ClassVar = Columns(region="person__village_code")

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
