"""Counting the figures of people in the background, where there are too many people to count for a page."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from payung.office.access.scope import Area, Scope
from payung.office.history.actions import BY_ITSELF
from payung.office.history.models import Event
from payung.office.insight import tallies
from payung.office.insight.figures import FIGURES
from payung.office.insight.models import Tally
from payung.office.insight.queries import count
from payung.office.jobs import queue
from payung.office.jobs.models import Job
from payung.office.people.models import Person
from payung.office.regions.queries import districts

KIND, SUBJECT = "insight.tally", "figures"
RESTS = 10  # times as long as a count took
SHORTEST = dt.timedelta(seconds=20)  # between the end of a count and the next
AFTER_A_FAULT = dt.timedelta(minutes=10)


def large() -> bool:
    """Tell whether the office has so many people that a page does not wait for a count."""
    last = Person.everybody.aggregate(last=Max("pk"))["last"] or 0
    return bool(last >= settings.FIGURES_COUNTED_APART)


def look() -> None:
    """Ask for a count where the office is large and something happened since the last; called by an idle worker."""
    if not large():
        Tally.objects.all().delete()
        return
    last, today, now = tallies.newest(), timezone.localdate(), timezone.now()
    if last is not None and last.on == today:
        rest = max(SHORTEST, RESTS * dt.timedelta(milliseconds=last.took))
        if now < last.at + rest or _end() == (last.number, last.chain):
            return
    failed = Job.objects.filter(kind=KIND, state=Job.State.FAILED, finished__gt=now - AFTER_A_FAULT)
    if not failed.exists():
        queue.ask(by=BY_ITSELF, kind=KIND, subject=SUBJECT)


def tally(ticket: queue.Ticket) -> None:
    """Count the figures of people for the whole office, at one moment of it, and keep them in place of the former."""
    begun, today, at = time.monotonic(), timezone.localdate(), timezone.now()
    with one_moment():
        number, chain = _end()
        office = Scope(tuple(Area(one.code) for one in districts()))
        counted = count([one for one in FIGURES.values() if one.of_people], office, today)
    took = int(1000 * (time.monotonic() - begun))
    with transaction.atomic():
        ticket.hold()
        Tally.objects.update_or_create(
            pk=1,
            defaults={
                "on": today,
                "number": number,
                "chain": chain,
                "at": at,
                "took": took,
                "cells": tallies.packed(counted),
            },
        )
        Job.objects.filter(kind=KIND, state=Job.State.DONE).delete()  # one of many a day says enough


def _end() -> tuple[int, str]:
    """Return the end of the history."""
    found = Event.objects.order_by("-number").values_list("number", "chain").first()
    return found or (0, "")


@contextmanager
def one_moment() -> Iterator[None]:
    """Let all that is read inside be of one moment, and keep nobody from writing meanwhile."""
    if connection.in_atomic_block:
        yield
        return
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")  # atomic() would take the place of the one who writes
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
