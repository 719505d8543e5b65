"""Whether a person is covered on a day, out of the months that were paid and when they were paid.

What the law leaves open is answered ``periksa`` (ask the branch), with the reason. Counting follows the months;
the judgements are the rules in :mod:`payung.law.rules.membership`, under the law of the day that is asked about.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from payung.errors import InputError
from payung.law import months
from payung.law.bill import parse_segment
from payung.law.calendar import due_date
from payung.law.explanation import Step, explain
from payung.law.history import History, Payment, read_history
from payung.law.loading import load
from payung.law.parameter import Book, Law
from payung.law.rules import membership as rules
from payung.law.waiting import boundary_note
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
    scholarship: bool
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
            "scholarship": self.scholarship,
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
        written, _, day = part.partition("@")
        first, _, last = written.partition("..")
        paid_on = months.parse_date(day) if day else None
        run = months.between(months.parse_month(first), months.parse_month(last or first))
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
        return Cover("nonaktif", 0, False, False, None, (), tuple(_never(history, date)), (), law.version)
    unpaid = _unpaid(history, date, segment, base)
    state, reasons = _state(law, history, unpaid, date, segment, base)
    if unpaid and segment == "ppu":
        reasons.append(_EMPLOYER)
    clocks = _Clocks(law, history, date, segment)
    reasons += clocks.reasons(state)
    if state == "aktif" and clocks.jkm_differs:
        state = "periksa"
    alive = state in ("aktif", "tenggang")
    return Cover(
        state=state,
        paid_months=len(history.months),
        jkm_full=alive and clocks.jkm_full,
        scholarship=alive and clocks.scholarship,
        since=history.since,
        unpaid=tuple(unpaid),
        reasons=tuple(dict.fromkeys([*reasons, *_next_due(history, segment, base), *history.notes])),
        steps=tuple(explain(law, (rules.cover_state, len(unpaid)), *clocks.calls)),
        law=law.version,
    )


def _never(history: History, date: dt.date) -> list[Text]:
    return [
        Text(f"Belum ada iuran yang dibayar untuk {date}.", f"No contribution had been paid for {date}."),
        *history.notes,
    ]


def _unpaid(history: History, date: dt.date, segment: str, book: Book) -> list[str]:
    """Return the months not paid: for BPU up to the day's month, for PPU those whose due date has passed."""
    last, now = history.months[-1], months.month_of(date)
    open_months = months.between(months.add(last, 1), now) if last < now else []
    if segment == "bpu":
        return open_months
    return [month for month in open_months if due_date(month, segment, book=book).date < date]


def _state(
    law: Law, history: History, unpaid: Sequence[str], date: dt.date, segment: str, book: Book
) -> tuple[State, list[Text]]:
    state: State = rules.cover_state(law, len(unpaid))  # type: ignore[assignment]
    now = months.month_of(date)
    listed = ", ".join(unpaid)
    if state == "aktif" and now in history.months:
        return state, [Text(f"Iuran {now} sudah dibayar.", f"The contribution of {now} is paid.")]
    if state == "aktif":
        return state, [Text(f"Iuran {now} belum jatuh tempo.", f"The contribution of {now} is not due yet.")]
    late = [payment for payment in history.later if payment.month in unpaid]
    if late and state != "nonaktif":
        return "periksa", [
            Text(
                f"Iuran {late[-1].month} baru dibayar {late[-1].paid_on}, setelah {date}. Apakah itu memulihkan "
                "perlindungan tidak diatur jelas: periksa ke kantor cabang.",
                f"The contribution of {late[-1].month} was paid on {late[-1].paid_on}, after {date}. Whether that "
                "restores the cover is not settled: ask the branch (periksa).",
            )
        ]
    early = _not_due(unpaid, date, segment, book)
    if state == "tenggang":
        return state, [
            Text(
                f"Masa tenggang, bulan ke-{len(unpaid)} tanpa iuran: {listed}.{early.id} Perlindungan untuk kejadian "
                "dalam masa ini tidak diatur jelas: periksa ke kantor cabang.",
                f"In grace, month {len(unpaid)} without a contribution: {listed}.{early.en} Whether an event in this "
                "time is covered is not settled: ask the branch (periksa).",
            )
        ]
    if state == "periksa":
        return state, [
            Text(
                f"{len(unpaid)} bulan berturut-turut belum dibayar: {listed}.{early.id} Sumber berbeda apakah "
                "kepesertaan sudah berakhir: periksa ke kantor cabang.",
                f"{len(unpaid)} consecutive months are unpaid: {listed}.{early.en} Sources differ on whether the "
                "membership has ended: ask the branch (periksa).",
            )
        ]
    return state, _lapsed(history, law, segment, len(unpaid))


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


