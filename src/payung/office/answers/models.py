"""Answers of agencies, their rows and texts; what they say of people; staff lists; the ends of rows."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from payung import codes
from payung.codes import Agency, Segment, Source
from payung.office.access.scope import Columns
from payung.office.answers.states import Employer, End, Fate, Fault, Kind, Mark, kind
from payung.office.columns import CodeField
from payung.office.jobs.models import Job
from payung.office.people.models import Person, Standing
from payung.office.submissions.models import Row, Submission
from payung.office.vault.keyed import SealedModel
from payung.office.vault.sealed import SealedText
from payung.people.nik import mask


def _spans(categories: list[str], field: str = "categories") -> Q:
    """Return the condition that a spaced list of categories is empty (all) or holds one of ``categories``."""
    found = Q(**{field: ""})
    for category in sorted(categories):
        found |= Q(**{f"{field}__contains": f" {category} "})
    return found


class Answer(models.Model):
    """One answer sheet of an agency, as it came."""

    agency = CodeField(Agency, max_length=10)
    region_code = models.CharField(max_length=13)
    categories = models.CharField(max_length=400, blank=True)  # that it reaches, spaced; empty for all
    # [code, [categories], whether by somebody who reads only people sent to the insurer]: whom it reaches, as on the
    # day it came; such an answer speaks of everybody there, and opens nobody.
    areas = models.JSONField(default=list)
    name = models.CharField(max_length=200)
    path = models.CharField(max_length=280)  # below MEDIA_ROOT
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    by = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)
    answered_on = models.DateField()  # the day of the agency's answer
    version = models.CharField(max_length=40, blank=True)  # DTSEN, where the sheet itself does not say
    segment = CodeField(Segment, max_length=3, blank=True)  # BPJS, where the sheet itself does not say
    source = CodeField(Source, blank=True)  # BPJS: who pays
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    read = models.BooleanField(default=False)  # its rows are in place
    applied = models.BooleanField(default=False)  # and what they say stands in the register
    others = models.PositiveIntegerField(default=0)  # rows that are no people: totals, signatures
    notes = models.JSONField(default=list)

    scope_columns: ClassVar = Columns(region="region_code")

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "region_code", "categories", "sha256", "version", "segment", "source"],
                name="one_answer_of_a_file",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def in_categories(categories: list[str]) -> Q:
        """Return the condition that an answer reaches people of ``categories``."""
        return _spans(categories)

    @staticmethod
    def for_insurer() -> Q:
        """Return the condition that an answer is the insurer's own."""
        return Q(agency=Agency.BPJS)


class Phrase(models.Model):
    """A text that an agency writes, and the class of result that a person or the starting table gave it."""

    agency = CodeField(Agency, max_length=10)
    status = CodeField(Mark, max_length=1, blank=True)  # as written beside it
    key = models.CharField(max_length=200)  # texts.key_of
    text = models.CharField(max_length=200)  # as first written; numbers of people as #
    code = CodeField(codes.Result, blank=True)  # empty: waits for a person
    origin = models.CharField(max_length=60, blank=True)  # the starting table and its day, or a user name
    mapped_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["agency", "key", "status"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "status", "key"], name="one_phrase")
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.text}".strip()

    @property
    def kind(self) -> Kind:
        """The class of result."""
        return kind(self.code)


class Line(SealedModel):
    """One row of an answer. Read = matched + unknown + unusable, always."""

    MATCHED, UNKNOWN, UNUSABLE = Fate.MATCHED, Fate.UNKNOWN, Fate.UNUSABLE

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="lines", db_index=False)
    record = models.CharField(max_length=300)  # "<file>#<sheet>!<row>"
    sheet = models.CharField(max_length=80)
    row = models.IntegerField()  # as Excel counts
    region_code = models.CharField(max_length=13)  # of the person; of the answer where there is none
    outcome = CodeField(Fate, max_length=10)
    fault = CodeField(Fault, max_length=20, blank=True)  # what is wrong with it
    name = models.CharField(max_length=150, blank=True)
    nik = SealedText(place="matching.line.nik")
    nik_index = models.CharField(max_length=32, null=True)
    phrase = models.ForeignKey(
        Phrase, null=True, on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    content = SealedText(place="matching.line.content")  # JSON: what else the row says
    applied = models.BooleanField(default=False)

    scope_columns: ClassVar = Columns(region="region_code")

    class Meta:
        ordering: ClassVar = ["answer_id", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["answer", "record"], name="one_line")]
        indexes: ClassVar = [
            models.Index(fields=["answer", "outcome", "applied"], name="line_outcome"),
            models.Index(fields=["phrase", "outcome"], name="line_phrase"),
        ]

    def __str__(self) -> str:
        return self.record

    @staticmethod
    def in_categories(categories: list[str]) -> Q:
        """Return the condition that a row is about somebody of ``categories``, or about nobody that is known."""
        standing = Exists(Standing.objects.filter(person=OuterRef("person"), category__in=categories))
        return Q(standing) | (Q(person__isnull=True) & _spans(categories, "answer__categories"))

    @staticmethod
    def for_insurer() -> Q:
        """Return the condition that a row says what the insurer itself wrote."""
        return Q(answer__agency=Agency.BPJS)

    @property
    def facts(self) -> dict[str, Any]:
        """What else the row says: ``decile``, ``version``, ``kpj``, ``month``, ``segment``, ``source``, ``date``."""
        found: dict[str, Any] = json.loads(self.content or "{}")
        return found

    @property
    def masked(self) -> str:
        """The NIK as most may see it."""
        return mask(self.nik or "")


