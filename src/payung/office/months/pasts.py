"""The paid months of one person in one segment, written out: the same text for everybody who has the same.

``24301:739672,24302:739703``: month (year x 12 + month - 1), the day it was paid (proleptic ordinal), by month. It
loses nothing that the law asks about, so any day can be judged from it.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
from collections.abc import Mapping

from payung.law import Payment, cover, months
from payung.office.months.states import NEVER, SEGMENT_OF, Protection, Verdict

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
