"""Where a membership stands on a day, without sentences: what :func:`payung.law.membership.cover` rests on.

:func:`position` answers what a book of payments needs to know of each of its people: standing, months in arrears with
their due days, until when settling helps, and the clocks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from payung.law import months
from payung.law.arrears import Payer, due_day, in_arrears, last_days
from payung.law.bill import parse_segment
from payung.law.clocks import Clocks
from payung.law.covered import Covered, Standing, covered_by_standing
from payung.law.history import History, Limits, Payment, read_history
from payung.law.loader import load
from payung.law.parameter import Book, Law
from payung.law.rules import membership as rules


@dataclass(frozen=True, slots=True)
class Place:
    """What was counted: the history, its clocks (``None`` where nothing was paid), the months open, the rules' facts.

    ``late`` are the months in arrears, ``early`` the unpaid ones that are not due yet.
    """

    history: History
    clocks: Clocks | None
    late: tuple[str, ...]
    early: tuple[str, ...]
    facts: tuple[str, str, int, int, int]
    standing: Standing
    settled_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Position:
    """The membership of one person in one segment on one day.

    Fields
        standing, covered: as in :class:`payung.law.membership.Cover`.
        unpaid: the months in arrears with their due days; not_due: the unpaid ones after them, with theirs.
        surely_until, helps_until: until when settling helps, by every reading and by the text; ``None`` where nothing
        is in arrears or the right has ended. settled_on: when they were settled after the day, or ``None``.
        paid_months: of the present membership. since: its first day, ``None`` where it never began.
        jkm_full, jkm_full_from: whether and from when JKM is full, as long as each month is paid.
        scholarship, scholarship_from: whether the paid months of the scholarship are full, and with which month.
    """

    standing: Standing
    covered: Covered
    unpaid: tuple[tuple[str, dt.date], ...]
    not_due: tuple[tuple[str, dt.date], ...]
    surely_until: dt.date | None
    helps_until: dt.date | None
    settled_on: dt.date | None
    paid_months: int
    since: dt.date | None
    jkm_full: bool
    jkm_full_from: dt.date | None
    scholarship: bool
    scholarship_from: str | None


def position(
    paid: Iterable[Payment],
    date: dt.date,
    segment: str,
    *,
    employer: str | None = None,
    book: Book | None = None,
) -> Position:
    """Return where the membership stands on ``date``; the facts are those of :func:`payung.law.membership.cover`."""
    payer = Payer(parse_segment(segment), employer)
    base = book or load()
    law = base.on(months.check_date(date))
    place = find_place(paid, date, payer, law, base)
    helps = place.late and place.standing != "ended"
    surely, by_text = last_days(place.late[0], law, payer, base) if helps else (None, None)
    clocks, paid_months = place.clocks, len(place.history.months)
    return Position(
        standing=place.standing,
        covered=covered_by_standing(place.standing, payer.segment),
        unpaid=tuple((month, due_day(month, payer, base)) for month in place.late),
        not_due=tuple((month, due_day(month, payer, base)) for month in place.early),
        surely_until=surely,
        helps_until=by_text,
        settled_on=place.settled_on,
        paid_months=paid_months,
        since=place.history.since,
        jkm_full=bool(clocks and rules.full_jkm(law, *place.facts, *clocks.facts()[1:])),
        jkm_full_from=clocks.jkm_from if clocks else None,
        scholarship=bool(clocks and rules.open_scholarship(law, *place.facts, paid_months)),
        scholarship_from=clocks.scholarship_from if clocks else None,
    )


def find_place(paid: Iterable[Payment], date: dt.date, payer: Payer, law: Law, book: Book) -> Place:
    """Return what ``paid`` comes to on ``date`` for ``payer`` under ``law``, the law of that day in ``book``."""
    limits = limits_of(payer, law, book)
    if (
        payer.segment == "pu"
    ):  # an employer pays in arrears: a month paid by its due date was covered all along
        paid = [Payment(payment.month) if limits.in_time(payment) else payment for payment in paid]
    history = read_history(tuple(paid), date, law, limits)
    if history.since is None:
        return Place(history, None, (), (), (payer.segment, payer.kind, 0, 0, 0), "never", None)
    late, early = in_arrears(_open_months(history, date), date, payer, book)
    clocks = Clocks(law, history, date, payer.segment)
    facts = (payer.segment, payer.kind, len(late), len(early), int(not late and clocks.jkm_differs))
    standing: Standing = rules.standing(law, *facts)  # type: ignore[assignment]
    settled_on = _settled_on(history.later, late)
    return Place(history, clocks, tuple(late), tuple(early), facts, standing, settled_on)


def limits_of(payer: Payer, law: Law, book: Book) -> Limits:
    """Return until when paying counts: of a private employer always, of a BPU up to the fourth month."""

    def due(month: str) -> dt.date:
        return due_day(month, payer, book)

    def end_of_grace(protected: str) -> dt.date | None:
        if payer.employer == "private":
            return None
        return months.last_day(months.add(protected, law.grace_months))

    def due_day_after_grace(protected: str) -> dt.date | None:
        return due(months.add(protected, law.grace_months + 1)) if payer.segment == "bpu" else None

    return Limits(due, end_of_grace, due_day_after_grace)


def _open_months(history: History, date: dt.date) -> list[str]:
    """Return the unpaid months in a row up to that of ``date``."""
    last, now = history.months[-1], months.month_of(date)
    return months.between(months.add(last, 1), now) if last < now else []


def _settled_on(later: Sequence[Payment], late: Sequence[str]) -> dt.date | None:
    """Return when the last of the months ``late`` was paid, where all of them were paid later."""
    days = {payment.month: payment.paid_on for payment in later}
    found = [day for day in (days.get(month) for month in late) if day]
    return max(found) if late and len(found) == len(late) else None
