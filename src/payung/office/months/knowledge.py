"""How everybody stood on any day, as the office knew it on any other: both clocks at once, for a million people.

Postings are read from their rolls in the order in which they came (:mod:`.rolls`), so that what was known on a day is
all of them up to that day's last event; equal histories are judged once (:mod:`payung.engine.standings`).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from django.db import connection
from django.db.models import Count, Max

from payung.codes import Segment
from payung.engine.standings import Days, Whole
from payung.law import months
from payung.office.access.scope import Scope
from payung.office.months import pasts, postings
from payung.office.months.models import Cover
from payung.office.months.queries import known_number, places_of
from payung.office.months.rolls import Keys, unpack
from payung.office.months.states import NEVER, SEGMENT_OF, Verdict, verdict


@dataclass(frozen=True, slots=True)
class Known:
    """Everybody for whom anything was ever posted in a segment, as it was known.

    Fields
        people: keys of their records. places: where each was billed last (:class:`.models.Place`). verdicts: what the
        law says of each, as :attr:`.states.Verdict.number`.
    """

    people: Keys
    places: Keys
    verdicts: Whole


def everybody(on: dt.date, known: dt.datetime | dt.date | None = None) -> dict[Segment, Known]:
    """Return how everybody stands on the day ``on``: as known at a moment (a day: at its end), default as known now."""
    last = None if known is None else known_number(known)
    found = {}
    rows = Cover.objects.order_by().values_list("segment").annotate(many=Count("person"), most=Max("person"))
    for segment, many, most in sorted(rows):
        book = _Book(many, most, months.index(months.month_of(on)))
        for postings_of in _postings(segment, last):
            book.take(postings_of)
        found[SEGMENT_OF[segment]] = book.judged(segment, on)
    return found


def states(
    scope: Scope, on: dt.date, known: dt.datetime | dt.date | None = None
) -> dict[tuple[str, str, Segment], dict[Verdict, int]]:
    """Return what :func:`.queries.states` does, as it was known at a moment."""
    seen = places_of(scope)
    found: defaultdict[tuple[str, str, Segment], dict[Verdict, int]] = defaultdict(dict)
    for segment, one in everybody(on, known).items():
        pairs, many = np.unique(one.places.astype(np.int64) << 32 | one.verdicts, return_counts=True)
        for pair, people in zip(pairs.tolist(), many.tolist(), strict=True):
            place, number = pair >> 32, pair & 0xFFFFFFFF
            if place in seen:
                counts = found[(*seen[place], segment)]
                counts[verdict(number)] = counts.get(verdict(number), 0) + people
    return dict(found)


@dataclass(frozen=True, slots=True)
class _Part:
    """One month of a posting: the day it was paid (0: taken back), and its people with their places."""

    month: int
    day: int
    people: Keys
    places: Keys


def _postings(segment: int, last: int | None) -> Iterator[list[_Part]]:
    """Yield the postings of a segment up to the event ``last`` in their order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, kind, paid_on FROM months_posting")
        days = {int(key): _ordinal(day) if kind == "pay" else 0 for key, kind, day in cursor.fetchall()}
        cursor.execute(
            "SELECT posting, month, packed FROM months_roll WHERE segment = %s AND posting <= %s"
            " ORDER BY posting, month",
            [segment, 2**31 - 1 if last is None else last],
        )
        for number, rows in groupby(postings.chunks(cursor, 50), key=lambda row: int(row[0])):
            yield [_Part(int(month), days[number], *unpack(bytes(packed))) for _, month, packed in rows]


def _ordinal(day: dt.date | str) -> int:
    return (dt.date.fromisoformat(day) if isinstance(day, str) else day).toordinal()


class _Book:
    """The months of everybody in columns, as posting after posting is taken in."""

    def __init__(self, many: int, most: int, until: int) -> None:
        self._until = until  # months after the day do not count
        self._column = np.full(most + 1, -1, dtype=np.int32)  # of a person
        self._people = np.zeros(many, dtype=np.int32)
        self._places = np.zeros(many, dtype=np.int32)
        self._months: dict[int, Keys] = {}
        self._used = 0

    def take(self, parts: list[_Part]) -> None:
        """Take one posting in. Where it has several months, the place is the highest, as in the table of covers."""
        columns = [self._columns(part.people) for part in parts]
        if len(parts) == 1:
            self._places[columns[0]] = parts[0].places
        else:
            for where in columns:
                self._places[where] = 0
            for part, where in zip(parts, columns, strict=True):
                self._places[where] = np.maximum(self._places[where], part.places)
        for part, where in zip(parts, columns, strict=True):
            if part.month <= self._until:
                if part.month not in self._months:
                    self._months[part.month] = np.zeros(len(self._people), dtype=np.int32)
                self._months[part.month][where] = part.day

    def _columns(self, people: Keys) -> Keys:
        found = self._column[people]
        new = people[found < 0]
        if new.size:
            self._column[new] = np.arange(self._used, self._used + new.size, dtype=np.int32)
            self._people[self._used : self._used + new.size] = new
            self._used += new.size
            found = self._column[people]
        return found

    def judged(self, segment: int, on: dt.date) -> Known:
        """Return everybody taken in with what the law says of each."""
        people, places = self._people[: self._used], self._places[: self._used]
        if not self._months:
            return Known(people, places, np.full(self._used, NEVER.number, dtype=np.int64))
        first, last = min(self._months), max(self._months)
        nothing = np.zeros(self._used, dtype=np.int32)
        days = np.stack([self._months.get(at, nothing)[: self._used] for at in range(first, last + 1)])
        chosen, which = _different(days)
        return Known(people, places, pasts.numbers(segment, first, days[:, chosen], on)[which])


def _different(days: Days) -> tuple[Whole, Whole]:
    """Return one person of each different history, and of everybody which of those is theirs."""
    mixed = np.zeros(days.shape[1], dtype=np.uint64)
    for factor, row in zip(
        np.random.default_rng(1).integers(1, 2**63, len(days), dtype=np.uint64), days, strict=True
    ):
        mixed += (factor | np.uint64(1)) * row.astype(np.uint64)
    _, chosen, which = np.unique(mixed, return_index=True, return_inverse=True)
    if all(np.array_equal(row[chosen][which], row) for row in days):
        return chosen, which
    everyone = np.arange(days.shape[1])  # two histories fell together: each is judged by itself
    return everyone, everyone