class Inquiry(models.Model):
    """The whole NIK of somebody left the house once, for an agency that was asked about them."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="inquiries", db_index=False)
    agency = CodeField(Agency, max_length=10)
    at = models.DateTimeField(default=timezone.now)  # the first time

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "agency"], name="one_inquiry_of_an_agency")
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.person_id}"


class StaffList(models.Model):
    """A list of staff (ASN, TNI, Polri, BUMN, BUMD) of one source and one day; no name and no number is kept."""

    source = models.CharField(max_length=120)  # "BKPSDM Kapuas"
    employer = CodeField(Employer, max_length=10)
    version_on = models.DateField()
    region_code = models.CharField(max_length=13)
    name = models.CharField(max_length=200)
    path = models.CharField(max_length=280, blank=True)  # until it is read; then the file is removed
    sha256 = models.CharField(max_length=64)
    by = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    read = models.BooleanField(default=False)
    rows = models.PositiveIntegerField(default=0)  # read
    unusable = models.PositiveIntegerField(default=0)  # of them without a valid NIK or KK
    current = models.BooleanField(default=False)  # the newest of its source: the one that counts

    scope_columns: ClassVar = Columns(region="region_code")

    class Meta:
        ordering: ClassVar = ["-version_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region_code", "source", "sha256"], name="one_staff_list")
        ]

    def __str__(self) -> str:
        return self.label

    @staticmethod
    def in_categories(categories: list[str]) -> Q:
        """Return the condition that holds everywhere: a staff list belongs to no category."""
        return Q()

    @property
    def label(self) -> str:
        """The source as a result names it."""
        return f"{self.employer.upper()}, {self.source} ({self.version_on:%d-%m-%Y})"


class StaffMember(models.Model):
    """One row of a staff list: blind indexes alone."""

    staff = models.ForeignKey(StaffList, on_delete=models.CASCADE, related_name="members", db_index=False)
    nik_index = models.CharField(max_length=32, null=True)
    kk_index = models.CharField(max_length=32, null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["staff"], name="staff_member_list"),
            models.Index(fields=["nik_index"], name="staff_member_nik"),
            models.Index(fields=["kk_index"], name="staff_member_kk"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Result(models.Model):
    """What one agency said of one person at one time; the latest counts, older ones are kept."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="results", db_index=False)
    agency = CodeField(Agency, max_length=10)
    code = CodeField(codes.Result, blank=True)  # empty: text not known yet
    detail = models.CharField(max_length=200, blank=True)  # the agency's words; the staff list
    line = models.OneToOneField(Line, null=True, on_delete=models.PROTECT, related_name="result")
    staff = models.ForeignKey(StaffList, null=True, on_delete=models.PROTECT, related_name="+")
    answered_on = models.DateField()
    at = models.DateTimeField(default=timezone.now)
    latest = models.BooleanField(default=True)
    former = models.JSONField(default=dict)  # field of the person → [value before, value that it put there]

    scope_columns: ClassVar = Columns(region="person__village_code", person="person")

    class Meta:
        ordering: ClassVar = ["-answered_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "agency"], condition=Q(latest=True), name="one_latest_result"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "agency", "latest"], name="result_person"),
            models.Index(fields=["latest", "agency", "code"], name="result_code"),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.code}"

    @staticmethod
    def in_categories(categories: list[str]) -> Exists:
        """Return the condition that the person stands in one of ``categories``."""
        return Exists(Standing.objects.filter(person=OuterRef("person"), category__in=categories))

    @property
    def kind(self) -> Kind:
        """The class of result."""
        return kind(self.code)


class Outcome(models.Model):
    """How the matching of one row of a submission ends: passed, or refused with a class of result."""

    row = models.OneToOneField(Row, on_delete=models.CASCADE, related_name="outcome")
    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="outcomes", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="outcomes")
    end = CodeField(End, max_length=10)
    code = CodeField(codes.Result, blank=True)  # why refused
    agency = CodeField(Agency, max_length=10, blank=True)  # who said so
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["row_id"]
        indexes: ClassVar = [models.Index(fields=["submission", "end", "code"], name="outcome_end")]

    def __str__(self) -> str:
        return f"{self.end} {self.code}".strip()


class Allowance(models.Model):
    """The dinas lets a row pass although an agency's answer would refuse it: lawful double cover, by decision."""

    row = models.OneToOneField(Row, on_delete=models.CASCADE, related_name="allowance")
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="allowances")
    code = CodeField(codes.Result)  # the class that does not refuse this row
    reason = models.TextField()
    by = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.row_id} {self.code}"
