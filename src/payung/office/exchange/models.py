"""Batches to the insurer with their lines, the answers, and what of them finds no line."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from payung.codes import Category, Reason
from payung.office.access.scope import Columns
from payung.office.answers.states import Mark
from payung.office.columns import CodeField, RupiahField
from payung.office.exchange.states import BatchKind, BatchState, LineState, Outcome
from payung.office.people.models import Person
from payung.office.programme.models import Decree, DecreePerson
from payung.office.vault.keyed import SealedModel
from payung.office.vault.sealed import SealedText
from payung.people.nik import mask


class Template(models.Model):
    """The columns of a layout as this office wants them; the latest of a kind counts, the first ones come with us."""

    kind = CodeField(BatchKind)
    columns: models.JSONField[Any, Any] = models.JSONField()  # [heading, value, required] rows
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Batch(models.Model):
    """What is sent at once: one layout, one employer or payer, at most as many rows as the insurer takes.

    ``people`` and ``amount`` (rupiah, all months) are declared by the decree before the file is written, and held
    against it. The file is kept sealed as it was sent.
    """

    decree = models.ForeignKey(Decree, on_delete=models.PROTECT, related_name="batches", db_index=False)
    kind = CodeField(BatchKind)
    region_code = models.CharField(max_length=13)  # the employer (PU) or the payer (BPU)
    part = models.PositiveSmallIntegerField(default=1)
    people = models.PositiveIntegerField()
    amount = RupiahField()
    file_name = models.CharField(max_length=120)
    path = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    missing: models.JSONField[Any, Any] = models.JSONField(default=dict)  # heading → people without it
    state = CodeField(BatchState, default="made")
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)
    sent_on = models.DateField(null=True)

    scope_columns: ClassVar = Columns(region="region_code")

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decree", "kind", "region_code", "part"], name="one_batch")
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.file_name}"

    @staticmethod
    def in_categories(categories: list[str]) -> Exists:
        """Return the condition that a batch has people of ``categories``."""
        return Exists(BatchLine.objects.filter(batch=OuterRef("pk"), category__in=categories))


class BatchLine(SealedModel):
    """One person of a batch; ``payload`` is what was sent, frozen."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="lines", db_index=False)
    number = models.PositiveIntegerField()
    row = models.ForeignKey(DecreePerson, on_delete=models.PROTECT, related_name="sent", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sent")
    name = models.CharField(max_length=150)
    nik_index = models.CharField(max_length=32, null=True, db_index=True)
    village_code = models.CharField(max_length=13)
    category = CodeField(Category)
    state = CodeField(LineState, default="waiting")
    code = CodeField(Reason, max_length=30, blank=True)  # where the text is known
    text = models.CharField(max_length=200, blank=True)  # what the insurer wrote
    kpj = SealedText()
    kpj_index = models.CharField(max_length=32, null=True, db_index=True)
    payload = SealedText()  # JSON: heading → what was sent
    cause = models.CharField(
        max_length=40, blank=True, default=""
    )  # the change it is sent for; empty: the decree
    answered_at = models.DateTimeField(null=True)

    scope_columns: ClassVar = Columns(region="village_code", category="category")

    class Meta:
        ordering: ClassVar = ["batch_id", "number"]
        indexes: ClassVar = [
            models.Index(fields=["batch", "state"], name="batch_line_state"),
            models.Index(fields=["state", "village_code"], name="batch_line_place"),
            models.Index(fields=["row"], name="batch_line_row"),
            models.Index(fields=["cause"], name="batch_line_cause", condition=~Q(cause="")),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "number"], name="one_line_of_a_batch")
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.number}"

    @staticmethod
    def for_insurer() -> Q:
        """Return the condition that the insurer has the batch of a line."""
        return Q(batch__state__in=[BatchState.SENT, BatchState.ANSWERED])

    @property
    def sent(self) -> dict[str, str]:
        """What was sent: heading → cell."""
        found: dict[str, str] = json.loads(self.payload or "{}")
        return found

    @property
    def masked(self) -> str:
        """The KPJ as most may see it."""
        return mask(self.kpj or "")


class Answer(models.Model):
    """A file of the insurer for a batch; the same file comes in once."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="answers", db_index=False)
    name = models.CharField(max_length=200)
    path = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    counts: models.JSONField[Any, Any] = models.JSONField(default=dict)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "sha256"], name="one_answer_to_a_batch")
        ]

    def __str__(self) -> str:
        return self.name


class AnswerRow(SealedModel):
    """One row of an answer as it was read; what is not matched waits until somebody settles it."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="rows", db_index=False)
    record = models.CharField(max_length=300)
    line = models.ForeignKey(BatchLine, null=True, on_delete=models.PROTECT, related_name="answers")
    outcome = CodeField(Outcome)
    name = models.CharField(max_length=150, blank=True)
    nik = SealedText()
    status = CodeField(Mark, max_length=1, blank=True)
    text = models.CharField(max_length=200, blank=True)
    kpj = SealedText()
    settled_by = models.CharField(max_length=150, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["answer", "outcome"], name="answer_row_outcome")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["answer", "record"], name="one_row_of_an_answer")
        ]

    def __str__(self) -> str:
        return self.record

    @property
    def masked(self) -> str:
        """The NIK as most may see it."""
        return mask(self.nik or "")

    @property
    def masked_kpj(self) -> str:
        """The KPJ as most may see it."""
        return mask(self.kpj) if self.kpj else ""
