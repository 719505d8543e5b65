"""Whether a person is covered on a day, out of the months that were paid and when they were paid.

What the law leaves open is answered ``periksa`` (ask the branch), with the reason. Counting follows the months;
the judgements are the rules in :mod:`payung.law.rules.membership`, under the law of the day that is asked about.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from payung.errors import InputError
from payung.law import months
from payung.law.bill import parse_segment
from payung.law.calendar import due_date
from payung.law.clocks import Clocks
from payung.law.explanation import Step, explain
from payung.law.history import History, Payment, read_history
from payung.law.loading import load
from payung.law.parameter import Book, Law
from payung.law.rules import membership as rules
from payung.text import Text

_EMPLOYER = Text(
    "Untuk PPU, pemberi kerja yang menunggak menanggung dahulu manfaatnya; klaim dibayar setelah tunggakan lunas "
    "(PP 44/2015).",
    "For PPU, an employer in arrears bears the benefit first; the claim is paid once the arrears are settled "
    "(PP 44/2015).",
)
State = Literal["aktif", "tenggang", "nonaktif", "periksa"]


@dataclass(frozen=True, slots=True)
class Cover:
    """The membership of one person in one segment on one day.

    Fields
        state: ``aktif`` (paid), ``tenggang`` (some months unpaid, can still be settled), ``nonaktif`` (never begun
        or ended), ``periksa`` (unsettled: ask the branch).
        paid_months: paid months of the present membership up to the day's month.
        jkm_full, scholarship: whether the waiting time of JKM and the clock of the scholarship are full
        by every reading of the law.
        since: first day of the present membership, or ``None``. unpaid: the unpaid months up to the day.
        reasons: why, one sentence each. steps: the rules that were used. law: version.
    """

    state: State
    paid_months: int
    jkm_full: bool
    jkm_full_from: dt.date | None
    scholarship: bool
    scholarship_from: str | None
    since: dt.date | None
    unpaid: tuple[str, ...]
    reasons: tuple[Text, ...]
    steps: tuple[Step, ...]
    law: str

    def plain(self) -> dict[str, Any]:
        """Return the cover as JSON takes it, with reasons in the language of this process."""
        return {
            "state": self.state,
            "paid_months": self.paid_months,
            "jkm_full": self.jkm_full,
            "jkm_full_from": self.jkm_full_from.isoformat() if self.jkm_full_from else None,
            "scholarship": self.scholarship,
            "scholarship_from": self.scholarship_from,
            "since": self.since.isoformat() if self.since else None,
            "unpaid": list(self.unpaid),
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


def cover(paid: Iterable[Payment], date: dt.date, segment: str, *, book: Book | None = None) -> Cover:
    """Return the membership on ``date`` of a person for whom ``paid`` was paid, in ``segment`` (bpu or ppu).

    Payments may come in any order and more than once; months after ``date`` do not count yet.
    Raises :class:`InputError` for a segment or date that cannot be used.
    """
    segment = parse_segment(segment)
    months.check_date(date)
    base = book or load()
    law = base.on(date)

    def in_time(payment: Payment) -> bool:
        return payment.paid_on is None or payment.paid_on <= due_date(payment.month, segment, book=base).date

    if segment == "ppu":  # an employer pays in arrears: a month paid by its due date was covered all along
        paid = [Payment(payment.month) if in_time(payment) else payment for payment in paid]
    history = read_history(tuple(paid), date, law, in_time)
    if history.since is None:
        return _before_any(history, date, law, in_time)
    unpaid = _unpaid(history, date, segment, base)
    clocks = Clocks(law, history, date, segment)
    late = [payment for payment in history.later if payment.month in unpaid]
    now = len(unpaid), int(bool(late) or (not unpaid and clocks.jkm_differs))
    state: State = rules.cover_state(law, *now)  # type: ignore[assignment]
    reasons = _about_state(law, history, unpaid, late, date, segment, base)
    if segment == "ppu" and (unpaid or history.skipped):
        reasons.append(_EMPLOYER)
    reasons += clocks.reasons(state)
    paid_months = len(history.months)
    jkm: tuple[Any, ...] = (rules.full_jkm, *now, *clocks.facts())
    scholarship = (rules.open_scholarship, *now, paid_months)
    steps = explain(law, (rules.cover_state, *now), jkm, scholarship)
    return Cover(
        state=state,
        paid_months=paid_months,
        jkm_full=bool(jkm[0](law, *jkm[1:])),
        jkm_full_from=clocks.jkm_from,
        scholarship=bool(rules.open_scholarship(law, *now, paid_months)),
        scholarship_from=clocks.scholarship_from,
        since=history.since,
        unpaid=tuple(unpaid),
        reasons=tuple(dict.fromkeys([*reasons, *_next_due(history, segment, base), *history.notes])),
        steps=tuple(steps),
        law=law.version,
    )


def _before_any(history: History, date: dt.date, law: Law, in_time: Callable[[Payment], bool]) -> Cover:
    """Return the cover of somebody for whom nothing had been paid by ``date``."""
    later = [payment for payment in history.later if in_time(payment)]
    said = (
        [_paid_after(later[-1], date)]
        if later
        else [
            Text(f"Belum ada iuran yang dibayar untuk {date}.", f"No contribution had been paid for {date}.")
        ]
    )
    return Cover(
        state="periksa" if later else "nonaktif",
        paid_months=0,
        jkm_full=False,
        jkm_full_from=None,
        scholarship=False,
        scholarship_from=None,
        since=None,
        unpaid=(),
        reasons=(*said, *history.notes),
        steps=(),
        law=law.version,
    )


def _unpaid(history: History, date: dt.date, segment: str, book: Book) -> list[str]:
    """Return the months not paid: for BPU up to the day's month, for PPU those whose due date has passed."""
    last, now = history.months[-1], months.month_of(date)
    open_months = months.between(months.add(last, 1), now) if last < now else []
    if segment == "bpu":
        return open_months
    return [month for month in open_months if due_date(month, segment, book=book).date < date]


