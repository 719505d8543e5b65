"""The paid months of one person in one segment, written out: the same text for everybody who has the same.

``24301:739672,24302:739703``: month (year x 12 + month - 1), the day it was paid (proleptic ordinal), by month. It
loses nothing that the law asks about, so any day can be judged from it.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from payung.engine import standings
from payung.law import Payment, cover, months
from payung.office.months.states import MOST_UNPAID, NEVER, SEGMENT_OF, Protection, Verdict

Months = dict[int, int]  # month → day it was paid (ordinal)


def read(text: str) -> Months:
    """Return month → day of payment (ordinal)."""
    pairs = (part.split(":") for part in text.split(",") if part)
    return {int(month): int(day) for month, day in pairs}


def write(paid: Mapping[int, int]) -> str:
    """Return the text of ``paid``; equal for equal months and days."""
    return ",".join(f"{month}:{paid[month]}" for month in sorted(paid))


def digest(segment: int, text: str) -> str:
    """Return 32 hexadecimal digits that stand for this past."""
    return hashlib.sha256(f"{segment}|{text}".encode()).hexdigest()[:32]


def months_of(first: int, mask: int) -> list[int]:
    """Return the months that ``mask`` has a bit for, from ``first`` on."""
    return [first + place for place in range(mask.bit_length()) if mask >> place & 1]


def step(text: str, changed: list[int], paid_on: dt.date | None) -> str:
    """Return the past after the months ``changed`` were paid on ``paid_on``, or taken back (``None``)."""
    if paid_on is not None and (not text or int(text[text.rfind(",") + 1 :].partition(":")[0]) < changed[0]):
        added = ",".join(
            f"{month}:{paid_on.toordinal()}" for month in changed
        )  # as nearly always: it goes on
        return f"{text},{added}" if text else added
    paid = read(text)
    for month in changed:
        if paid_on is None:
            paid.pop(month, None)
        else:
            paid[month] = paid_on.toordinal()
    return write(paid)


def payments(text: str) -> tuple[Payment, ...]:
    """Return the past as the law takes it."""
    return tuple(
        Payment(months.from_index(month), dt.date.fromordinal(day)) for month, day in read(text).items()
    )


@functools.lru_cache(maxsize=50_000)
def judge(segment: int, text: str, on: dt.date) -> Verdict:
    """Return what :func:`payung.law.cover` says of this past on the day ``on``."""
    if not text:
        return NEVER
    found = cover(payments(text), on, SEGMENT_OF[segment].value)
    return Verdict(
        Protection.member(found.state), len(found.unpaid), bool(found.jkm_full), bool(found.scholarship)
    )


FEW = 24  # up to so many are judged one by one
AT_ONCE = 100_000  # so many are columns at the same time


def judged(rows: Sequence[tuple[int, str]], on: dt.date) -> list[int]:
    """Return the :attr:`Verdict.number` on the day ``on`` of many pasts (segment, text): those of :func:`judge`, but
    a month at a time for all of them (:mod:`payung.engine.standings`)."""
    if len(rows) <= FEW:
        return [judge(segment, text, on).number for segment, text in rows]
    found = [NEVER.number] * len(rows)
    by_segment: defaultdict[int, list[int]] = defaultdict(list)
    for place, (segment, text) in enumerate(rows):
        if text:
            by_segment[segment].append(place)
    for segment, places in by_segment.items():
        for start in range(0, len(places), AT_ONCE):
            some = places[start : start + AT_ONCE]
            first, days = _columns([rows[place][1] for place in some])
            for place, number in zip(some, numbers(segment, first, days, on).tolist(), strict=True):
                found[place] = number
    return found


def numbers(segment: int, first: int, days: standings.Days, on: dt.date) -> standings.Whole:
    """Return the :attr:`Verdict.number` of everybody of ``days`` (:func:`payung.engine.standings.standings`)."""
    stands = standings.standings(first, days, on, SEGMENT_OF[segment].value)
    unpaid = np.minimum(stands.unpaid, MOST_UNPAID)
    states = np.array([Verdict(Protection.member(code)).number for code in standings.STATES], dtype=np.int64)
    found: standings.Whole = states[stands.state] + unpaid * 4 + stands.jkm_full * 2 + stands.scholarship
    return found


def _columns(texts: Sequence[str]) -> tuple[int, standings.Days]:
    """Return the pasts ``texts`` (none empty) as columns of days, and the first month."""
    pairs = np.fromstring(",".join(texts).replace(":", ","), dtype=np.int32, sep=",").reshape(-1, 2)
    whose = np.repeat(np.arange(len(texts)), [text.count(":") for text in texts])
    first, last = int(pairs[:, 0].min()), int(pairs[:, 0].max())
    days = np.zeros((last - first + 1, len(texts)), dtype=np.int32)
    days[pairs[:, 0] - first, whose] = pairs[:, 1]
    return first, days
