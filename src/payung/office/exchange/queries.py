"""What was sent, what was answered, and what of it waits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from payung.codes import Segment
from payung.office.access.scope import Scope
from payung.office.exchange.models import AnswerRow, Batch, BatchLine
from payung.office.exchange.states import ENROLMENTS, QUEUE, LineState
from payung.office.exchange.values import Cause, Known
from payung.office.jobs.models import Job
from payung.office.jobs.states import JobState
from payung.office.people.models import Heir, Membership
from payung.office.posts.models import Holding
from payung.office.programme.models import Decree, DecreePerson
from payung.office.programme.states import IN_FORCE
from payung.office.regions.queries import names

SHOWN = 20  # times that the worker was asked, the latest


def was_sent(person: str) -> Exists:
    """Return the condition that the person at the path ``person`` stands in a batch that the insurer has."""
    return Exists(BatchLine.objects.filter(BatchLine.for_insurer(), person=OuterRef(person)).order_by())


def seen(scope: Scope) -> QuerySet[Batch]:
    """Return the batches of the places within ``scope``, and those with somebody within it."""
    mine = scope.of(BatchLine).filter(batch=OuterRef("pk"))
    return Batch.objects.filter(scope.in_places("region_code") | Exists(mine)).select_related("decree")


def unsent(scope: Scope) -> QuerySet[Decree]:
    """Return the signed decrees within ``scope`` that have no batch."""
    made = Batch.objects.filter(decree=OuterRef("pk"))
    return Decree.objects.filter(scope.in_places("region_code"), ~Exists(made), state__in=IN_FORCE)


def being_made(scope: Scope) -> list[tuple[Decree, Job]]:
    """Return the decrees within ``scope`` whose batches the worker makes, or gave up, with how far it is."""
    jobs = Job.objects.filter(kind="exchange.enrol").order_by("-pk")[:SHOWN]
    latest = {int(job.subject.partition(":")[2]): job for job in reversed(jobs)}
    by_key = {key: job for key, job in latest.items() if job.state != JobState.DONE}
    decrees = Decree.objects.filter(scope.in_places("region_code"), pk__in=by_key)
    return [(decree, by_key[decree.pk]) for decree in decrees.order_by("pk")]


def counted(batches: QuerySet[Batch]) -> QuerySet[Batch, Any]:
    """Return ``batches``, each with how many of its lines are in each state."""
    return batches.annotate(
        **{str(state): Count("lines", filter=Q(lines__state=state)) for state in LineState}
    )


def counts_of(batch: Batch, scope: Scope) -> list[tuple[LineState, int]]:
    """Return how many lines of ``batch`` within ``scope`` are in each state."""
    rows = scope.of(BatchLine).filter(batch=batch).order_by().values_list("state").annotate(Count("pk"))
    found = {str(state): many for state, many in rows}
    return [(state, found.get(str(state), 0)) for state in LineState]


def rejected_of(batch: Batch) -> QuerySet[BatchLine]:
    """Return the lines of ``batch`` that were rejected and not sent again."""
    return batch.lines.filter(state=LineState.REJECTED)


def waiting(scope: Scope) -> QuerySet[AnswerRow]:
    """Return the rows of answers that wait for a person, of batches of the places within ``scope``."""
    batches = Batch.objects.filter(scope.in_places("region_code"))
    return queue().filter(answer__batch__in=batches).select_related("answer")


def enrolled(people: Collection[int]) -> set[int]:
    """Return those of ``people`` whom the insurer enrolled."""
    rows = BatchLine.objects.filter(state=LineState.ACCEPTED, person__in=people)
    return set(rows.order_by().values_list("person", flat=True))


def rejected_rows() -> QuerySet[DecreePerson]:
    """Return the held rows of annexes whose person the insurer rejected and has not accepted since.

    What counts is its last word on the person and segment in the decree and those that follow it up; a line that was
    sent again is rejected until it is accepted. Who leaves is no matter here, nor an answer to another decree's batch.
    """
    chain = Coalesce("row__decree__root", "row__decree")
    lines = BatchLine.objects.filter(batch__kind__in=ENROLMENTS).order_by().annotate(chain=chain)
    later = lines.filter(
        state=LineState.ACCEPTED,
        person=OuterRef("person"),
        row__segment=OuterRef("row__segment"),
        chain=OuterRef("chain"),
        pk__gt=OuterRef("pk"),
    )
    no = lines.filter(~Exists(later), state__in=[LineState.REJECTED, LineState.RESENT])
    mine = no.filter(person=OuterRef("person"), row__segment=OuterRef("segment"), chain=OuterRef("chain"))
    return (
        DecreePerson.objects.filter(held=True, person__in=no.values("person"))
        .annotate(chain=Coalesce("decree__root", "decree"))
        .filter(Exists(mine))
        .order_by()
    )


def unsent_rows() -> QuerySet[DecreePerson]:
    """Return the held rows of follow-up decrees whose person nobody sent to the insurer, though their decree goes by
    batches: an earlier decree of the chain has one, the follow-up has none, and no batch of the chain names them."""
    batches = Batch.objects.annotate(first=Coalesce("decree__root", "decree")).order_by()
    before = batches.filter(first=OuterRef("root"), decree__lt=OuterRef("pk"))
    bare = (
        Decree.objects.filter(
            ~Exists(batches.filter(decree=OuterRef("pk"))), root__isnull=False, state__in=IN_FORCE
        )
        .filter(Exists(before))
        .order_by()
    )
    named = BatchLine.objects.filter(
        batch__kind__in=ENROLMENTS, person=OuterRef("person"), row__segment=OuterRef("segment")
    ).annotate(first=Coalesce("row__decree__root", "row__decree"))
    return (
        DecreePerson.objects.filter(held=True, decree__in=bare.values("pk"))
        .filter(~Exists(named.filter(first=OuterRef("decree__root")).order_by()))
        .order_by()
    )


def not_enrolled(line_id: int, segment: str, first: str, last: str) -> list[tuple[Decree, int]]:
    """Return the decrees that went to the insurer with no batch, each with how many people of ``segment`` the line pays
    in the months ``first`` to ``last`` for by it; one query."""
    rows = DecreePerson.objects.filter(
        held=True, line=line_id, segment=segment, from_month__lte=last, last_month__gte=first
    )
    sent = Batch.objects.filter(decree=OuterRef("decree"))
    counted = (
        rows.filter(~Exists(sent), decree__state__in=IN_FORCE)
        .order_by("decree")
        .values_list("decree")
        .annotate(people=Count("person", distinct=True))
    )
    many = dict(counted)
    decrees = Decree.objects.in_bulk(many) if many else {}
    return [(decrees[key], many[key]) for key in sorted(many)]


def rejected(scope: Scope) -> QuerySet[BatchLine]:
    """Return the lines within ``scope`` that the insurer rejected and nobody has sent again: work for the village."""
    return scope.of(BatchLine).filter(state=LineState.REJECTED)


def queue(batch: Batch | None = None) -> QuerySet[AnswerRow]:
    """Return the rows of answers that found no line, or that cannot be believed, and wait for a person."""
    rows = AnswerRow.objects.filter(outcome__in=QUEUE)
    return rows.filter(answer__batch=batch) if batch else rows


def kpj_of(people: Collection[int], segment: str) -> dict[int, str]:
    """Return key of person → KPJ, as an answer to a batch or a membership of the segment says it; one query each."""
    found: dict[int, str] = {}
    members = Membership.objects.filter(person__in=people, segment=segment, kpj__isnull=False).order_by("pk")
    found.update({key: kpj for key, kpj in members.values_list("person_id", "kpj") if kpj})
    sent = BatchLine.objects.filter(person__in=people, row__segment=segment, kpj__isnull=False).order_by("pk")
    found.update({key: kpj for key, kpj in sent.values_list("person_id", "kpj") if kpj})
    return found


def known(
    people: Collection[int], villages: Iterable[str], segment: Segment, causes: Mapping[int, Cause]
) -> Known:
    """Return what the cells of a batch are looked up in; a constant number of queries."""
    since: dict[int, dt.date] = {}
    if segment == Segment.PU:
        held = Holding.objects.filter(person__in=people, starts__isnull=False).order_by("starts")
        since = {key: day for key, day in held.values_list("person_id", "starts") if day}
    heirs = {heir.person_id: heir for heir in Heir.objects.filter(person__in=people).order_by("-pk")}
    return Known(names(villages), kpj_of(people, segment), since, heirs, causes)
