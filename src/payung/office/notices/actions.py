"""The writes of notices. What somebody has read is their own affair and stands in no history; addresses do."""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from payung.errors import InputError
from payung.office.accounts.models import User
from payung.office.history.actions import BY_ITSELF, Entry, record
from payung.office.history.models import Event
from payung.office.jobs import queue
from payung.office.notices import queries
from payung.office.notices.models import Channel, Notice
from payung.office.notices.rules import without_numbers
from payung.text import Text

MAIL = "notices.mail"  # kind of work
WORD = 24  # random bytes of the address of a calendar


def hear(events: Sequence[Event]) -> None:
    """Tell everybody whom ``events`` tell; in the transaction of the deed, a constant number of queries."""
    made = [
        Notice(
            user_id=user,
            event=event.number,
            action=event.action,
            subject=event.subject,
            region_code=event.region_code,
            reason=without_numbers(event.reason),
            at=event.at,
        )
        for event, user in queries.told(events)
    ]
    if not made:
        return
    Notice.objects.bulk_create(made, ignore_conflicts=True, batch_size=300)
    for many in set((counted := Counter(one.user_id for one in made)).values()):
        users = [user for user, times in counted.items() if times == many]
        User.objects.filter(pk__in=users).update(unread=F("unread") + many)
    if settings.ENVIRONMENT.mail and queries.to_mail().exists():
        queue.ask(by=BY_ITSELF, kind=MAIL, subject="notices")


def read(*, by: User, keys: Sequence[int] | None = None) -> int:
    """Note that ``by`` has read the notices ``keys`` (``None``: all) of their own; return how many were new."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)
        found = queries.mine(by).filter(read_at__isnull=True)
        if keys is not None:
            found = found.filter(pk__in=keys)
        many = found.update(read_at=timezone.now())
        left = queries.mine(by).filter(read_at__isnull=True).count()
        User.objects.filter(pk=by.pk).update(unread=left)
    return many


def choose(*, by: User, email: str, mails: bool) -> Channel:
    """Say whether ``by`` is told by e-mail too, and where. Raises :class:`InputError` where there is no address."""
    if mails and not email.strip():
        raise InputError(Text("Isi alamat surel dahulu.", "Write the e-mail address first."), at="email")
    with transaction.atomic():
        channel, _ = Channel.objects.select_for_update().get_or_create(user=by)
        before = {"mails": channel.mails}
        channel.email, channel.mails = email.strip(), mails
        channel.save(update_fields=["email", "mails"])
        record(
            by=by.username,
            entries=[Entry("notice.choose", f"user:{by.pk}", before=before, after={"mails": mails})],
        )
    return channel


def open_calendar(*, by: User) -> str:
    """Make the secret address of the calendar of ``by`` and return its word; an earlier address ends."""
    word = secrets.token_urlsafe(WORD)
    with transaction.atomic():
        channel, _ = Channel.objects.select_for_update().get_or_create(user=by)
        channel.print, channel.since = print_of(word), timezone.now()
        channel.save(update_fields=["print", "since"])
        record(by=by.username, entries=[Entry("calendar.open", f"user:{by.pk}")])
    return word


def close_calendar(*, by: User) -> None:
    """End the address of the calendar of ``by``; doing it again changes nothing."""
    with transaction.atomic():
        channel = Channel.objects.select_for_update().filter(user=by, print__isnull=False).first()
        if channel is None:
            return
        channel.print = channel.since = None
        channel.save(update_fields=["print", "since"])
        record(by=by.username, entries=[Entry("calendar.close", f"user:{by.pk}")])


def print_of(word: str) -> str:
    """Return what is kept of the word of an address: one of 192 random bits needs no slow hash."""
    return hashlib.sha256(word.encode()).hexdigest()
