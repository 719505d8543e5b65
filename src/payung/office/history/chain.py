"""The links of the chain, the seal of its head, and whether they still hold.

An event is linked to the one before by a keyed hash (HMAC-SHA-256); the key comes from the secret of the office, so
that whoever has the database alone cannot compute a chain anew. Events of before that was so are linked by SHA-256
and held by the first keyed link, or by the seal of the head. What nobody can see inside the database (a former state
put back as a whole) is seen against a link that was noted outside of it: :mod:`.marks`.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from payung.office.history.models import Event, Head, PastKey

START = "0" * 64
CHUNK = 2000
LEAST = 16  # digits of a link that are enough to compare it


@dataclass(frozen=True, slots=True)
class Noted:
    """A link that was noted outside of the chain.

    Fields
        number: of the event that it belongs to.
        link: its first digits, at least :data:`LEAST`.
        where: what it was noted in.
    """

    number: int
    link: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a walk along the chain found.

    Fields
        events: events that were walked.
        chain: the last link; note it on paper to prove later that nothing before it changed.
        broken_at: number of the first event that does not fit, or ``None``.
        why: a key of :data:`payung.office.history.verdicts.WHY`; empty where all holds.
        where: what a link was noted in that the chain does not have.
        keyed_from: number of the first event that is linked with the key of the office.
    """

    events: int
    chain: str
    broken_at: int | None = None
    why: str = ""
    where: str = ""
    keyed_from: int = 1


def key() -> bytes:
    """Return the key of the chain."""
    return bytes(settings.ENVIRONMENT.key("history"))


def key_of_seals() -> bytes:
    """Return the key that past keys are sealed with."""
    return bytes(settings.ENVIRONMENT.key("past keys of the history"))


def sealed_key(past: bytes, until: int, own: bytes) -> str:
    """Return the key ``past`` of the events up to ``until``, sealed with the key ``own`` (:func:`key_of_seals`)."""
    nonce = os.urandom(12)
    return base64.b64encode(nonce + AESGCM(own).encrypt(nonce, past, str(until).encode())).decode()


def past_keys() -> list[tuple[int, bytes]]:
    """Return the keys of before the secret was changed, each with the number of its last event, oldest first.

    One that this office did not seal opens nothing: then the events that it belongs to are broken.
    """
    found = []
    for kept in PastKey.objects.order_by("until"):
        try:
            data = base64.b64decode(kept.sealed, validate=True)
            past = AESGCM(key_of_seals()).decrypt(data[:12], data[12:], str(kept.until).encode())
        except (InvalidTag, ValueError):
            continue
        found.append((kept.until, past))
    return found


def link(event: Event, before: str, *, keyed: bool = True, by: bytes = b"") -> str:
    """Return the link of ``event`` after the link ``before``: 64 hexadecimal digits. ``by``: a key of before."""
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
    whole = f"{before}\n{text}".encode()
    return (
        hmac.new(by or key(), whole, hashlib.sha256).hexdigest()
        if keyed
        else hashlib.sha256(whole).hexdigest()
    )


def seal(head: Any) -> str:
    """Return what only the office can write beside its head: over everything that the head says."""
    since = head.since.astimezone(dt.UTC).isoformat(timespec="microseconds") if head.since else ""
    said = ["head", head.number, head.chain, head.keyed_from, since, head.broken_at or ""]
    return hmac.new(key(), "\n".join(map(str, said)).encode(), hashlib.sha256).hexdigest()


def sealed(head: Head) -> bool:
    """Tell whether the office itself wrote the head."""
    return hmac.compare_digest(head.seal, seal(head))


def verify(noted: Iterable[Noted] = ()) -> Verdict:
    """Walk the whole chain, compare it with links that were noted, and return what was found; memory stays constant."""
    head = Head.objects.filter(pk=1).first()
    keyed_from = head.keyed_from if head else 1
    wanted: dict[int, list[Noted]] = {}
    for one in noted:
        wanted.setdefault(one.number, []).append(one)
    previous, number = START, 0
    past = past_keys()

    def broken(at: int, why: str, where: str = "") -> Verdict:
        return Verdict(number, previous, at, why, where, keyed_from)

    for event in Event.objects.order_by("number").iterator(chunk_size=CHUNK):
        if event.number != number + 1:
            return broken(number + 1, "missing")
        by = next((kept for until, kept in past if event.number <= until), b"")
        if link(event, previous, keyed=event.number >= keyed_from, by=by) != event.chain:
            return broken(event.number, "changed")
        for one in wanted.pop(event.number, ()):
            if not event.chain.startswith(one.link):
                return broken(event.number, "another", one.where)
        previous, number = event.chain, event.number
    wanted.pop(0, None)
    if wanted:
        first = min(wanted)
        return broken(number + 1, "cut", wanted[first][0].where)
    if head is None:
        return Verdict(0, START) if number == 0 else broken(number + 1, "head")
    if (head.number, head.chain) != (number, previous):
        return broken(number + 1, "head")
    if not sealed(head):
        return broken(number + 1, "seal")
    if head.broken_at is not None:
        return broken(head.broken_at, "begun")
    if Head.objects.count() > 1:
        return broken(number + 1, "second")
    return Verdict(number, previous, keyed_from=keyed_from)
