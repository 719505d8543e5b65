"""Asking for work, taking it, and noticing that a worker died."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from payung.office import face
from payung.office.jobs.models import Job

STALE = dt.timedelta(seconds=30)
ATTEMPTS = 4
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

    def let_go(self) -> None:
        """Give the job back unfinished, as if this worker had died: :func:`reap` hands it on or gives it up."""
        self._update(heartbeat=timezone.now() - 2 * STALE)

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
    while (job := Job.objects.filter(state=Job.State.QUEUED).order_by("pk").first()) is not None:
        taken = Job.objects.filter(pk=job.pk, state=Job.State.QUEUED, attempt=job.attempt).update(
            state=Job.State.RUNNING, attempt=F("attempt") + 1, heartbeat=timezone.now()
        )
        if taken:
            return job, Ticket(job.pk, job.attempt + 1, job.subject, job.arguments, job.asked_by)
    return None


def reap() -> int:
    """Put jobs whose worker shows no sign of life back in the queue; give up after some attempts. Return how many."""
    stale = Job.objects.filter(state=Job.State.RUNNING, heartbeat__lt=timezone.now() - STALE)
    given_up = stale.filter(attempt__gte=ATTEMPTS).update(
        state=Job.State.FAILED,
        finished=timezone.now(),
        fault_id="Pekerjaan ini berhenti berkali-kali; coba unggah ulang atau hubungi admin.",
        fault_en="This work stopped several times; upload again or ask the administrator.",
    )
    return given_up + stale.update(state=Job.State.QUEUED)
