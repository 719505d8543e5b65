"""Submissions, the files in them, and their rows."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from payung.codes import Category, Verdict
from payung.office.access.scope import Columns
from payung.office.columns import CodeField
from payung.office.jobs.models import Job
from payung.office.people.models import Person
from payung.office.submissions.states import (
    DRAFT,
    FINISHED,
    INSURER,
    KINDS,
    OPEN_TO_VILLAGE,
    Kind,
    State,
    Version,
)
from payung.office.vault.keyed import SealedModel
from payung.office.vault.sealed import SealedText
from payung.people.nik import mask

SURE = 0.6  # confidence below which a person should look at what a column was taken for


class Submission(models.Model):
    """What one village proposes, of one kind, on its way to the dinas."""

    village_code = models.CharField(max_length=13)
    kind = CodeField(Kind, max_length=10)
    state = CodeField(State, max_length=20, default=DRAFT)
    since = models.DateTimeField(default=timezone.now)  # when it came into this state
    touched = models.DateTimeField(default=timezone.now)  # when anybody last did anything
    created_by = models.CharField(max_length=60)
    submitted_by = models.CharField(max_length=60, blank=True)
    endorsed_by = models.CharField(max_length=60, blank=True)
    accepted_by = models.CharField(max_length=60, blank=True)
    return_reason = models.TextField(blank=True)
    landed = models.BooleanField(default=False)  # its rows are in the register

    scope_columns: ClassVar = Columns(region="village_code")

    class Meta:
        ordering: ClassVar = ["-touched", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["village_code", "kind"], name="submission_place"),
            models.Index(fields=["state", "village_code"], name="submission_state"),
        ]

    def __str__(self) -> str:
        return f"{self.village_code} {self.kind}"

    @staticmethod
    def in_categories(categories: list[str]) -> Q:
        """Return the condition that a submission brings people of ``categories``."""
        wanted = set(categories)
        return Q(kind__in=sorted(kind for kind, brings in KINDS.items() if brings & wanted))

    @staticmethod
    def for_insurer() -> Q:
        """Return the condition that the people of a submission were handed to the insurer to be matched."""
        return Q(state__in=[INSURER, FINISHED])

    @property
    def open_to_village(self) -> bool:
        """Whether the village may still change it."""
        return self.state in OPEN_TO_VILLAGE

    @property
    def idle_days(self) -> int:
        """Whole days since anybody did anything."""
        return (timezone.now() - self.touched).days


class Upload(SealedModel):
    """One file of a submission."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="uploads")
    name = models.CharField(max_length=200)  # as the person called it
    path = models.CharField(max_length=200)  # below MEDIA_ROOT
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    by = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    read = models.BooleanField(default=False)
    repaired = models.BooleanField(default=False)  # carries our sheet of repairs: a workbook that comes back
    replaced_by = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="replaces")
    left_behind = models.IntegerField(default=0)  # its people who are not in the file that replaced it
    version = CodeField(
        Version, max_length=12, blank=True
    )  # asked, or what somebody said; else the rules judge
    compared_with = models.ForeignKey(  # the earlier file that this is asked or said of
        "self", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    in_common = models.IntegerField(default=0)  # its people who stand in that one too, while it is asked
    corrections = models.JSONField(default=dict)  # heading → field, chosen by a person
    tables = models.JSONField(default=list)  # what was recognised, and why
    samples = SealedText(
        place="submissions.upload.samples", null=True
    )  # JSON: the first cells of every column
    notes = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "sha256"], name="one_upload_of_a_file")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def asked(self) -> bool:
        """Whether somebody must say what it is beside the earlier file that it looks like."""
        return self.version == Version.ASKED and self.compared_with_id is not None

    @property
    def doubtful(self) -> bool:
        """Whether what says who somebody is was found by guessing: its column should be looked at first."""
        return any(
            column["field"] in ("nik", "name") and column["confidence"] < SURE
            for table in self.tables
            for column in table["columns"]
        )


class Meaning(models.Model):
    """What a village means by a heading of its lists, as a person corrected it: the next files begin with it."""

    village_code = models.CharField(max_length=13)
    heading = models.CharField(max_length=200)  # as payung.rosters.headings.plain writes it
    field = models.CharField(max_length=40)  # a code of payung.codes.Field

    scope_columns: ClassVar = Columns(region="village_code")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["village_code", "heading"], name="one_meaning_of_a_heading")
        ]

    def __str__(self) -> str:
        return f"{self.heading}: {self.field}"


class Row(SealedModel):
    """One person as one row of a file says it, with its verdict."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="rows", db_index=False)
    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="rows", db_index=False)
    record = models.CharField(max_length=300)  # "<file>#<sheet>!<row>"
    sheet = models.CharField(max_length=80)
    row = models.IntegerField()  # as Excel counts
    verdict = CodeField(Verdict, max_length=8)
    reasons = models.CharField(max_length=200, blank=True)  # codes with spaces around each
    name = models.CharField(max_length=150, blank=True)
    nik = SealedText(place="intake.row.nik")
    nik_index = models.CharField(max_length=32, null=True)
    category = CodeField(Category, blank=True)
    content = SealedText(place="intake.row.content")  # JSON: the listing, the raw cells and the findings
    mended = models.BooleanField(default=False)
    replaced = models.BooleanField(default=False)  # does not count: a later file says it again, or left out
    dropped = models.CharField(max_length=200, blank=True, default="")  # why somebody left it out
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["upload_id", "sheet", "row", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["upload", "record"], name="one_row")]
        indexes: ClassVar = [
            models.Index(fields=["submission", "replaced", "verdict"], name="row_verdict"),
            models.Index(fields=["submission", "nik_index"], name="row_nik"),
        ]

    def __str__(self) -> str:
        return self.record

    @property
    def facts(self) -> dict[str, Any]:
        """The listing, the raw cells and the findings: ``listing``, ``raw``, ``findings``."""
        found: dict[str, Any] = json.loads(self.content or "{}")
        return found

    @property
    def masked(self) -> str:
        """The NIK as most may see it."""
        return mask(self.nik or "")
