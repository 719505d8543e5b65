"""Asking for work, taking it, and noticing that a worker died."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Case, DateTimeField, F, Q, Value, When
from django.utils import timezone

from payung.office import face
from payung.office.jobs.models import Job
from payung.text import Text

STALE = dt.timedelta(seconds=30)
# How long a job rests after its first, second, ... attempt that found the database or the disk away. It goes on by
# itself when they are back, within a week; then it is given up.
PAUSES = (
    dt.timedelta(seconds=5),
    dt.timedelta(minutes=1),
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=30),
)
PATIENCE = dt.timedelta(days=7)
ATTEMPTS = len(PAUSES) + 1  # of a job that dies, or that finds again and again that somebody was quicker
GIVEN_UP = Text(
    "Pekerjaan ini berhenti berkali-kali (server sibuk, penuh atau mati). Hubungi admin; sesudah itu "
    "ulangi langkahnya.",
    "This work stopped several times (server busy, full or down). Ask the administrator, then repeat the step.",
)
BEAT = 5.0  # seconds between signs of life


class LostError(Exception):
    """Another worker has taken this job over; this one must stop without writing more."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A job in the hands of one worker. Work says through it how far it is."""

    key: int
    attempt: int
    subject: str
    arguments: dict[str, Any]
    asked_by: str

    def report(self, done: int, total: int) -> None:
        """Save how far the work is. Raises :class:`LostError` where another worker has it now."""
        self._update(done=done, total=total, heartbeat=timezone.now())

    def beat(self) -> None:
        """Save a sign of life. Raises :class:`LostError` where another worker has it now."""
        self._update(heartbeat=timezone.now())

    def hold(self) -> None:
        """Inside a transaction: make sure that this worker still has the job, and keep it until the commit."""
        self.beat()

    def let_go(self, *, rest: bool = True) -> None:
        """Give the job back unfinished: after a pause that grows, or at once; in the end it is given up."""
        now = timezone.now()
        old = Job.objects.filter(pk=self.key, created__lt=now - PATIENCE)
        if (rest and old.exists()) or (not rest and self.attempt >= ATTEMPTS):
            self._update(**_gave_up(now))
            return
        pause = PAUSES[min(self.attempt, len(PAUSES)) - 1] if rest else dt.timedelta()
        self._update(state=Job.State.QUEUED, not_before=now + pause, heartbeat=None)

    def _update(self, **values: Any) -> None:
        mine = Job.objects.filter(pk=self.key, attempt=self.attempt, state=Job.State.RUNNING)
        if not mine.update(**values):
            raise LostError(self.key)


Work = Callable[[Ticket], None]
_kinds: dict[str, Work] = {}


def register(kind: str, work: Work) -> None:
    """Say which function does jobs of this kind. It must be safe to run again after a kill at any point."""
    _kinds[kind] = work


def work_of(kind: str) -> Work | None:
    """Return the function for ``kind``."""
    return _kinds.get(kind) or face.work_of(kind)


def ask(*, by: str, kind: str, subject: str, **arguments: Any) -> Job:
    """Put work in the queue, inside the caller's transaction; asking again while it is open returns the same job."""
    try:
        with transaction.atomic():
            return Job.objects.create(kind=kind, subject=subject, arguments=arguments, asked_by=by)
    except IntegrityError:
        return Job.objects.get(kind=kind, subject=subject, state__in=[Job.State.QUEUED, Job.State.RUNNING])


def given_up(job: Job | None) -> bool:
    """Tell whether nobody works on ``job`` any more though it never came to its end."""
    return job is not None and job.state == Job.State.FAILED


def take() -> tuple[Job, Ticket] | None:
    """Take the oldest waiting job, or ``None``. Two workers never take the same."""
    due = Q(not_before__isnull=True) | Q(not_before__lte=timezone.now())
    while (job := Job.objects.filter(due, state=Job.State.QUEUED).order_by("pk").first()) is not None:
        taken = Job.objects.filter(pk=job.pk, state=Job.State.QUEUED, attempt=job.attempt).update(
            state=Job.State.RUNNING, attempt=F("attempt") + 1, heartbeat=timezone.now()
        )
        if taken:
            return job, Ticket(job.pk, job.attempt + 1, job.subject, job.arguments, job.asked_by)
    return None


def reap() -> int:
    """Put jobs whose worker shows no sign of life back in the queue; give up after some attempts. Return how many.

    The first time at once, then after pauses that grow: what ends its worker lets other work be done between. A sign of
    life from the future (the clock was set back) is none.
    """
    now = timezone.now()
    silent = Q(heartbeat__lt=now - STALE) | Q(heartbeat__gt=now + STALE)
    stale = Job.objects.filter(silent, state=Job.State.RUNNING)
    given_up = stale.filter(attempt__gte=ATTEMPTS).update(**_gave_up(now))
    # A pause that the clock moved far away is none either.
    Job.objects.filter(state=Job.State.QUEUED, not_before__gt=now + PAUSES[-1]).update(not_before=None)
    return given_up + stale.update(state=Job.State.QUEUED, not_before=_rest(now))


def _rest(now: dt.datetime) -> Case:
    """Return until when work rests whose worker died, by how often it was begun."""
    times = [When(attempt=many, then=Value(now + pause)) for many, pause in enumerate(PAUSES, start=2)]
    return Case(*times, default=Value(None), output_field=DateTimeField(null=True))


def again(key: int) -> bool:
    """Put a job that was given up back in the queue as if it had just been asked for; tell whether it could be."""
    try:
        with transaction.atomic():
            done = Job.objects.filter(pk=key, state=Job.State.FAILED).update(
                state=Job.State.QUEUED,
                attempt=0,
                broken=False,
                not_before=None,
                finished=None,
                heartbeat=None,
                fault_id="",
                fault_en="",
            )
    except IntegrityError:  # the same was asked for anew in the meantime
        return False
    return bool(done)


def _gave_up(now: dt.datetime) -> dict[str, Any]:
    return {
        "state": Job.State.FAILED,
        "finished": now,
        "broken": True,
        "fault_id": GIVEN_UP.id,
        "fault_en": GIVEN_UP.en,
    }
