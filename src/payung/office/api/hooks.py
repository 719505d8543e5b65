"""Telling other systems what happened, as Standard Webhooks say: signed, in order, tried again; nothing about people.

event of the history ──(an idle worker looks)──▶ job webhook.send ──POST──▶ 2xx: the next · else: again after a pause
A message names an event by its number and its thing by its key: whoever wants more asks the API, with a token.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import http.client
import ipaddress
import json
import secrets
import socket
import ssl
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from payung.errors import InputError
from payung.office.api.models import Hook
from payung.office.history.actions import BY_ITSELF, Entry, record
from payung.office.history.models import Event
from payung.office.jobs import queue
from payung.office.jobs.queue import Ticket
from payung.text import Text

SEND = "webhook.send"  # kind of work
PREFIX = "whsec_"
# Of what other systems may be told: things of the office, none of which is a person.
NOUNS = (
    *("submission", "batch", "agreement", "line", "decree", "bill", "payment", "closing", "snapshot", "case"),
    *("letter", "denominator"),
)
# After how long the same message is tried again; after the last the address is closed.
PAUSES = tuple(
    dt.timedelta(seconds=seconds) for seconds in (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
GONE = 410  # the address wants no more
SECONDS = 15.0  # that an address has to answer
AT_ONCE = 200  # messages of one job; the rest are asked for again
Answer = Callable[[str, Mapping[str, str], bytes], int]


# Making and ending


def make(*, by: str, url: str, nouns: tuple[str, ...] = ()) -> tuple[Hook, str]:
    """Tell ``url`` from now on what happens to ``nouns`` (empty: to all); return it and the secret that signs.

    Raises :class:`InputError` for an address that is none, or that is this machine itself.
    """
    url = url.strip()
    address(url)
    unknown = [noun for noun in nouns if noun not in NOUNS]
    if unknown:
        raise InputError(Text(f"Tidak dikenal: {unknown[0]}.", f"Not known: {unknown[0]}."), at="nouns")
    word = PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()
    with transaction.atomic():
        last = Event.objects.order_by("-number").values_list("number", flat=True).first() or 0
        hook = Hook.objects.create(url=url, nouns=" ".join(nouns), told=last, by=by)
        hook.secret = word
        hook.save(update_fields=["secret"])
        after = {"url": url, "nouns": " ".join(nouns)}
        record(by=by, entries=[Entry("hook.make", hook.subject, after=after)])
    return hook, word


@transaction.atomic
def close(*, by: str, hook: Hook, reason: str = "") -> None:
    """Tell an address nothing any more."""
    if Hook.objects.filter(pk=hook.pk, closed_at__isnull=True).update(closed_at=timezone.now()):
        record(by=by, entries=[Entry("hook.close", hook.subject, reason=reason, after={"url": hook.url})])


def address(url: str) -> tuple[str, int, str, bool]:
    """Return host, port, path and whether it is https of an address. Raises :class:`InputError` for what is none."""
    found = urlsplit(url)
    try:
        port = found.port or (443 if found.scheme == "https" else 80)
    except ValueError:
        port = 0
    wrong = (
        found.scheme not in ("http", "https") or not found.hostname or found.username or not 0 < port < 65536
    )
    if wrong or len(url) > 300 or any(ord(sign) < 33 for sign in url):
        raise InputError(
            Text(
                "Tulis alamat seperti https://sistem.contoh.go.id/kait.",
                "Write an address: https://host/path.",
            ),
            at="url",
        )
    assert found.hostname is not None
    path = (found.path or "/") + (f"?{found.query}" if found.query else "")
    return found.hostname, port, path, found.scheme == "https"


def may_reach(number: str) -> bool:
    """Tell whether an address of the network may be told something: never this machine or its neighbours' meta data."""
    one = ipaddress.ip_address(number.split("%")[0])
    one = getattr(one, "ipv4_mapped", None) or one
    return not (
        one.is_loopback or one.is_link_local or one.is_multicast or one.is_unspecified or one.is_reserved
    )


