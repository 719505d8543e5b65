"""The event log: no foreign keys, so that it never stands in the way of live data, and no later change."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models


class Event(models.Model):
    """One thing that was done.

    ``number`` counts without gaps. ``chain`` is a keyed hash of everything in this row and the ``chain`` of the
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
    """The last link of the chain; one row. Whoever appends locks it, so that numbers have no gaps.

    ``seal`` is a keyed hash over all the rest: only the office writes a head that is believed.
    """

    number = models.BigIntegerField()
    chain = models.CharField(max_length=64)
    keyed_from = models.BigIntegerField(default=1)  # number of the first event that is linked with the key
    since = models.DateTimeField(null=True)  # when this chain began
    broken_at = models.BigIntegerField(null=True)  # number of the event before which the head was not ours
    seal = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.number} {self.chain[:12]}"


class PastKey(models.Model):
    """The key of the chain up to an event, from before the secret was changed; sealed with the secret of now."""

    until = models.BigIntegerField(primary_key=True)  # number of the last event that is linked with it
    sealed = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.until}"


class Mark(models.Model):
    """A link of the chain as it was noted somewhere: in a backup, a closed month, the daily file."""

    number = models.BigIntegerField()
    chain = models.CharField(max_length=64)
    why = models.CharField(max_length=60)  # "backup", "day", "closing:7"
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["why"], name="mark_why")]

    def __str__(self) -> str:
        return f"{self.number} {self.chain[:12]} {self.why}"


class Watch(models.Model):
    """What the guards of the database looked like after the last migration, in one kind of database.

    ``seal`` is a keyed hash of the rest, so that guards cannot be taken off and this row be made to agree.
    """

    vendor = models.CharField(max_length=20, primary_key=True)
    migrations = models.CharField(max_length=64)  # hash of those that were in place
    prints: models.JSONField[Any, Any] = models.JSONField()  # name of a guard → hash of what it does
    at = models.DateTimeField()
    seal = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.vendor} {self.at}"
