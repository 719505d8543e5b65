"""Changes in effect on their way to the insurer: leavers and corrected facts become batches, each change once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Concat

from payung.codes import Segment
from payung.law import months
from payung.office.access.scope import Scope
from payung.office.changes.models import Change
from payung.office.changes.states import ChangeKind, ChangeState
from payung.office.exchange.actions import send_changes
from payung.office.exchange.models import Batch, BatchLine
from payung.office.exchange.states import ENROLMENTS, BatchKind, LineState
from payung.office.exchange.values import EXIT_CODES, Cause
from payung.office.people.models import DEAD
from payung.office.programme.models import DecreePerson
from payung.office.programme.states import IN_FORCE, Exit


@dataclass(frozen=True, slots=True)
class Sendable:
    """A change with the row of the annex that it is about."""

    change: Change
    row: DecreePerson
    kind: BatchKind


def waiting(scope: Scope) -> QuerySet[Change]:
    """Return the changes in effect within ``scope`` that the insurer has to hear of and that no batch carries: whoever
    leaves, and corrected facts of PU. The dead are never among them: their way is the claim."""
    subject = Concat(Value("change:"), Cast(OuterRef("pk"), CharField()))
    sent = BatchLine.objects.filter(cause=subject).order_by()
    enrolled = BatchLine.objects.filter(
        person=OuterRef("person"), batch__kind__in=ENROLMENTS, state=LineState.ACCEPTED
    ).order_by()
    told = Q(stops_from__isnull=False) | Q(kind=ChangeKind.KOREKSI)
    return (
        scope.of(Change)
        .filter(told, ~Exists(sent), Exists(enrolled), state=ChangeState.APPROVED)
        .exclude(kind=ChangeKind.MENINGGAL)
        .exclude(person__life_status=DEAD)
    )


@transaction.atomic
def send(*, by: str, scope: Scope) -> list[Batch]:
    """Make the batches of every change that waits within ``scope``; return them. A second call makes nothing.

    One leaver is sent once a segment, for the change that ends it first.
    """
    changes = list(waiting(scope).select_for_update(of=("self",)).order_by("pk"))
    rows: dict[BatchKind, list[DecreePerson]] = defaultdict(list)
    causes: dict[int, Cause] = {}
    for one in _sendable(changes):
        if one.row.pk in causes:
            continue
        rows[one.kind].append(one.row)
        causes[one.row.pk] = _cause(one.change)
    return send_changes(by=by, rows=rows, causes=causes)


def _sendable(changes: Iterable[Change]) -> Iterable[Sendable]:
    """Yield each change with the last row of the annexes of its person and segment, leavers first."""
    listed = sorted(changes, key=lambda one: (one.stops_from is None, one.stops_from or 0, one.pk))
    rows = (
        DecreePerson.objects.filter(
            person__in=[one.person_id for one in listed], held=True, decree__state__in=IN_FORCE
        )
        .select_related("person", "line", "decree")
        .order_by(F("last_month").asc(), "pk")
    )
    last = {(row.person_id, str(row.segment)): row for row in rows}
    for change in listed:
        for segment in Segment:
            row = last.get((change.person_id, segment.value))
            if row is None or str(change.segment or segment.value) != segment.value:
                continue
            if change.stops_from is not None:
                kind = BatchKind.BPU_LEAVE if segment == Segment.BPU else BatchKind.PU_LEAVE
                yield Sendable(change, row, kind)
            elif segment == Segment.PU:  # no layout for facts of BPU is published: they go by letter
                yield Sendable(change, row, BatchKind.PU_UPDATE)


def _cause(change: Change) -> Cause:
    known = Exit.known(str(change.kind))
    return Cause(
        subject=change.subject,
        last_month=months.add(change.stops, -1) if change.stops else "",
        on=change.on,
        text=change.kind.text.id,
        code=EXIT_CODES.get(known, "") if known else "",
    )
