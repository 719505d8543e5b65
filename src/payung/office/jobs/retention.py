"""Old records are removed once a day, by rules that say how long each is kept; what was removed is recorded.

A rule is a function that removes what is older than its time and returns how many; apps add theirs.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone

from payung.office.history.actions import BY_ITSELF, Entry, record
from payung.office.jobs.models import Installation, Job

EVERY = dt.timedelta(days=1)
LOOK = 600.0  # seconds between looks whether it is time
LOG = logging.getLogger("payung.clearing")

Rule = Callable[[dt.datetime], int]
_rules: dict[str, Rule] = {}
_after: dict[str, Callable[[], object]] = {}
_looked = [float("-inf")]


def add(name: str, rule: Rule) -> None:
    """Let ``rule`` run once a day; it is given the present moment. ``name`` stands in the history."""
    _rules[name] = rule


def also(name: str, function: Callable[[], object]) -> None:
    """Let ``function`` run once a day after the rules; it removes nothing."""
    _after[name] = function


def when_due() -> dict[str, int] | None:
    """Remove what is too old, where a day has passed since the last time; of several workers one does."""
    if time.monotonic() - _looked[0] < LOOK:
        return None
    _looked[0] = time.monotonic()
    now = timezone.now()
    due = Q(cleared__isnull=True) | Q(cleared__lt=now - EVERY) | Q(cleared__gt=now + EVERY)
    try:
        if not Installation.objects.filter(due, pk=1).update(cleared=now):
            return None
        return clear(now)
    except DatabaseError:
        LOG.warning("old records were not removed", exc_info=True)
        return None


def clear(now: dt.datetime | None = None) -> dict[str, int]:
    """Run every rule; return how many records each removed. A rule that fails does not stop the others."""
    moment, removed = now or timezone.now(), {}
    for name, rule in sorted(_rules.items()):
        try:
            removed[name] = rule(moment)
        except Exception:
            LOG.exception("the rule %s failed", name)
    found = {name: many for name, many in removed.items() if many}
    if found:
        with transaction.atomic():
            record(by=BY_ITSELF, entries=[Entry("records.clear", "office", after=found)], at=now)
    for name, function in sorted(_after.items()):
        try:
            function()
        except Exception:
            LOG.exception("what is done once a day, %s, failed", name)
    return found


def sessions(now: dt.datetime) -> int:
    """Remove sessions that ended."""
    from allauth.usersessions.models import UserSession
    from django.contrib.sessions.models import Session

    many, _ = Session.objects.filter(expire_date__lt=now).delete()
    living = Session.objects.values("session_key")
    old = now - dt.timedelta(seconds=settings.SESSION_COOKIE_AGE)
    UserSession.objects.filter(last_seen_at__lt=old).exclude(session_key__in=living).delete()
    return many


def sign_ins(now: dt.datetime) -> int:
    """Remove addresses and programs of those who signed in, or tried to, PAYUNG_KEEP_SIGN_INS days ago."""
    from axes.models import AccessAttempt, AccessFailureLog, AccessLog

    old = now - dt.timedelta(days=settings.ENVIRONMENT.keep_sign_ins)
    kinds = (AccessAttempt, AccessFailureLog, AccessLog)
    return sum(kind.objects.filter(attempt_time__lt=old).delete()[0] for kind in kinds)


def jobs(now: dt.datetime) -> int:
    """Remove work that ended PAYUNG_KEEP_JOBS days ago."""
    old = now - dt.timedelta(days=settings.ENVIRONMENT.keep_jobs)
    ended = Job.objects.filter(state__in=[Job.State.DONE, Job.State.FAILED], finished__lt=old)
    return ended.delete()[1].get("jobs.Job", 0)


for _name, _rule in (("sessions", sessions), ("sign_ins", sign_ins), ("jobs", jobs)):
    add(_name, _rule)