class _Clocks:
    """The clocks of JKM and of the scholarship: strictly (an unsettled gap restarts them) and leniently."""

    def __init__(self, law: Law, history: History, date: dt.date, segment: str) -> None:
        assert history.since is not None
        self.law = law
        self.history = history
        self.date = date
        self.segment = segment
        self.jkm_full = self._jkm(history.since, len(history.months))
        self.jkm_lenient = self._jkm(history.lenient_since or history.since, len(history.lenient_months))
        self.jkm_differs = self.jkm_full != self.jkm_lenient
        self.scholarship = bool(rules.scholarship_is_open(law, len(history.months)))
        self.scholarship_lenient = bool(rules.scholarship_is_open(law, len(history.lenient_months)))

    def _facts(self, since: dt.date, paid: int) -> tuple[str, int, int, int]:
        return self.segment, paid, months.whole_months(since, self.date), (self.date - since).days

    def _jkm(self, since: dt.date, paid: int) -> bool:
        return bool(rules.jkm_is_full(self.law, *self._facts(since, paid)))

    @property
    def calls(self) -> list[tuple[Any, ...]]:
        """The rules used, for the explanation."""
        assert self.history.since is not None
        paid = len(self.history.months)
        return [
            (rules.jkm_is_full, *self._facts(self.history.since, paid)),
            (rules.scholarship_is_open, paid),
        ]

    def reasons(self, state: State) -> list[Text]:
        """Say what the clocks stand at and what is open about them."""
        if state == "nonaktif":
            return []
        return [*self._about_jkm(), *self._about_scholarship()]

    def _about_jkm(self) -> list[Text]:
        if self.jkm_full:
            return []
        assert self.history.since is not None
        full_from = months.add_to_date(self.history.since, self.law.jkm_waiting_months)
        full_from = max(full_from, self.history.since + dt.timedelta(days=self.law.jkm_waiting_days))
        said = [
            Text(
                f"JKM belum penuh: kepesertaan sejak {self.history.since}, penuh paling cepat {full_from} setelah "
                f"{self.law.jkm_waiting_months} bulan iuran. JKK berlaku sejak awal.",
                f"JKM is not full yet: member since {self.history.since}, full from {full_from} at the earliest, "
                f"after {self.law.jkm_waiting_months} paid months. JKK holds from the start.",
            )
        ]
        if self.jkm_differs and len(self.history.lenient_months) > len(self.history.months):
            said.append(_gap_note(self.law))
        elif self.jkm_differs:
            said.append(_first_month_note())
        elif self._at_boundary():
            said.append(boundary_note(self.law))
        return said

    def _at_boundary(self) -> bool:
        assert self.history.since is not None
        waiting: int = self.law.jkm_waiting_months
        began = months.index(months.month_of(self.history.since))
        calendar_months = months.index(months.month_of(self.date)) - began + 1
        enough_days: int = self.law.jkm_waiting_days
        return calendar_months >= waiting or (self.date - self.history.since).days >= enough_days

    def _about_scholarship(self) -> list[Text]:
        paid, needed = len(self.history.months), self.law.scholarship_months
        if self.scholarship:
            return [
                Text(
                    f"Beasiswa: {paid} bulan iuran, sudah {needed}.",
                    f"Scholarship: {paid} paid months, {needed} needed.",
                )
            ]
        said = [
            Text(
                f"Beasiswa karena JKM belum: {paid} dari {needed} bulan iuran.",
                f"No scholarship out of JKM yet: {paid} of {needed} paid months.",
            )
        ]
        return [*said, _gap_note(self.law)] if self.scholarship_lenient else said


def _gap_note(law: Law) -> Text:
    return Text(
        f"Ada jeda tepat {law.grace_months} bulan: tidak jelas apakah hitungan mulai dari nol; periksa ke kantor "
        "cabang.",
        f"There is a gap of exactly {law.grace_months} months: whether the count restarts is not settled; ask the "
        "branch (periksa).",
    )


def _first_month_note() -> Text:
    return Text(
        "Bulan pertama dibayar di bulan berikutnya: tidak jelas apakah hitungan mulai dari bulan itu atau dari tanggal "
        "bayar; periksa ke kantor cabang.",
        "The first month was paid in the next one: whether the count begins with that month or on the day of payment "
        "is not settled; ask the branch (periksa).",
    )
