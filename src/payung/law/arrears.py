"""What is owed for months in arrears, by whom, until which day paying it still helps (PP 44/2015 art. 38-42)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from payung.errors import InputError
from payung.law import facts, months
from payung.law.bill import bill
from payung.law.calendar import due_date
from payung.law.loader import load
from payung.law.parameter import Book, Law
from payung.law.rules import arrears as rules
from payung.law.rules.contribution import late_fine
from payung.law.words import figure
from payung.text import Text


@dataclass(frozen=True, slots=True)
class Payer:
    """What the price of a month follows from.

    Fields
        segment: ``bpu`` or ``pu``. employer: ``private``, ``state``, or ``None`` (a BPU, or not known).
        income: declared income of a BPU or wage of a PU, rupiah a month; ``None`` where it is not known.
        source, sector: as :func:`payung.law.bill.bill` takes them; who settles arrears pays out of the own pocket.
    """

    segment: str
    employer: str | None = None
    income: int | None = None
    source: str = "mandiri"
    sector: str = "other"

    def __post_init__(self) -> None:
        facts.check(segment=self.segment, source=self.source, sector=self.sector, employer=self.kind)
        if self.segment == "bpu" and self.employer is not None:
            raise InputError(
                Text(
                    "BPU tidak punya pemberi kerja: jangan sebutkan --employer.",
                    "A BPU has no employer: leave --employer out.",
                )
            )
        if self.income is not None:
            facts.check(income=self.income)

    @property
    def kind(self) -> str:
        """The employer as the rules take it: ``none`` for a BPU, or where it is not known."""
        return self.employer or "none"


@dataclass(frozen=True, slots=True)
class Owed:
    """One month in arrears: when it was due, what it costs and the fine on it by the day asked about, in rupiah.

    ``amount`` and ``fine`` are ``None`` where the wage, or the kind of employer, is not known.
    """

    month: str
    due: dt.date
    amount: int | None
    fine: int | None

    def plain(self) -> dict[str, Any]:
        """Return the month as JSON takes it."""
        return {"month": self.month, "due": self.due.isoformat(), "amount": self.amount, "fine": self.fine}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a benefit and when it is paid.

    ``when`` is ``now``, ``settled`` (after the arrears are settled), ``employer`` (who pays first), ``none`` or
    ``periksa``.
    """

    code: str
    title: Text
    when: str

    def plain(self) -> dict[str, Any]:
        """Return the part as JSON takes it."""
        return {"code": self.code, "when": self.when}


@dataclass(frozen=True, slots=True)
class Arrears:
    """The months in arrears on a day.

    Fields
        months: each with its due day and price. total: rupiah to settle them all, fines included; ``None`` where not
        known. payer: ``member``, ``heirs`` or ``employer``.
        surely_until: the last day on which paying helps by every reading; helps_until: by the text of the law.
        parts: when each part of the benefits is paid. notes: what is open, or was assumed.
    """

    months: tuple[Owed, ...]
    total: int | None
    payer: str
    surely_until: dt.date
    helps_until: dt.date
    parts: tuple[Part, ...]
    notes: tuple[Text, ...]

    def plain(self) -> dict[str, Any]:
        """Return the arrears as JSON takes them, with notes in the language of this process."""
        return {
            "months": [owed.plain() for owed in self.months],
            "total": self.total,
            "payer": self.payer,
            "surely_until": self.surely_until.isoformat(),
            "helps_until": self.helps_until.isoformat(),
            "parts": [part.plain() for part in self.parts],
            "notes": [note.read() for note in self.notes],
        }


def in_arrears(
    open_months: Sequence[str], date: dt.date, payer: Payer, book: Book
) -> tuple[list[str], list[str]]:
    """Return which of ``open_months`` (unpaid, in a row) are in arrears on ``date``, and which are not due yet.

    On its due day a month is not in arrears; from the next day on it is (PP 44/2015 art. 24(3)).
    """
    late = [month for month in open_months if due_day(month, payer, book) < date]
    return late, list(open_months[len(late) :])


def last_in_arrears(date: dt.date, payer: Payer, book: Book) -> str | None:
    """Return the last month whose due day has passed on ``date``; ``None`` where the law here does not reach back."""
    month = months.month_of(date)
    while due_day(month, payer, book) >= date:
        month = months.add(month, -1)
        if month < months.FIRST_MONTH:
            return None
    return month


