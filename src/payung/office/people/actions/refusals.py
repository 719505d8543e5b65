"""A refusal that tells that a NIK is recorded out of reach: it cannot be avoided, so it is recorded and made slow.

One NIK is one person, so whoever types one learns whether somebody else has it. Each such refusal is an event of the
person (who asked, from where); after :data:`A_DAY` in a day nothing more is looked up for that user until a day has
passed since the first of them, and the inspectorate sees the number on its first page.
"""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from django.db import transaction
from django.utils import timezone

from payung.errors import FaultyError, InputError
from payung.office.access.scope import Scope
from payung.office.history.actions import Entry, record
from payung.office.history.models import Event
from payung.office.people.models import Person
from payung.office.vault.sealed import traced
from payung.text import Text

LOG = logging.getLogger("payung.people")
ACTION = "person.elsewhere"
A_DAY = 5  # more than honest mistakes of a day
DAY = dt.timedelta(days=1)
TOLD = Text(
    "NIK ini sudah ada dalam register di luar wilayah atau kategori Anda: hubungi dinas. Pertanyaan ini dicatat.",
    "This NIK is in the register outside of your region or categories: ask the agency. This question is recorded.",
)


class ElsewhereError(FaultyError):
    """The NIK belongs to ``person``, whom whoever typed it does not reach."""

    def __init__(self, person: Person, nik: str) -> None:
        super().__init__({"nik": TOLD})
        self.person, self.nik = person, nik

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel between processes whole."""
        return (type(self), (self.person, self.nik))


class TooManyError(InputError):
    """Somebody was refused so often that nothing more is looked up for them today."""


def refuse_many(*, by: str) -> None:
    """Raise :class:`TooManyError` where ``by`` was refused :data:`A_DAY` times within a day."""
    asked = Event.objects.filter(actor=by, action=ACTION, at__gt=timezone.now() - DAY)
    if asked.count() >= A_DAY:
        LOG.warning("%s asked for many numbers out of reach", by)
        raise TooManyError(
            Text(
                f"Sudah {A_DAY} NIK hari ini ternyata tercatat di luar jangkauan Anda: minta dinas memeriksanya. "
                "Inspektorat melihat catatan ini; Anda dapat mencoba lagi besok.",
                f"{A_DAY} NIKs of today were recorded out of your reach: ask the agency to look at them. The "
                "inspectorate sees this; you can try again tomorrow.",
            )
        )


def refuse_elsewhere(person: Person, nik: str, reach: Scope | None) -> None:
    """Raise :class:`ElsewhereError` where ``person`` lies outside of ``reach`` (``None``: nothing does)."""
    if reach is not None and not reach.of(Person.everybody.filter(pk=person.pk)).exists():
        raise ElsewhereError(person, nik)


def note(*, by: str, error: ElsewhereError, region_code: str, reason: str) -> None:
    """Record that ``by`` asked, in a transaction of its own: what was asked for was not done."""
    entry = Entry(
        ACTION,
        person=error.person.pk,
        region_code=region_code,
        reason=reason.strip(),
        after={"nik": traced(error.nik, "nik")},
    )
    with transaction.atomic():
        record(by=by, entries=[entry])
