"""Notices, and how somebody wants to be told beside them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Notice(models.Model):
    """Somebody is told of one event: what it says and where it leads stands in the telling of its deed."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices", db_index=False
    )
    event = models.BigIntegerField()  # number in the history
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)
    region_code = models.CharField(max_length=13)
    reason = models.CharField(max_length=300, blank=True)  # without numbers of people
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-event"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "event"], name="one_notice_of_an_event"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["user", "read_at"], name="notice_unread"),
            models.Index(fields=["mailed_at", "user"], name="notice_mailed"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"


class Channel(models.Model):
    """How somebody is told beside the bell: by e-mail, and by a calendar at a secret address."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="channel")
    email = models.EmailField(blank=True)
    mails = models.BooleanField(default=False)
    print = models.CharField(max_length=64, null=True, unique=True)  # SHA-256 of the word of the calendar
    since = models.DateTimeField(null=True)  # when that address was made

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(mails=False) | ~Q(email=""), name="mails_go_somewhere"),
        ]

    def __str__(self) -> str:
        return self.email
