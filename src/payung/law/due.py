"""What of a benefit is due at once, what after the arrears are settled, and what the employer pays first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from payung.errors import InputError
from payung.law import facts, months
from payung.law.arrears import Arrears, Payer, arrears, in_arrears, last_in_arrears
from payung.law.parameter import Book, Law
from payung.law.reasons import readings, settle
from payung.law.rules import arrears as rules
from payung.law.rules import membership
from payung.law.words import figure
from payung.text import Text

Unpaid = int | tuple[str, ...]

_RULES: dict[str, Any] = {
    "now": rules.due_now,
    "settled": rules.due_after_settlement,
    "employer": rules.due_from_employer,
    "periksa": rules.due_open,
    "none": rules.due_now,
}
_JKM = {
    "lump_sum": "jkm-lump",
    "periodic": "jkm-periodic",
    "funeral": "jkm-funeral",
    "during_waiting": "jkm-waiting",
}
_NAMED = (*_JKM, "incapacity")
_CARE = (
    "home-care",
)  # of what JKK pays back, the treatment; the rest are money benefits (PP 44/2015 art. 25)
_HEADS: dict[str, Text] = {
    "now": Text("Dibayar sekarang", "Paid at once"),
    "settled": Text("Setelah tunggakan lunas", "After the arrears are settled"),
    "employer": Text(
        "Dibayar dahulu oleh pemberi kerja, diganti setelah lunas",
        "Paid by the employer first, who is paid back once all is settled",
    ),
    "periksa": Text("Periksa ke kantor cabang", "Ask the branch (periksa)"),
    "none": Text("Tidak dibayar", "Not paid"),
}


def _within(title: str) -> str:
    """Return a title as it stands within a sentence: an abbreviation ("JKM") keeps its letters."""
    return title if title[:2].isupper() else f"{title[0].lower()}{title[1:]}"


@dataclass(frozen=True, slots=True)
class Amount:
    """One part of a benefit: its name, what it is in words, rupiah, and its code of :data:`facts.PARTS`."""

    name: str
    title: Text
    rupiah: int
    part: str

    def words(self) -> Text:
        """Return what it is; a cost that is paid back with its kind."""
        kind = "" if self.name in _NAMED or self.name.startswith("scholarship") else f" ({self.name})"
        return Text(
            f"{_within(self.title.id)}{kind}",
            f"{_within(self.title.en)}{kind}",
        )


@dataclass(frozen=True, slots=True)
class Due:
    """How a benefit is paid to somebody in arrears.

    Fields
        standing: of the membership on the day, see :class:`payung.law.membership.Cover`.
        when: the parts of the benefit by when they are paid (``now``, ``settled``, ``employer``, ``periksa``,
        ``none``).
        care: when treatment is paid, where the benefit is one of JKK.
        arrears: what settles; ``None`` where nothing is in arrears or the right has ended.
        readings: both readings where the law is open. notes: what was assumed.
    """

    standing: str
    when: Mapping[str, tuple[Amount, ...]]
    care: str | None
    arrears: Arrears | None
    readings: tuple[Text, ...]
    notes: tuple[Text, ...]

    def sum_of(self, when: str) -> int:
        """Return the rupiah of the parts that are paid so."""
        return sum(amount.rupiah for amount in self.when.get(when, ()))

    def lines(self) -> list[Text]:
        """Return what is due, one sentence each, for a person."""
        said = []
        if self.care:
            head = _HEADS[self.care]
            said.append(
                Text(
                    f"Perawatan setelah kecelakaan kerja: {_within(head.id)}",
                    f"Treatment after the work accident: {_within(head.en)}",
                )
            )
        for when, parts in self.when.items():
            head, total = _HEADS[when], self.sum_of(when)
            words = [part.words() for part in parts]
            said.append(
                Text(
                    f"{head.id}: {figure(total, 'id')} rupiah ({', '.join(text.id for text in words)})",
                    f"{head.en}: {figure(total, 'en')} rupiah ({', '.join(text.en for text in words)})",
                )
            )
        if self.arrears:
            said.append(settle(self.arrears, self.standing))
        return said

    def plain(self) -> dict[str, Any]:
        """Return it as JSON takes it."""
        return {
            "standing": self.standing,
            "due_now": self.sum_of("now"),
            "after_settlement": self.sum_of("settled"),
            "from_employer": self.sum_of("employer"),
            "open": self.sum_of("periksa"),
            "care": self.care,
            "parts": {when: {part.name: part.rupiah for part in parts} for when, parts in self.when.items()},
            "arrears": self.arrears.plain() if self.arrears else None,
            "readings": [reading.read() for reading in self.readings],
        }


def parse_unpaid(text: str) -> Unpaid:
    """Return a number of months in arrears, or the unpaid months (``2026-01..2026-03`` or with commas), in a row."""
    if text.strip().isascii() and text.strip().isdigit() and len(text.strip()) <= 4:
        number = int(text)
        facts.check(unpaid=number)
        return number
    found: list[str] = []
    for part in text.split(","):
        first, runs, last = part.strip().partition("..")
        found += months.between(months.parse_month(first), months.parse_month(last if runs else first))
    listed = sorted(set(found))
    if not listed or listed != months.between(listed[0], listed[-1]):
        raise InputError(
            Text(
                f"--unpaid {text!r}: bulannya harus berturut-turut, misalnya 2026-01..2026-03, atau banyaknya saja.",
                f"--unpaid {text!r}: the months must follow one another, such as 2026-01..2026-03, or just how many.",
            )
        )
    return tuple(listed)


def unpaid_months(
    unpaid: Unpaid, date: dt.date, payer: Payer, book: Book
) -> tuple[list[str], list[str], list[Text]]:
    """Return the months in arrears on ``date``, the unpaid ones that are not due yet, and what was assumed.

    A number counts months whose due day has passed, the last ones before ``date``. Raises :class:`InputError` where
    the months named do not reach up to ``date``, or more are said than the law held here has.
    """
    last = last_in_arrears(date, payer, book)
    if isinstance(unpaid, int):
        reach = months.index(last) - months.index(months.FIRST_MONTH) + 1 if last else 0
        if unpaid > reach:
            raise InputError(
                Text(
                    f"--unpaid {unpaid}: sampai {date} hanya {reach} bulan yang sudah jatuh tempo. Periksa keduanya.",
                    f"--unpaid {unpaid}: up to {date} only {reach} months have fallen due. Check both.",
                )
            )
        if not unpaid or last is None:
            return [], [], []
        running = [] if last == months.month_of(date) or payer.segment == "pu" else [_running_month(date)]
        return months.between(months.add(last, 1 - unpaid), last), [], running
    late, early = in_arrears([month for month in unpaid if month <= months.month_of(date)], date, payer, book)
    if last and (unpaid[-1] < last or unpaid[0] > months.month_of(date)):
        raise InputError(
            Text(
                f"--unpaid berakhir {unpaid[-1]}, padahal {last} juga sudah jatuh tempo pada {date}. Sebutkan bulan "
                "yang belum dibayar sampai hari itu, berturut-turut; sesudah bulan dibayar, hitungannya baru.",
                f"--unpaid ends with {unpaid[-1]}, but {last} has fallen due as well by {date}. Give the months "
                "unpaid up to that day, in a row; after a paid month arrears are counted anew.",
            )
        )
    return late, early, []


def _running_month(date: dt.date) -> Text:
    month = months.month_of(date)
    return Text(
        f"Dihitung bulan yang sudah jatuh tempo. Bila {month} juga belum dibayar dan belum jatuh tempo, sebutkan "
        "bulan-bulannya: --unpaid 2026-01..2026-04.",
        f"Months that have fallen due were counted. Where {month} is unpaid as well and not due yet, name the months: "
        "--unpaid 2026-01..2026-04.",
    )


def part_of(event: str, name: str, *, out_of_jkm: bool) -> str:
    """Return which part of :data:`payung.law.facts.PARTS` the part ``name`` of the benefit of ``event`` is."""
    if event == "death" and name in _JKM:
        return _JKM[name]
    if name.startswith("scholarship") and (event == "death" or out_of_jkm):
        return "jkm-scholarship"
    return "jkk-care" if name in _CARE else "jkk-money"


def due(
    amounts: Sequence[Amount], unpaid: Unpaid, date: dt.date, payer: Payer, *, dead: bool, law: Law
) -> tuple[Due, list[tuple[Any, ...]]]:
    """Return how ``amounts`` are paid, and the calls of rules that say so; ``dead`` says that the heirs settle."""
    late, early, notes = unpaid_months(unpaid, date, payer, law.book)
    counts = (payer.segment, payer.kind, len(late), len(early))
    standing = str(membership.standing(law, *counts, 0))
    when: dict[str, list[Amount]] = {}
    calls: list[tuple[Any, ...]] = []
    for amount in amounts:
        found = str(rules.paid_when(law, *counts, amount.part))
        calls.append((_RULES[found], *counts, amount.part, amount.rupiah))
        when.setdefault(found, []).append(amount)
    owed = None
    if late and standing != "ended":
        owed = arrears(late, len(early), date, payer, dead=dead, book=law.book)
        notes += owed.notes
    said = readings(law, standing, late, early, payer, law.book)
    order = {key: tuple(when[key]) for key in _HEADS if key in when}
    by_work = any(amount.part.startswith("jkk") for amount in amounts)
    care = str(rules.paid_when(law, *counts, "jkk-care")) if by_work else None
    return Due(standing, order, care, owed, said, (*notes, *said)), calls
