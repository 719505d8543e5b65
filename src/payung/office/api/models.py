"""Tokens of other systems, what became of what they wrote, and the addresses that are told what happened."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from payung.office.vault.keyed import SealedModel
from payung.office.vault.sealed import SealedText


class Token(models.Model):
    """A key of another system: acts for a user, and reaches no further than both say. Only its print is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=120)  # which system
    print = models.CharField(max_length=64, unique=True)  # SHA-256 of the word
    ends = models.CharField(max_length=4)  # the last signs of the word, to tell tokens apart
    writes = models.BooleanField(default=False)
    region_code = models.CharField(max_length=13, blank=True)  # narrower than the user's; empty: the user's
    until = models.DateField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    minute = models.BigIntegerField(default=0)  # in which it asked last, counted from 1970
    asked = models.PositiveIntegerField(default=0)  # requests in that minute

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(print=""), name="token_says_what"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        """How the history calls it."""
        return f"token:{self.pk}"

    @property
    def holds(self) -> bool:
        """Whether it opens anything today."""
        return self.closed_at is None and timezone.localdate() <= self.until


class Written(models.Model):
    """Something a token wrote under a key: what was asked (as a hash), and what was answered.

    ``status`` is 0 while it is being done; it is set in the transaction of what was done.
    """

    token = models.ForeignKey(Token, on_delete=models.PROTECT, related_name="written", db_index=False)
    key = models.CharField(max_length=80)
    asked = models.CharField(max_length=64)  # SHA-256 over address and body
    claim = models.CharField(max_length=32)  # of the request that is doing it
    status = models.PositiveSmallIntegerField(default=0)
    body: models.JSONField[Any, Any] = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["token", "key"], name="one_write_a_key"),
        ]
        indexes: ClassVar = [models.Index(fields=["at"], name="written_at")]

    def __str__(self) -> str:
        return f"{self.token_id} {self.key}"


class Hook(SealedModel):
    """An address of another system that is told what happened here, in order, until it is closed.

    ``nouns``: of which things, spaced, empty for all that may be told. ``told``: number of the last event that is dealt
    with. ``tries``, ``again_at``: of the event after it, while the address does not answer.
    """

    url = models.CharField(max_length=300)
    secret = SealedText()
    nouns = models.CharField(max_length=200, blank=True)
    told = models.BigIntegerField()
    tries = models.PositiveSmallIntegerField(default=0)
    again_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=120, blank=True)  # of the last try
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(url=""), name="hook_has_address"),
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def subject(self) -> str:
        """How the history calls it."""
        return f"hook:{self.pk}"
