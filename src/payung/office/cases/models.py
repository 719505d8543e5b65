"""Incidents, who reported them, cases, their steps and papers, and the links of villages."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from payung.codes import Segment
from payung.office.access.scope import Columns
from payung.office.cases.states import (
    CaseKind,
    CaseState,
    Channel,
    Guarantee,
    Happening,
    Refusal,
    StepKind,
    Tongue,
)
from payung.office.columns import CodeField, RupiahField
from payung.office.people.models import Person, Standing
from payung.office.vault.keyed import SealedModel
from payung.office.vault.sealed import SealedText
from payung.people.nik import mask


def of_people(categories: list[str], person: str) -> Q:
    """Return the condition on a row about somebody who stands in ``categories``, or about nobody of the register."""
    return Q(**{f"{person}__isnull": True}) | Q(
        Exists(Standing.objects.filter(person=OuterRef(person), category__in=categories))
    )


class Incident(SealedModel):
    """Something that happened to somebody: the facts. They stay as they are once the insurer decided on them."""

    number = models.CharField(max_length=20, unique=True)  # K-2026-00012
    happening = CodeField(Happening)
    fatal = models.BooleanField()
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="incidents")
    name = models.CharField(max_length=150)
    name_key = models.CharField(max_length=150)
    nik = SealedText()
    nik_index = models.CharField(max_length=32, null=True)
    village_code = models.CharField(max_length=13)
    on = models.DateField()
    hour = models.TimeField(null=True)  # local; nobody knows: the clocks count from the beginning of the day
    place = models.CharField(max_length=200)
    story = models.TextField(blank=True)
    diagnosis = SealedText()  # what a doctor said; for those who see medical details
    at = models.DateTimeField(default=timezone.now)  # of the first report
    void = models.BooleanField(default=False)  # it turned out that nothing happened

    scope_columns: ClassVar = Columns(region="village_code")

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["village_code", "on"], name="incident_place"),
            models.Index(fields=["name_key"], name="incident_name"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], name="dies_once", condition=Q(fatal=True, void=False, person__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["nik_index"],
                name="unknown_dies_once",
                condition=Q(fatal=True, void=False, person__isnull=True, nik_index__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["person", "on", "happening"],
                name="one_incident_a_day",
                condition=Q(void=False, person__isnull=False),
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(place=""), name="incident_says_who_and_where"),
            models.CheckConstraint(
                condition=Q(fatal=True, happening__endswith="meninggal")
                | (Q(fatal=False) & ~Q(happening__endswith="meninggal")),
                name="fatal_is_said_once",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @staticmethod
    def in_categories(categories: list[str]) -> Q:
        """Return the condition that the person stands in one of ``categories``; the unknown are everybody's."""
        return of_people(categories, "person")

    @property
    def subject(self) -> str:
        """How the history calls it."""
        return f"incident:{self.pk}"

    @property
    def masked(self) -> str:
        """The NIK as most may see it."""
        return mask((self.person.nik if self.person else self.nik) or "")


class Report(SealedModel):
    """Somebody told of an incident. Only ever added."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="reports")
    reporter = models.CharField(max_length=150)
    phone = SealedText()
    channel = CodeField(Channel)
    on = models.DateField()  # the day of the event, as this one says it
    said = models.TextField(blank=True)
    by = models.CharField(max_length=150)  # user name; "tautan" for a link
    at = models.DateTimeField(default=timezone.now)
    # Stands for the key of the phone that kept it and for what it says: sent twice is one.
    key = models.CharField(max_length=36, null=True, unique=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(reporter=""), name="report_by_somebody")]

    def __str__(self) -> str:
        return self.reporter


class Case(models.Model):
    """One right out of an incident: a membership of its own is a case of its own."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="cases")
    kind = CodeField(CaseKind)
    segment = CodeField(Segment, blank=True, default="")  # empty: no membership is known
    state = CodeField(CaseState, default=CaseState.REPORTED)
    since = models.DateTimeField(default=timezone.now)  # when it came to this state
    children = models.JSONField(default=list)  # levels of school, for the estimate
    months_off = models.PositiveSmallIntegerField(null=True)  # months without work, for the estimate
    loss = models.CharField(max_length=60, blank=True)  # row of the disability table; medical

    scope_columns: ClassVar = Columns(region="incident__village_code")

    class Meta:
        ordering: ClassVar = ["-incident__at", "pk"]
        indexes: ClassVar = [models.Index(fields=["state", "since"], name="case_state")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["incident", "segment"], name="one_case_a_membership"),
        ]

    def __str__(self) -> str:
        return self.number

    @staticmethod
    def in_categories(categories: list[str]) -> Q:
        """Return the condition that the person stands in one of ``categories``; the unknown are everybody's."""
        return of_people(categories, "incident__person")

    @property
    def number(self) -> str:
        """The number of the incident, and the membership."""
        return f"{self.incident.number}/{self.segment}" if self.segment else str(self.incident.number)

    @property
    def dead(self) -> bool:
        """Whether the person died of it: at once, or later in treatment."""
        return bool(self.incident.fatal) or self.kind is CaseKind.JKK_DEATH

    @property
    def subject(self) -> str:
        """How the history calls it."""
        return f"case:{self.pk}"


