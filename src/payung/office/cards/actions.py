"""The writes of cards: received from the branch, handed over to their members."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from payung.errors import InputError
from payung.office.cards.models import Card
from payung.office.history.actions import Entry, record
from payung.office.history.again import looks_again
from payung.office.people.models import Person
from payung.office.vault.sealed import blind
from payung.text import Text


@looks_again
def receive(*, by: str, cards: Sequence[tuple[Person, str]], kind: str, on: dt.date) -> int:
    """Record that the cards of people (person, KPJ) came from the branch on the day ``on``; return how many are new.

    A card of this KPJ and kind that still waits is not recorded again. A constant number of queries for any number
    of cards. Raises :class:`InputError` where a KPJ is none or the day lies in the future.
    """
    not_later(on)
    numbers = {re.sub(r"[\s.\-]", "", kpj): person for person, kpj in cards}
    if wrong := [kpj for kpj in numbers if not re.fullmatch(r"[0-9]{8,16}", kpj)]:
        raise InputError(
            Text(
                f"Nomor KPJ {wrong[0]!r} tidak sah: ketik ulang angkanya dari kartu.",
                f"The KPJ number {wrong[0]!r} is not valid: type its digits again from the card.",
            ),
            at="kpj",
        )
    with transaction.atomic():
        indexes = {blind(kpj, "kpj") or "": (kpj, person) for kpj, person in numbers.items()}
        there = set(
            Card.objects.filter(
                Q(handed_on__isnull=True) | Q(received_on=on), kpj_index__in=indexes, kind=kind
            )
            .order_by()
            .values_list("kpj_index", flat=True)
        )
        made = [
            Card(person=person, kpj=kpj, kpj_index=index, kind=kind, received_on=on)
            for index, (kpj, person) in indexes.items()
            if index not in there
        ]
        Card.objects.bulk_create(made, batch_size=500)
        record(by=by, entries=[_entry("card.receive", card) for card in made])
    return len(made)


def hand_over(*, by: str, cards: QuerySet[Card], on: dt.date, given_by: str, to: str = "") -> int:
    """Record that ``cards`` were given on the day ``on`` by ``given_by`` to ``to`` (empty: to each member).

    Those that somebody has already are left as they are; returns how many were recorded. A constant number of
    queries for any number of cards. Raises :class:`InputError` where it is not said who gave them, or where one
    came after that day, or where the day lies in the future.
    """
    not_later(on)
    given_by, to = given_by.strip()[:150], to.strip()[:150]
    if not given_by:
        raise InputError(Text("Tulis siapa yang menyerahkan.", "Write who handed the cards over."))
    with transaction.atomic():
        found = list(
            Card.objects.select_for_update(of=("self",))
            .filter(pk__in=cards.order_by().values("pk"), handed_on__isnull=True)
            .select_related("person")
        )
        if early := [card for card in found if card.received_on > on]:
            raise InputError(
                Text(
                    f"{len(early)} kartu baru diterima sesudah tanggal itu: betulkan tanggal penyerahannya.",
                    f"{len(early)} cards were received after that day: correct the day of handing over.",
                )
            )
        for card in found:
            card.handed_on, card.handed_by, card.handed_to = on, given_by, to or card.person.name
        _save(found, on=on, given_by=given_by, to=to)
        record(by=by, entries=[_entry("card.hand_over", card) for card in found])
    return len(found)


def not_later(on: dt.date) -> None:
    """Refuse a day in the future."""
    if on > timezone.localdate():
        raise InputError(
            Text(
                f"Tanggal {on:%d-%m-%Y} ada di masa depan: tulis hari kartunya diterima atau diserahkan.",
                f"The date {on:%d-%m-%Y} lies in the future: write the day the cards were received or handed over.",
            )
        )


def _save(cards: Sequence[Card], *, on: dt.date, given_by: str, to: str) -> None:
    name = Person.objects.filter(pk=OuterRef("person")).values("name")[:1]
    for start in range(0, len(cards), 500):
        Card.objects.filter(pk__in=[card.pk for card in cards[start : start + 500]]).update(
            handed_on=on, handed_by=given_by, handed_to=to or Subquery(name)
        )


def _entry(action: str, card: Card) -> Entry:
    after: dict[str, Any] = {"kpj": card.masked, "card": str(card.kind), "received_on": card.received_on}
    if card.handed_on:
        after |= {
            "handed_on": card.handed_on,
            "handed_to": card.handed_to,
            "handed_by": card.handed_by,
        }
    return Entry(
        action,
        f"card:{card.pk}",
        person=card.person_id,
        region_code=card.person.village_code,
        after=after,
    )
