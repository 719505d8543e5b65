"""Suggested names; what identifies them is sealed."""

from __future__ import annotations

import json
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from payung.office.access.scope import Columns
from payung.office.columns import CodeField
from payung.office.submissions.models import Submission
from payung.office.submissions.states import KINDS, Kind
from payung.office.suggestions.states import SuggestionState
from payung.office.vault.keyed import SealedModel
from payung.office.vault.sealed import SealedText


class Suggestion(SealedModel):
    """Somebody who should be on a list of the village, as a neighbour says it."""

    village_code = models.CharField(max_length=13)
    kind = CodeField(Kind, max_length=10)
    name = models.CharField(max_length=150)
    content = SealedText(place="suggestions.suggestion.content")  # JSON: field of the form → text
    agent = models.CharField(max_length=40, blank=True)  # number of the PERISAI agent
    once = models.CharField(max_length=36, unique=True)  # made on the phone: sent twice, it is one
    by = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)
    state = CodeField(SuggestionState, max_length=10, default=SuggestionState.WAITING)
    reason = models.CharField(max_length=200, blank=True)
    decided_by = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)
    submission = models.ForeignKey(
        Submission, null=True, on_delete=models.SET_NULL, related_name="suggestions"
    )

    scope_columns: ClassVar = Columns(region="village_code")

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["village_code", "state"], name="suggestion_place"),
            models.Index(fields=["by", "state"], name="suggestion_by"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(once=""), name="suggestion_says_who"),
            models.CheckConstraint(
                condition=Q(state="menunggu", decided_by="") | (~Q(state="menunggu") & ~Q(decided_by="")),
                name="suggestion_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="ditolak") | ~Q(reason=""), name="suggestion_refused_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def for_insurer() -> Q:
        """Return the condition under which the insurer's officer reads a suggestion: never."""
        return Q(pk__in=[])

    @staticmethod
    def in_categories(categories: list[str]) -> Q:
        """Return the condition that a suggestion brings people of ``categories``."""
        wanted = set(categories)
        return Q(kind__in=sorted(kind for kind, brings in KINDS.items() if brings & wanted))

    @property
    def cells(self) -> dict[str, str]:
        """What was filled in: field → text."""
        found: dict[str, str] = json.loads(self.content or "{}")
        return found
