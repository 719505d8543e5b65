"""Where many memberships stand on a day, out of paid months *and* the days of payment, without a loop over people.

Counting is done a month at a time over everybody (numpy); what is counted, until when paying counts, and every
judgement on the counts come from :mod:`payung.law` itself, asked once for each different combination. Equal to
:func:`payung.law.cover` person by person (tests/engine/test_standings.py); :mod:`payung.engine.membership` is for
lists that say nothing of days of payment.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from payung.law import Book, Law, load, months
from payung.law.arrears import Payer, due_day
from payung.law.bill import parse_segment
from payung.law.position import limits_of
from payung.law.rules import membership as rules

Whole = NDArray[np.int64]
Days = NDArray[np.int32]  # months x people: the day a month was paid (proleptic ordinal), 0 where it was not
STATES = ("aktif", "tenggang", "nonaktif", "periksa")
_NEVER_ENDS = np.int32(2**31 - 1)


@dataclass(frozen=True, slots=True)
class Standings:
    """The memberships of many people on one day, in the order they were given.

    Fields
        state: place in :data:`STATES`. unpaid: months in arrears in a row. paid_months: of the present membership.
        jkm_full, scholarship: 1 where these clocks are full. All as :class:`payung.law.membership.Cover` says them.
    """

    state: Whole
    unpaid: Whole
    paid_months: Whole
    jkm_full: Whole
    scholarship: Whole


@dataclass(frozen=True, slots=True)
class _Run:
    """The last run of counted months: how many, the first and last of them (places in ``days``; -1: none)."""

    many: Whole
    first: Whole
    last: Whole


def standings(
    first: int,
    days: Days,
    date: dt.date,
    segment: str,
    *,
    employer: str | None = None,
    book: Book | None = None,
) -> Standings:
    """Return how everybody of ``days`` stands on ``date`` in ``segment`` (bpu or pu).

    Row 0 of ``days`` is the month ``first`` (year x 12 + month - 1), one row a month, one column a person. Raises
    :class:`InputError` as :func:`payung.law.cover` does.
    """
    payer = Payer(parse_segment(segment), employer)
    base = book or load()
    law = base.on(months.check_date(date))
    now = months.index(months.month_of(date))
    reach = max(now - first + 1, 0)
    days = days[:reach]
    if len(days) < reach:  # nobody paid for the latest months
        days = np.concatenate([days, np.zeros((reach - len(days), days.shape[1]), dtype=np.int32)])
    listed = [months.from_index(first + place) for place in range(len(days))]
    limits = limits_of(payer, law, base)
    starts = _ordinals([months.first_day(month) for month in [*listed, months.add(months.month_of(date), 1)]])
    due = _ordinals([limits.due(month) for month in listed])
    if payer.segment == "pu":  # paid by its due day: covered all along, whenever that day was
        begins = starts[: len(listed), None]
        days = np.where((days > 0) & (days <= due[:, None]), begins, days)
    days = np.where(days <= date.toordinal(), days, 0)
    keeps = [rules.gap_keeps_membership(law, gap) for gap in range(len(listed) + 1)]
    bridged = np.array([answer == "yes" for answer in keeps], dtype=bool)
    crossed = np.array([answer in ("yes", "periksa") for answer in keeps], dtype=bool)
    strict = _run(days, starts, due, _until(listed, limits.strictly), bridged)
    lenient = _run(days, starts, due, _until(listed, limits.leniently), crossed)
    if not len(listed):
        nothing = np.zeros(days.shape[1], dtype=np.int64)
        return Standings(np.full_like(nothing, STATES.index("nonaktif")), *[nothing] * 4)
    since, by_text = _begins(strict, days, starts), _begins(lenient, days, starts, due)
    late, early = _open(strict.last, listed, date, payer, base)
    return _judged(law, payer, date, (late, early, strict.many, since, lenient.many, by_text))


def _ordinals(days: Sequence[dt.date | None]) -> NDArray[np.int32]:
    return np.array([day.toordinal() if day else _NEVER_ENDS for day in days], dtype=np.int32)


def _until(listed: Sequence[str], until: Callable[[str], dt.date | None]) -> NDArray[np.int32]:
    return _ordinals([until(month) for month in listed])


def _run(
    days: Days,
    starts: NDArray[np.int32],
    due: NDArray[np.int32],
    until: NDArray[np.int32],
    bridged: NDArray[np.bool_],
) -> _Run:
    """Count month by month as :func:`payung.law.history.read_history` does payment by payment.

    Whether a month counts depends on earlier months alone: those that counted before the day it was paid.
    """
    people = days.shape[1]
    last, first = np.full(people, -1, dtype=np.int64), np.full(people, -1, dtype=np.int64)
    many = np.zeros(people, dtype=np.int64)
    before = np.full(days.shape, -1, dtype=np.int16)  # the counted month before each counted month
    for month, paid_on in enumerate(days):
        counts = paid_on > 0
        back = np.flatnonzero(paid_on >= starts[month + 1])
        if back.size:
            held = _held(days, before, last, back, paid_on[back])
            over = np.where(held < 0, paid_on[back] > due[month], until[held] < paid_on[back])
            counts[back[over]] = False
        before[month] = last
        goes_on = (last >= 0) & bridged[np.where(last >= 0, month - last - 1, 0)]
        first = np.where(counts & ~goes_on, month, first)
        many = np.where(counts, np.where(goes_on, many + 1, 1), many)
        last = np.where(counts, month, last)
    return _Run(many, first, last)


def _held(
    days: Days,
    before: NDArray[np.int16],
    last: Whole,
    back: Whole,
    paid_on: NDArray[np.int32],
) -> Whole:
    """Return of the people ``back`` the latest counted month that had been paid before the day ``paid_on``."""
    held = last[back]
    look = np.flatnonzero(held >= 0)
    while look.size:
        look = look[days[held[look], back[look]] >= paid_on[look]]
        held[look] = before[held[look], back[look]]
        look = look[held[look] >= 0]
    return held


def _begins(run: _Run, days: Days, starts: NDArray[np.int32], due: NDArray[np.int32] | None = None) -> Whole:
    """Return the first day of the membership: the first of its first month, or the day that was paid later; where
    ``due`` days are given, a month that was paid by then counts from its first day."""
    at = np.maximum(run.first, 0)
    paid_on = days[at, np.arange(days.shape[1])]
    late = np.maximum(starts[at], paid_on)
    found = late if due is None else np.where(paid_on <= due[at], starts[at], late)
    return np.where(run.first >= 0, found, 0).astype(np.int64)


def _open(last: Whole, listed: Sequence[str], date: dt.date, payer: Payer, book: Book) -> tuple[Whole, Whole]:
    """Return how many months after the last counted one are in arrears, and how many are unpaid and not due yet."""
    overdue = [due_day(month, payer, book) < date for month in listed]
    late = np.array([sum(overdue[place + 1 :]) for place in range(len(listed))], dtype=np.int64)
    found = late[np.maximum(last, 0)]
    return found, len(listed) - 1 - np.maximum(last, 0) - found


def _judged(law: Law, payer: Payer, date: dt.date, counts: tuple[Whole, ...]) -> Standings:
    """Let the rules of the law judge each different combination of counts once."""
    code = np.zeros(len(counts[0]), dtype=np.int64)
    for column in counts:  # numbered anew after each column, so that the number never grows beyond its type
        _, code = np.unique(code * (int(column.max(initial=0)) + 1) + column, return_inverse=True)
    _, at, back = np.unique(code, return_index=True, return_inverse=True)
    judge = _judge(law, payer, date)
    told = np.array(
        [judge(*map(int, row)) for row in zip(*(column[at] for column in counts), strict=True)],
        dtype=np.int64,
    ).reshape(-1, 5)[back]
    return Standings(*told.T)


def _judge(law: Law, payer: Payer, date: dt.date) -> Callable[..., tuple[int, int, int, int, int]]:
    """Return the judgement on the counts of one person; what few facts decide is asked of the law once."""
    fulls: dict[tuple[int, int], tuple[Any, ...]] = {}
    states: dict[tuple[Any, ...], int] = {}

    def clock(paid: int, since: int) -> tuple[Any, ...]:
        if (paid, since) not in fulls:
            begun = dt.date.fromordinal(since)
            spans = (paid, months.whole_months(begun, date), (date - begun).days)
            fulls[paid, since] = (*spans, rules.jkm_is_full(law, payer.segment, *spans))
        return fulls[paid, since]

    def judge(late: int, early: int, paid: int, since: int, of_text: int, by_text: int) -> tuple[int, ...]:
        if not paid:
            return STATES.index("nonaktif"), 0, 0, 0, 0
        *spans, full = clock(paid, since)
        differs = bool(full) != bool(clock(of_text, by_text or since)[-1])
        facts = (payer.segment, payer.kind, late, early, int(not late and differs))
        if facts not in states:
            states[facts] = STATES.index(rules.cover_state(law, *facts))
        jkm = bool(rules.full_jkm(law, *facts, *spans))
        return states[facts], late, paid, jkm, bool(rules.open_scholarship(law, *facts, paid))

    return judge  # type: ignore[return-value]


__all__ = ["STATES", "Days", "Standings", "Whole", "standings"]
