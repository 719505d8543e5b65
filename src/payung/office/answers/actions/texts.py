"""Lets the results of a text follow what was said of it, some at once and the rest by the worker."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, QuerySet

from payung.office.answers.actions.results import remap
from payung.office.answers.models import Phrase, Result
from payung.office.answers.states import FOLLOW
from payung.office.jobs import queue
from payung.office.jobs.models import Job

CHUNK = 500


def behind() -> QuerySet[Result]:
    """Return the results that do not have the class of their text yet."""
    return Result.objects.filter(line__phrase__isnull=False).exclude(code=F("line__phrase__code"))


def catch_up(*, by: str, phrase: Phrase) -> int:
    """Give the next results of ``phrase`` its class; return how many. Must be called inside a transaction."""
    results = list(
        behind()
        .filter(line__phrase=phrase)
        .select_related("person", "line__answer", "line__phrase")
        .order_by("pk")[:CHUNK]
    )
    if results:
        remap(by=by, results=results, code=phrase.code, subject=f"phrase:{phrase.pk}")
    return len(results)


def ask(*, by: str, phrase: Phrase) -> Job:
    """Ask the worker for the rest. Each time that a text is mapped has a job of its own: an old one may be ending."""
    subject = f"phrase:{phrase.pk}@{phrase.mapped_at:%Y%m%d%H%M%S%f}"
    return queue.ask(by=by, kind=FOLLOW, subject=subject, phrase=phrase.pk)


def job_of(phrase: Phrase) -> Job | None:
    """Return the last work on ``phrase``, if there was any."""
    return Job.objects.filter(kind=FOLLOW, subject__startswith=f"phrase:{phrase.pk}@").last()


def catch_up_all(*, by: str, answer: int) -> None:
    """Let follow what was mapped while ``answer`` was being entered."""
    late = behind().filter(line__answer=answer).order_by().values("line__phrase").distinct()
    for phrase in Phrase.objects.filter(pk__in=late):
        with transaction.atomic():
            phrase = Phrase.objects.select_for_update().get(pk=phrase.pk)
            while catch_up(by=by, phrase=phrase):
                pass
