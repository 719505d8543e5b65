"""The event log: no foreign keys, so that it never stands in the way of live data, and no later change."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Event(models.Model):
    """One thing that was done.

    ``number`` counts without gaps. ``chain`` is the SHA-256 of everything in this row and the ``chain`` of the
    row before, so that a changed, removed or inserted row shows in every row after it.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=150)  # user name; "payung" for work without a person
    action = models.CharField(max_length=60)  # "person.change", "submission.approve", ...
    subject = models.CharField(max_length=60, blank=True)  # "person:12"
    person = models.BigIntegerField(null=True)  # key of the person in the register, where it is about one
    letter = models.CharField(max_length=120, blank=True)  # number of the decree or letter behind it
    region_code = models.CharField(max_length=13, blank=True)
    reason = models.TextField(blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    chain = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["-number"]
        indexes: ClassVar = [
            models.Index(fields=["person", "number"], name="event_person"),
            models.Index(fields=["letter", "number"], name="event_letter"),
            models.Index(fields=["actor", "number"], name="event_actor"),
            models.Index(fields=["subject", "number"], name="event_subject"),
            models.Index(fields=["action", "number"], name="event_action"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.subject}"


class Head(models.Model):
    """The last link of the chain; one row. Whoever appends locks it, so that numbers have no gaps."""

    number = models.BigIntegerField()
    chain = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.number} {self.chain[:12]}"
