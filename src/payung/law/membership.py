"""Whether a person is covered on a day, out of the months that were paid and when they were paid.

One to three months in arrears are grace, more than three end the right (PP 44/2015 art. 38-42). What the law leaves
open is answered ``periksa`` (ask the branch), with every reading. Counting follows the months; the judgements are the
rules in :mod:`payung.law.rules.membership`, under the law of the day that is asked about.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from payung.errors import InputError
from payung.law import months
from payung.law.arrears import Arrears, Payer, arrears
from payung.law.bill import parse_segment
from payung.law.covered import Covered, Standing, covered_by_standing
from payung.law.explanation import Step, explain
from payung.law.history import History, Payment
from payung.law.loader import load
from payung.law.parameter import Book, Law
from payung.law.position import find_place
from payung.law.reasons import about, before_any, next_due, readings
from payung.law.rules import membership as rules
from payung.text import Text

State = Literal["aktif", "tenggang", "nonaktif", "periksa"]


@dataclass(frozen=True, slots=True)
class Cover:
    """The membership of one person in one segment on one day.

    Fields
        state: ``aktif`` (nothing in arrears), ``tenggang`` (in arrears, the right still stands), ``nonaktif`` (never
        begun or ended), ``periksa`` (unsettled: ask the branch).
        segment: ``bpu`` or ``pu``.
        standing: the same finer: ``active``, ``not_yet_due`` (active, a month is unpaid but not due), ``grace``,
        ``employer_first`` (the employer bears the benefit first), ``ended``, ``never``, ``periksa``.
        paid_months: paid months of the present membership up to the day's month.
        jkm_full, scholarship: whether the waiting time of JKM and the clock of the scholarship are full
        by every reading of the law, and from when.
        since: first day of the present membership, or ``None``.
        unpaid: the months in arrears on the day, in a row. not_due: the unpaid months after them, not due yet.
        arrears: what settles them, by whom, until when; ``None`` where nothing is in arrears.
        settled_on: the day after this one on which the last of them was paid, or ``None``.
        readings: both readings, where the standing is ``periksa`` because the law is open.
        reasons: why, one sentence each. steps: the rules that were used. law: version.
    """

    state: State
    segment: str
    standing: Standing
    paid_months: int
    jkm_full: bool
    jkm_full_from: dt.date | None
    scholarship: bool
    scholarship_from: str | None
    since: dt.date | None
    unpaid: tuple[str, ...]
    not_due: tuple[str, ...]
    arrears: Arrears | None
    settled_on: dt.date | None
    readings: tuple[Text, ...]
    reasons: tuple[Text, ...]
    steps: tuple[Step, ...]
    law: str

    @property
    def covered(self) -> Covered:
        """Whether the person is covered on the day, see :mod:`payung.law.covered`."""
        return covered_by_standing(self.standing, self.segment)

    def plain(self) -> dict[str, Any]:
        """Return the cover as JSON takes it, with reasons in the language of this process."""
        return {
            "state": self.state,
            "standing": self.standing,
            "covered": self.covered,
            "paid_months": self.paid_months,
            "jkm_full": self.jkm_full,
            "jkm_full_from": self.jkm_full_from.isoformat() if self.jkm_full_from else None,
            "scholarship": self.scholarship,
            "scholarship_from": self.scholarship_from,
            "since": self.since.isoformat() if self.since else None,
            "unpaid": list(self.unpaid),
            "not_due": list(self.not_due),
            "arrears": self.arrears.plain() if self.arrears else None,
            "settled_on": self.settled_on.isoformat() if self.settled_on else None,
            "readings": [reading.read() for reading in self.readings],
            "reasons": [reason.read() for reason in self.reasons],
            "law": self.law,
            "steps": [step.plain() for step in self.steps],
        }


def parse_paid(text: str) -> tuple[Payment, ...]:
    """Return the payments written ``2025-03,2025-04@2025-05-12,2025-05..2025-09``.

    Months or runs of months, each with its payment date if that is known.
    """
    payments: list[Payment] = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        written, dated, day = part.partition("@")
        first, runs, last = written.partition("..")
        paid_on = months.check_date(months.parse_date(day)) if dated else None
        run = months.between(months.parse_month(first), months.parse_month(last if runs else first))
        if not run:
            raise InputError(
                Text(
                    f"--paid {written}: bulan akhir mendahului bulan awal. Tulis {last}..{first}.",
                    f"--paid {written}: the last month is before the first. Write {last}..{first}.",
                )
            )
        payments += [Payment(month, paid_on) for month in run]
    if not payments:
        raise InputError(
            Text(
                "Tidak ada bulan yang dibayar. Tulis misalnya --paid 2025-03,2025-04.",
                "No paid month is given. Write for instance --paid 2025-03,2025-04.",
            )
        )
    return tuple(payments)


def cover(
    paid: Iterable[Payment],
    date: dt.date,
    segment: str,
    *,
    employer: str | None = None,
    income: int | None = None,
    source: str = "mandiri",
    sector: str = "other",
    book: Book | None = None,
) -> Cover:
    """Return the membership on ``date`` of a person for whom ``paid`` was paid, in ``segment`` (bpu or pu).

    Payments may come in any order and more than once; months after ``date`` do not count yet. ``employer`` of a PU is
    ``private`` or ``state`` (villages and offices; the same where it is not known). ``income`` (or wage, rupiah a
    month), ``source`` and ``sector`` price what is in arrears. Raises :class:`InputError` for what cannot be used.
    """
    payer = Payer(parse_segment(segment), employer, income, source, sector)
    base = book or load()
    law = base.on(months.check_date(date))
    place = find_place(paid, date, payer, law, base)
    history, late, early, clocks = place.history, place.late, place.early, place.clocks
    if clocks is None:
        return _never(history, date, law, payer.segment)
    standing = place.standing
    state: State = rules.cover_state(law, *place.facts)  # type: ignore[assignment]
    owed = arrears(late, len(early), date, payer, book=base) if late and standing != "ended" else None
    paid_months = len(history.months)
    jkm: tuple[Any, ...] = (rules.full_jkm, *place.facts, *clocks.facts()[1:])
    scholarship = (rules.open_scholarship, *place.facts, paid_months)
    steps = explain(law, (rules.cover_state, *place.facts), jkm, scholarship)
    said = [
        *about(law, history, standing, late, early, owed, place.settled_on, date, payer, base),
        *clocks.reasons(state),
        *next_due(history, payer, base),
        *history.notes,
    ]
    return Cover(
        state=state,
        segment=payer.segment,
        standing=standing,
        paid_months=paid_months,
        jkm_full=bool(jkm[0](law, *jkm[1:])),
        jkm_full_from=clocks.jkm_from,
        scholarship=bool(rules.open_scholarship(law, *place.facts, paid_months)),
        scholarship_from=clocks.scholarship_from,
        since=history.since,
        unpaid=late,
        not_due=early,
        arrears=owed,
        settled_on=place.settled_on,
        readings=readings(law, standing, late, early, payer, base),
        reasons=tuple(dict.fromkeys(said)),
        steps=tuple(steps),
        law=law.version,
    )


def _never(history: History, date: dt.date, law: Law, segment: str) -> Cover:
    """Return the cover of somebody for whom nothing had been paid by ``date``."""
    return Cover(
        state="nonaktif",
        segment=segment,
        standing="never",
        paid_months=0,
        jkm_full=False,
        jkm_full_from=None,
        scholarship=False,
        scholarship_from=None,
        since=None,
        unpaid=(),
        not_due=(),
        arrears=None,
        settled_on=None,
        readings=(),
        reasons=(*before_any(history, date), *history.notes),
        steps=(),
        law=law.version,
    )


__all__ = ["Cover", "State", "cover", "parse_paid"]