def arrears(
    late: Sequence[str],
    not_due: int,
    date: dt.date,
    payer: Payer,
    *,
    dead: bool = False,
    book: Book | None = None,
) -> Arrears:
    """Return what settles the months ``late`` (in arrears, in a row, at least one) as of ``date``.

    ``not_due`` is how many unpaid months after them are not due yet; ``dead`` says that the heirs settle.
    Prices are those of JKK and JKM, by the law of each month; the fine is that of an employer who is no state body.
    """
    base = book or load()
    law = base.on(date)
    notes = []
    income = payer.income
    if income is None and payer.segment == "bpu":
        lowest: int = law.bpu_default_income
        income = lowest
        said = [figure(lowest, language) for language in ("id", "en")]
        notes.append(
            Text(
                f"Dihitung dengan penghasilan terendah ({said[0]} rupiah); sebutkan --income bila pitanya lain.",
                f"Reckoned with the lowest income ({said[1]} rupiah); give --income where the band is another.",
            )
        )
    if income is None:
        notes.append(
            Text(
                "Jumlahnya belum dihitung: sebutkan upah sebulan dengan --wage.",
                "The sum is not reckoned: give the monthly wage with --wage.",
            )
        )
    if payer.segment == "bpu":
        notes.append(
            Text(
                f"Harga bulan dihitung untuk sumber dana {payer.source}.",
                f"The price of a month is that for the funding source {payer.source}.",
            )
        )
    elif payer.employer == "private":
        notes.append(
            Text(
                "Bulan keterlambatan yang sudah mulai dihitung penuh untuk denda (tafsiran Ps 22).",
                "A begun month of delay counts as a whole one for the fine (a reading of art. 22).",
            )
        )
    else:
        notes.append(
            Text(
                "Tanpa denda: Ps 22 hanya untuk pemberi kerja selain penyelenggara negara.",
                "Without a fine: art. 22 is for employers that are not state bodies only.",
            )
            if payer.employer
            else Text(
                "Jenis pemberi kerja belum disebut (--employer private atau state): dendanya belum dihitung.",
                "The kind of employer is not given (--employer private or state): no fine is reckoned.",
            )
        )
    surely_until, helps_until = last_days(late[0], law, payer, base)
    owed = tuple(_owed(month, date, payer, income, base) for month in late)
    return Arrears(
        months=owed,
        total=_sum(owed),
        payer="employer" if payer.segment == "pu" else "heirs" if dead else "member",
        surely_until=surely_until,
        helps_until=helps_until,
        parts=when_paid(law, payer, len(late), not_due),
        notes=tuple(notes),
    )


def when_paid(law: Law, payer: Payer, unpaid: int, not_due: int) -> tuple[Part, ...]:
    """Return when each part of the benefits is paid to somebody so many months in arrears under ``law``."""
    table = law.book.parameters["arrears_bpu_grace"].on(law.date)
    titles = {str(row.key): row.title for row in table.rows} if table else {}
    return tuple(
        Part(
            part,
            titles.get(part) or Text(part, part),
            rules.paid_when(law, payer.segment, payer.kind, unpaid, not_due, part),
        )
        for part in facts.PARTS
    )


def _owed(month: str, date: dt.date, payer: Payer, income: int | None, book: Book) -> Owed:
    due = due_day(month, payer, book)
    if income is None:
        return Owed(month, due, None, None)
    price = bill(
        segment=payer.segment, income=income, month=month, source=payer.source, sector=payer.sector, book=book
    ).total
    if payer.segment == "pu" and payer.employer is None:
        return Owed(month, due, price, None)
    law = book.on(months.first_day(month))
    return Owed(month, due, price, late_fine(law, payer.segment, payer.kind, price, _months_late(due, date)))


def _months_late(due: dt.date, date: dt.date) -> int:
    """Return the months of delay on ``date``, a begun one as a whole."""
    if date <= due:
        return 0
    whole = months.whole_months(due, date)
    return whole if months.add_to_date(due, whole) == date else whole + 1


def _sum(owed: Sequence[Owed]) -> int | None:
    amounts = [amount for each in owed for amount in (each.amount, each.fine)]
    return None if None in amounts else sum(amount for amount in amounts if amount is not None)


def due_day(month: str, payer: Payer, book: Book) -> dt.date:
    """Return the due day of ``month`` for ``payer``; beyond what the law here reaches, its last day."""
    if month > months.LAST_MONTH:
        return months.last_day(months.LAST_MONTH)
    key = (month, payer.segment, payer.kind)
    if key not in book.due_days:
        book.due_days[key] = due_date(month, payer.segment, employer=payer.employer, book=book).date
    return book.due_days[key]


def last_days(first: str, law: Law, payer: Payer, book: Book) -> tuple[dt.date, dt.date]:
    """Return until when settling helps where ``first`` is the first month in arrears: surely, and by the text.

    Surely up to the last day before the month that ends the grace, by the text up to its due day. Of a PU the day is
    not disputed.
    """
    over = months.add(first, law.grace_months)
    by_text = due_day(over, payer, book)
    return (months.last_day(months.add(over, -1)) if payer.segment == "bpu" else by_text), by_text
