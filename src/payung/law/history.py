"""Counts the months paid: the present membership, its gaps, and what was paid too late to count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from payung.law import months
from payung.law.parameter import Law
from payung.law.rules.membership import gap_keeps_membership
from payung.text import Text


@dataclass(frozen=True, slots=True, order=True)
class Payment:
    """One month that was paid, and the day it was paid where that is known (else taken as paid in time)."""

    month: str
    paid_on: dt.date | None = None

    @property
    def known_from(self) -> dt.date:
        """The day from which this payment is known."""
        return self.paid_on or months.first_day(self.month)


@dataclass(frozen=True, slots=True)
class History:
    """The present membership on one day.

    Fields
        months: its paid months, where a gap of exactly the grace, or arrears that were settled in the month after it,
        restart the count (strict reading).
        since: first day of that membership, never before its first payment; ``None`` where nothing was paid.
        lenient_months, lenient_since: the same where those do not restart it, and where a first month that
        was paid by its due date counts from its first day.
        later: payments made after the day. skipped: unpaid months within the membership.
        notes: what was left out, and why.
    """

    months: tuple[str, ...]
    since: dt.date | None
    lenient_months: tuple[str, ...]
    lenient_since: dt.date | None
    later: tuple[Payment, ...]
    skipped: tuple[str, ...]
    notes: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """Until when paying still counts.

    Fields
        due: the due day of a month. strictly, leniently: the last day on which a month unpaid since the given paid
        one can be settled, by each reading; ``None`` where arrears never end the membership.
    """

    due: Callable[[str], dt.date]
    strictly: Callable[[str], dt.date | None]
    leniently: Callable[[str], dt.date | None]

    def in_time(self, payment: Payment) -> bool:
        """Whether a payment was made by its due day, or on a day that is not known."""
        return payment.paid_on is None or payment.paid_on <= self.due(payment.month)


def read_history(paid: Sequence[Payment], date: dt.date, law: Law, limits: Limits) -> History:
    """Return the membership that ``paid`` amounts to on ``date``, whose law is ``law``."""
    in_time = limits.in_time
    once, notes = _once(paid)
    now = months.month_of(date)
    notes += _ahead([payment for payment in once if payment.month > now], now, date)
    due = [payment for payment in once if payment.month <= now]
    known = [payment for payment in due if payment.paid_on is None or payment.paid_on <= date]
    later = tuple(payment for payment in due if payment not in known)
    counted, dropped = _sorted_out(known, limits.strictly, in_time)
    as_counted, _ = _sorted_out(known, limits.leniently, in_time)
    if dropped:
        listed = ", ".join(payment.month for payment in dropped)
        first = min(payment.known_from for payment in dropped)
        before = any(payment.known_from < first for payment in counted)
        when = (
            Text("perlindungan berakhir", "the protection had ended")
            if before
            else Text("jatuh tempo", "it was due")
        )
        notes.append(
            Text(
                f"Dibayar mundur setelah {when.id}, tidak dihitung: {listed}. Koreksi hanya lewat kantor cabang "
                "(periksa).",
                f"Paid back after {when.en}, not counted: {listed}. A correction goes through the branch (periksa).",
            )
        )
    if not counted:
        return History((), None, (), None, later, (), tuple(notes))
    strict, lenient = _run(counted, law, ("yes",)), _run(as_counted, law, ("yes", "periksa"))
    skipped = _skipped(strict)
    notes += _gap_notes(counted, strict, lenient, skipped)
    return History(
        tuple(payment.month for payment in strict),
        _begins(strict[0]),
        tuple(payment.month for payment in lenient),
        months.first_day(lenient[0].month) if in_time(lenient[0]) else _begins(lenient[0]),
        later,
        tuple(skipped),
        tuple(notes),
    )


def _ahead(after: Sequence[Payment], now: str, date: dt.date) -> list[Text]:
    """Say what was paid in advance by ``date``, and which months are written but not asked about."""
    known = [payment.month for payment in after if payment.paid_on and payment.paid_on <= date]
    rest = [payment.month for payment in after if payment.month not in known]
    notes = []
    if known:
        notes.append(
            Text(
                f"Sudah dibayar di muka sampai {known[-1]}; bulan setelah {now} belum dihitung.",
                f"Paid in advance up to {known[-1]}; months after {now} do not count yet.",
            )
        )
    if rest:
        listed = rest[0] if len(rest) == 1 else f"{rest[0]} - {rest[-1]}"
        notes.append(
            Text(
                f"Bulan setelah {now} tidak dihitung untuk {date}: {listed}.",
                f"Months after {now} do not count on {date}: {listed}.",
            )
        )
    return notes


def _once(paid: Sequence[Payment]) -> tuple[list[Payment], list[Text]]:
    """Return each month once, as first paid, in order; and a note where a month came twice."""
    ordered = sorted(paid, key=lambda payment: (payment.month, payment.known_from))
    once = [next(group) for _, group in groupby(ordered, key=lambda payment: payment.month)]
    if len(once) == len(ordered):
        return once, []
    twice = sorted(
        {payment.month for payment in ordered if sum(payment.month == p.month for p in ordered) > 1}
    )
    return once, [
        Text(
            f"Tertulis lebih dari sekali, dihitung satu kali: {', '.join(twice)}.",
            f"Written more than once, counted once: {', '.join(twice)}.",
        )
    ]


def _sorted_out(
    known: Sequence[Payment], until: Callable[[str], dt.date | None], in_time: Callable[[Payment], bool]
) -> tuple[list[Payment], list[Payment]]:
    """Part the months that count from those paid back too late: before there was any protection, or after it had
    ended. ``until`` gives the last day for settling what was unpaid since a paid month."""
    counted: list[Payment] = []
    dropped: list[Payment] = []
    for paid_from, grouped in groupby(
        sorted(known, key=lambda payment: payment.known_from), lambda p: p.known_from
    ):
        group = list(grouped)
        in_month = months.month_of(paid_from)
        back = [payment for payment in group if payment.month < in_month]
        held = [payment.month for payment in counted] if back else []
        late = {payment for payment in back if _too_late(payment, held, until, in_time)}
        counted += [payment for payment in group if payment not in late]
        dropped += late
    return sorted(counted), sorted(dropped)


def _too_late(
    payment: Payment,
    held: Sequence[str],
    until: Callable[[str], dt.date | None],
    in_time: Callable[[Payment], bool],
) -> bool:
    """Whether a month is paid back after the protection since the paid month before it, of ``held``, had ended."""
    since = max((month for month in held if month < payment.month), default=None)
    if since is None:
        return not in_time(payment)
    last = until(since)
    return last is not None and last < payment.known_from


def _run(counted: Sequence[Payment], law: Law, bridged: Sequence[str]) -> list[Payment]:
    """Return the last run of months whose gaps all keep the membership, by the answers in ``bridged``."""
    run = [counted[-1]]
    for payment in reversed(counted[:-1]):
        gap = months.index(run[0].month) - months.index(payment.month) - 1
        if gap_keeps_membership(law, gap) not in bridged:
            break
        run.insert(0, payment)
    return run


def _begins(payment: Payment) -> dt.date:
    """Return when a membership begins: the first of its first month, or the day that was paid within it or later."""
    return max(months.first_day(payment.month), payment.known_from)


def _skipped(run: Sequence[Payment]) -> list[str]:
    """Return the months within ``run`` that were not paid."""
    paid = {payment.month for payment in run}
    return [month for month in months.between(run[0].month, run[-1].month) if month not in paid]


def _gap_notes(
    counted: Sequence[Payment],
    strict: Sequence[Payment],
    lenient: Sequence[Payment],
    missing: Sequence[str],
) -> list[Text]:
    notes = []
    if missing:
        notes.append(
            Text(
                f"Bulan kosong di dalam kepesertaan, tidak dihitung: {', '.join(missing)}.",
                f"Unpaid months within the membership, not counted: {', '.join(missing)}.",
            )
        )
    if months.index(lenient[0].month) > months.index(min(payment.month for payment in counted)):
        notes.append(
            Text(
                f"Jeda lebih dari masa tenggang: kepesertaan baru sejak {lenient[0].month}, hitungan dari nol (begitu "
                "tersirat dalam pedoman BPJS; naskahnya belum ditemukan).",
                f"A gap longer than the grace: a new membership since {lenient[0].month}, counted from zero (so the "
                "handbook of BPJS implies; no text was found).",
            )
        )
    if len(strict) < len(lenient):
        notes.append(
            Text(
                f"Jeda atau tunggakan sampai bulan keempat sebelum {strict[0].month}: dihitung dari situ "
                f"({len(strict)} bulan iuran); bila kepesertaan dianggap berlanjut {len(lenient)} bulan.",
                f"A gap or arrears up to the fourth month before {strict[0].month}: counted from there "
                f"({len(strict)} paid months); if the membership is taken to go on, {len(lenient)} months.",
            )
        )
    return notes
