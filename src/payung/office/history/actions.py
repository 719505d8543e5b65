"""The only way to write history: in the transaction of the change itself."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.utils import timezone

from payung.office.history import chain, heads
from payung.office.history.models import Event

BY_ITSELF = "payung"
# What later apps do with events that were just recorded, in their transaction; apps add themselves when they load.
listeners: list[Callable[[Sequence[Event]], None]] = []


@dataclass(frozen=True, slots=True)
class Entry:
    """One event that is about to be recorded.

    Fields
        action: what was done, ``noun.verb``.
        subject: what it was done to, ``noun:key``.
        person: key of the person that it is about.
        letter: number of the letter or decree behind it.
        region_code: where it belongs.
        reason: why, in the words of whoever did it.
        before, after: the values that changed; identifiers masked.
    """

    action: str
    subject: str = ""
    person: int | None = None
    letter: str = ""
    region_code: str = ""
    reason: str = ""
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None


def record(*, by: str, entries: Iterable[Entry], at: dt.datetime | None = None) -> int:
    """Append ``entries`` in order; return how many. ``by`` is a user name, or :data:`BY_ITSELF`.

    Must be called inside the transaction of the change, so that neither exists without the other; raises
    ``RuntimeError`` outside of one.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(
            "history is written inside the transaction of the change: use transaction.atomic()"
        )
    if not by:
        raise ValueError("history needs to know who: `by` is empty")
    moment = at or timezone.now()
    head = heads.locked()
    events = []
    for entry in entries:
        event = Event(
            number=head.number + 1,
            at=moment,
            actor=by,
            action=entry.action,
            subject=entry.subject,
            person=entry.person,
            letter=entry.letter,
            region_code=entry.region_code,
            reason=entry.reason,
            before=_plain(entry.before),
            after=_plain(entry.after),
        )
        event.chain = chain.link(event, head.chain, keyed=event.number >= head.keyed_from)
        head.number, head.chain = event.number, event.chain
        events.append(event)
    Event.objects.bulk_create(events, batch_size=500)
    heads.write(head)
    for hear in listeners:
        hear(events)
    return len(events)


def changed(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Return only what differs between two pictures of the same thing, or ``None`` where nothing does."""
    names = [name for name in after if before.get(name) != after[name]]
    if not names:
        return None
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}


def _plain(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return ``values`` as the database will give them back, so that the chain is over what is kept."""
    if values is None:
        return None
    encoder = DjangoJSONEncoder()
    return {
        str(name): value if isinstance(value, str | int | bool | None) else _decoded(encoder, value)
        for name, value in values.items()
    }


def _decoded(encoder: DjangoJSONEncoder, value: Any) -> Any:
    return json.loads(encoder.encode(value))
