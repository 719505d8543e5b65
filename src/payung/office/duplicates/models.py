"""Pairs that may be one person, who is at them, and what was decided."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from payung.office.columns import CodeField
from payung.office.duplicates.states import PairState, Suggestion
from payung.office.people.models import Person
from payung.office.submissions.models import Row, Submission


class Pair(models.Model):
    """Two people of the register, or one and a row of a list whose NIK is missing or wrong.

    A row is known by ``mark``, the blind index of what it says, so that the same row in a later file is the same
    pair. ``left`` is always in the register; of two people it is the one who was entered first.
    """

    left = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    row = models.ForeignKey(Row, null=True, on_delete=models.PROTECT, related_name="+")
    mark = models.CharField(max_length=32, blank=True)
    probability = models.FloatField()  # 0 to 1
    suggestion = CodeField(Suggestion, max_length=6)
    why = models.TextField()  # the waterfall: codes of payung.linkage with a space between them
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")  # found from it
    found = models.DateTimeField(default=timezone.now)
    state = CodeField(PairState, max_length=8, default=PairState.WAITING)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    kept = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    memory = models.JSONField(null=True)  # what the decision changed, for undoing it
    held_by = models.CharField(max_length=150, blank=True)
    held_until = models.DateTimeField(null=True)

    stays_when_merged = True

    class Meta:
        ordering: ClassVar = ["-probability", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["state", "-probability", "id"], name="pair_queue"),
            models.Index(fields=["decided_by", "-decided_at"], name="pair_decided"),
            models.Index(fields=["mark"], name="pair_mark", condition=~Q(mark="")),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(right__isnull=False, row__isnull=True, mark="", left__lt=F("right"))
                | (Q(right__isnull=True, row__isnull=False) & ~Q(mark="")),
                name="pair_of_two",
            ),
            models.UniqueConstraint(fields=["left", "right"], name="one_pair_of_people"),
            models.UniqueConstraint(
                fields=["left", "mark"], condition=Q(right__isnull=True), name="one_pair_with_a_row"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.left_id}/{self.right_id or self.mark} {self.state}"

    @property
    def subject(self) -> str:
        """What the history calls it."""
        return f"pair:{self.pk}"

    @property
    def percent(self) -> int:
        """The probability in whole percent, never 0 or 100: the machine is not certain."""
        return min(99, max(1, round(self.probability * 100)))