class Step(models.Model):
    """What was done, or what the insurer decided. Only ever added; the number counts within the case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    kind = CodeField(StepKind)
    before = CodeField(CaseState, blank=True, default="")
    state = CodeField(CaseState)  # where the case stands after it
    on = models.DateField()  # when it happened
    hour = models.TimeField(null=True)
    paper = models.CharField(max_length=120, blank=True)  # number of the letter behind it
    guarantee = CodeField(Guarantee, blank=True, default="")
    refusal = CodeField(Refusal, blank=True, default="")
    object_until = models.DateField(null=True)  # as the letter says
    amount = RupiahField(null=True)
    holder = models.CharField(max_length=150, blank=True)  # whose account, or who took the receipt
    witness = models.CharField(max_length=150, blank=True)
    note = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["case_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="one_step_a_number"),
            models.CheckConstraint(
                condition=~Q(kind="langkah", state__in=["disetujui", "dibayar"])
                | Q(amount__isnull=False, amount__gt=0),
                name="money_has_an_amount",
            ),
            models.CheckConstraint(
                condition=~Q(kind="langkah", state__in=["dibayar", "diserahkan"]) | ~Q(holder=""),
                name="money_goes_to_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(kind="langkah", state="ditolak") | (~Q(refusal="") & ~Q(paper="")),
                name="refusal_says_why_and_where",
            ),
            models.CheckConstraint(
                condition=~Q(kind="jaminan") | ~Q(guarantee=""), name="guarantee_says_what"
            ),
            models.CheckConstraint(
                condition=~Q(guarantee="dijamin") | ~Q(paper=""), name="guaranteed_with_a_number"
            ),
            models.CheckConstraint(
                condition=~Q(kind="langkah", state="diserahkan") | ~Q(witness=""),
                name="handed_over_with_a_witness",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"


class CasePaper(models.Model):
    """A paper of a case that is there: its file sealed outside of what is served, or only seen at the desk."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="papers")
    code = models.CharField(max_length=40)
    name = models.CharField(
        max_length=120, blank=True
    )  # of the file; empty: the paper itself lies at the desk
    sha256 = models.CharField(max_length=64, blank=True)
    path = models.CharField(max_length=200, blank=True)  # below MEDIA_ROOT; empty once its time is over
    size = models.PositiveIntegerField(default=0)
    medical = models.BooleanField(default=False)
    keep_until = models.DateField()  # when its file is removed
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["case_id", "code", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "code", "sha256"], name="one_paper"),
            models.CheckConstraint(condition=Q(size__lte=6_000_000), name="paper_fits_the_insurer"),
        ]

    def __str__(self) -> str:
        return self.code


class VillageLink(models.Model):
    """A link with which anybody of a village reports without an account; only its print is kept."""

    village_code = models.CharField(max_length=13)
    index = models.CharField(max_length=32, unique=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)

    scope_columns: ClassVar = Columns(region="village_code")

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["village_code"], name="one_open_link", condition=Q(closed_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.village_code

    @staticmethod
    def in_categories(categories: list[str]) -> Q:
        """Return the condition for categories: a link is about no person."""
        return Q()


class FamilyWords(models.Model):
    """The labels of the page for a family in a language of the villages. Only ever added; the latest counts."""

    region_code = models.CharField(max_length=5)
    tongue = CodeField(Tongue)
    words: models.JSONField[Any, Any] = models.JSONField()  # code of a label → how the district says it
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["region_code", "tongue"], name="family_words_place")]

    def __str__(self) -> str:
        return f"{self.region_code} {self.tongue}"