# Telling


def signature(secret: str, name: str, moment: int, body: bytes) -> str:
    """Return what signs a message: ``v1,`` and the HMAC-SHA256 of its name, moment and body."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = hmac.new(key, f"{name}.{moment}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(signed).decode()}"


def message(event: Event) -> bytes:
    """Return the body of the message about an event: what was done, when, to which thing; nothing else."""
    told = {
        "type": event.action,
        "timestamp": event.at.astimezone(dt.UTC).isoformat().replace("+00:00", "Z"),
        "data": {"event": event.number, "subject": event.subject},
    }
    return json.dumps(told, separators=(",", ":")).encode()


def waiting(hook: Hook) -> QuerySet[Event]:
    """Return the events that ``hook`` was not told yet, in order."""
    nouns = hook.nouns.split() or NOUNS
    wanted = Q()
    for noun in nouns:
        wanted |= Q(subject__startswith=f"{noun}:")
    return Event.objects.filter(wanted, number__gt=hook.told, person__isnull=True).order_by("number")


def look() -> None:
    """Ask for the work of every address that something waits for (an idle worker calls this often)."""
    due = Q(again_at__isnull=True) | Q(again_at__lte=timezone.now())
    for hook in Hook.objects.filter(due, closed_at__isnull=True):
        if waiting(hook).exists():
            queue.ask(by=BY_ITSELF, kind=SEND, subject=hook.subject)


def send(ticket: Ticket) -> None:
    """Tell an address what waits for it, one message after the other; stop at the first that it does not take."""
    hook = Hook.objects.filter(pk=int(ticket.subject.partition(":")[2]), closed_at__isnull=True).first()
    if hook is None or (hook.again_at is not None and hook.again_at > timezone.now()):
        return
    for event in waiting(hook)[:AT_ONCE]:
        ticket.beat()
        if not tell(hook, event, post):
            return


def tell(hook: Hook, event: Event, post_: Answer) -> bool:
    """Send one message; tell whether it was taken. What was not taken is tried again later, ten times in all."""
    name, body, moment = f"msg_{hook.pk}_{event.number}", message(event), int(timezone.now().timestamp())
    headers = {
        "content-type": "application/json",
        "user-agent": "Payung",
        "webhook-id": name,
        "webhook-timestamp": f"{moment}",
        "webhook-signature": signature(hook.secret or "", name, moment, body),
    }
    try:
        status = post_(hook.url, headers, body)
        fault = "" if 200 <= status < 300 else f"HTTP {status}"
    except (OSError, http.client.HTTPException, InputError) as error:
        status, fault = 0, type(error).__name__
    if not fault:
        hook.told, hook.tries, hook.again_at, hook.fault = event.number, 0, None, ""
    else:
        hook.tries, hook.fault = hook.tries + 1, fault[:120]
        if status == GONE or hook.tries > len(PAUSES):
            close(by=BY_ITSELF, hook=hook, reason=fault)
        else:
            hook.again_at = timezone.now() + PAUSES[hook.tries - 1]
    hook.save(update_fields=["told", "tries", "again_at", "fault"])
    return not fault


def post(url: str, headers: Mapping[str, str], body: bytes) -> int:
    """Post ``body`` and return the status; the address is looked up once and refused where it is this machine.

    Nothing is followed: an address that points elsewhere has to be written as it is.
    """
    host, port, path, secure = address(url)
    number = str(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][4][0])
    if not may_reach(number):
        raise OSError(f"{host} is not to be reached")
    plain = socket.create_connection((number, port), timeout=SECONDS)
    with plain:
        wire = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if secure else plain
        connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
        connection.sock = wire
        connection.request("POST", path, body=body, headers=dict(headers))
        return connection.getresponse().status


def shown(hook: Hook) -> dict[str, Any]:
    """Return what the page shows of an address."""
    return {"hook": hook, "waits": 0 if hook.closed_at else waiting(hook).count()}
