"""The links of the chain, and whether they still hold."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from payung.office.history.models import Event, Head

START = "0" * 64
CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a walk along the chain found.

    Fields
        events: events that were walked.
        chain: the last link; note it on paper to prove later that nothing before it changed.
        broken_at: number of the first event that does not fit, or ``None``.
        why: ``changed``, ``missing`` or ``head`` (events were cut off at the end), empty where all holds.
    """

    events: int
    chain: str
    broken_at: int | None = None
    why: str = ""


def link(event: Event, before: str) -> str:
    """Return the link of ``event`` after the link ``before``: 64 hexadecimal digits."""
    content = {
        "number": event.number,
        "at": event.at.isoformat(timespec="microseconds"),
        "actor": event.actor,
        "action": event.action,
        "subject": event.subject,
        "person": event.person,
        "letter": event.letter,
        "region": event.region_code,
        "reason": event.reason,
        "before": event.before,
        "after": event.after,
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()


def verify() -> Verdict:
    """Walk the whole chain and return what was found; memory stays constant."""
    previous, number = START, 0
    for event in Event.objects.order_by("number").iterator(chunk_size=CHUNK):
        if event.number != number + 1:
            return Verdict(number, previous, number + 1, "missing")
        if link(event, previous) != event.chain:
            return Verdict(number, previous, event.number, "changed")
        previous, number = event.chain, event.number
    head = Head.objects.first()
    if (head.number, head.chain) != (number, previous) if head else number != 0:
        return Verdict(number, previous, number + 1, "head")
    return Verdict(number, previous)