def _about_state(
    law: Law,
    history: History,
    unpaid: Sequence[str],
    late: Sequence[Payment],
    date: dt.date,
    segment: str,
    book: Book,
) -> list[Text]:
    state = rules.cover_state(law, len(unpaid), 0)
    now = months.month_of(date)
    listed = ", ".join(unpaid)
    if state == "aktif" and now in history.months:
        return [Text(f"Iuran {now} sudah dibayar.", f"The contribution of {now} is paid.")]
    if state == "aktif":
        return [Text(f"Iuran {now} belum jatuh tempo.", f"The contribution of {now} is not due yet.")]
    if late and state != "nonaktif":
        return [_paid_after(late[-1], date)]
    early = _not_due(unpaid, date, segment, book)
    if state == "tenggang":
        return [
            Text(
                f"Masa tenggang, bulan ke-{len(unpaid)} tanpa iuran: {listed}.{early.id} Perlindungan untuk kejadian "
                "dalam masa ini tidak diatur jelas: periksa ke kantor cabang.",
                f"In grace, month {len(unpaid)} without a contribution: {listed}.{early.en} Whether an event in this "
                "time is covered is not settled: ask the branch (periksa).",
            )
        ]
    if state == "periksa":
        return [
            Text(
                f"{len(unpaid)} bulan berturut-turut belum dibayar: {listed}.{early.id} Sumber berbeda apakah "
                "kepesertaan sudah berakhir: periksa ke kantor cabang.",
                f"{len(unpaid)} consecutive months are unpaid: {listed}.{early.en} Sources differ on whether the "
                "membership has ended: ask the branch (periksa).",
            )
        ]
    return _lapsed(history, law, segment, len(unpaid))


def _paid_after(payment: Payment, date: dt.date) -> Text:
    return Text(
        f"Iuran {payment.month} baru dibayar {payment.paid_on}, setelah {date}. Apakah itu memulihkan perlindungan "
        "tidak diatur jelas: periksa ke kantor cabang.",
        f"The contribution of {payment.month} was paid on {payment.paid_on}, after {date}. Whether that restores "
        "the cover is not settled: ask the branch (periksa).",
    )


def _not_due(unpaid: Sequence[str], date: dt.date, segment: str, book: Book) -> Text:
    """Return a sentence that names the unpaid months that are not due yet on ``date``; nothing where all are."""
    early = [month for month in unpaid if due_date(month, segment, book=book).date >= date]
    listed = ", ".join(early)
    return Text(f" Belum jatuh tempo: {listed}.", f" Not due yet: {listed}.") if early else Text("", "")


def _lapsed(history: History, law: Law, segment: str, count: int) -> list[Text]:
    last = history.months[-1]
    if segment == "ppu":
        return [
            Text(
                f"Tidak dibayar {count} bulan (terakhir dibayar {last}): perlindungan ditangguhkan sampai "
                "tunggakan lunas.",
                f"Unpaid for {count} months (last paid {last}): the cover is suspended until the arrears are settled.",
            )
        ]
    ended = months.add(last, law.grace_months + 1)
    return [
        Text(
            f"Tidak dibayar {count} bulan (terakhir dibayar {last}): nonaktif mulai {ended}. Mendaftar lagi dihitung "
            "dari nol; tunggakan lama tidak ditagih.",
            f"Unpaid for {count} months (last paid {last}): inactive from {ended}. Re-registration counts "
            "from zero; old arrears are not collected.",
        )
    ]


def _next_due(history: History, segment: str, book: Book) -> list[Text]:
    """Say when the first month after the last paid one is due, as far as the law held here reaches."""
    month = months.add(history.months[-1], 1)
    if month > months.LAST_MONTH:
        return []
    due = due_date(month, segment, book=book)
    said = Text(
        f"Iuran {month} jatuh tempo {due.date} ({due.article}).",
        f"The contribution of {month} is due on {due.date} ({due.article}).",
    )
    return [said, *due.notes]
