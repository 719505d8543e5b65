"""Agreements, lines of money with their ledger, decrees with their annex. What must never be, the database refuses."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from payung.codes import Category, Segment, Source
from payung.office.access.scope import Columns
from payung.office.columns import CodeField, MonthField, RupiahField
from payung.office.programme.states import AgreementKind, DecreeState, EntryKind, Exit, Stage
from payung.office.register.models import Person
from payung.office.register.sealed import SealedText
from payung.people.nik import mask


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


class DecreePerson(models.Model):
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
    sector = models.CharField(max_length=20, default="other")
    risk = models.PositiveSmallIntegerField(default=1)
    occupation = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=150)  # as the annex prints it
    nik = SealedText()
    rank = models.PositiveIntegerField(null=True)
    why = models.CharField(max_length=300, blank=True)  # how the ranking put them there
    held = models.BooleanField(default=False)
    removed_by = models.ForeignKey(
        Decree, null=True, on_delete=models.PROTECT, related_name="removed", db_index=False
    )
    exit = CodeField(Exit, blank=True, default="")

    scope_columns: ClassVar = Columns(region="village_code", category="category")

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
    sector = models.CharField(max_length=20, default="other")
    why = models.CharField(max_length=300, blank=True)

    scope_columns: ClassVar = Columns(region="village_code", category="category")

    class Meta:
        ordering: ClassVar = ["decree_id", "rank"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decree", "rank"], name="one_reserve_of_a_rank")
        ]

    def __str__(self) -> str:
        return f"{self.rank} {self.person_id}"
