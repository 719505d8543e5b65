"""What a dated parameter is, and the values of all of them on one day."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any, Literal

from payung.errors import InputError
from payung.law.rates import Rate, Rounding, product, rounded
from payung.text import Text

Kind = Literal["scalar", "table", "bands", "tiers", "dates"]
Mark = Literal["confirmed", "read", "once", "believed"]
Key = str | int

RESERVED = ("book", "date", "version", "thousandth")  # attributes of Law that are no parameters
ROUNDING = "contribution_rounding"  # the parameter that says how a fraction of a rupiah is rounded
MARKS: dict[Mark, Text] = {
    "confirmed": Text(
        "terkonfirmasi di dua tempat atau dalam naskahnya", "confirmed in two places or in its text"
    ),
    "read": Text(
        "dibaca dalam naskah (2015), perubahan sesudahnya belum terbaca",
        "read in the text (2015), later amendments not read",
    ),
    "once": Text("terlihat satu kali", "seen once"),
    "believed": Text("diyakini, belum ditemukan naskahnya", "believed, text not found"),
}


def weakest(marks: list[Mark]) -> Mark:
    """Return the least certain of ``marks``; nothing at all is ``confirmed``."""
    order = list(MARKS)
    return max(marks, key=order.index, default="confirmed")


class Bands:
    """Whole rupiah by lower bound: the row that applies is the last whose lower bound is not above the amount.

    Fields
        lower: lower bounds in rupiah, rising, the first 0.
        values: rupiah, one for each lower bound.
    """

    __slots__ = ("lower", "values")

    def __init__(self, lower: tuple[int, ...], values: tuple[int, ...]) -> None:
        self.lower = lower
        self.values = values


class Tiers:
    """Marginal rates: each slice of an amount has its own.

    Fields
        over: where each slice begins, in rupiah, rising, the first 0.
        rates: the share taken of each slice.
    """

    __slots__ = ("over", "rates")

    def __init__(self, over: tuple[int, ...], rates: tuple[Rate, ...]) -> None:
        self.over = over
        self.rates = rates

    def whole(self) -> tuple[tuple[int, ...], int]:
        """Return the rates as whole numerators over one common denominator."""
        d = lcm(*(rate.d for rate in self.rates))
        return tuple(rate.n * (d // rate.d) for rate in self.rates), d

    def of(self, amount: int) -> Fraction:
        """Return the exact sum over the slices of ``amount``."""
        shares, d = self.whole()
        ends = (*self.over[1:], amount)
        taken = sum(
            share * max(0, min(amount, end) - start)
            for share, start, end in zip(shares, self.over, ends, strict=True)
        )
        return Fraction(taken, d)


def current_name(name: str) -> str:
    """Return the name of a parameter; those of PU were once called ``ppu_...``.

    >>> current_name("ppu_jkk_rate"), current_name("bpu_basis")
    ('pu_jkk_rate', 'bpu_basis')
    """
    return re.sub(r"(^|_)ppu_", r"\1pu_", name)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its key, value, words, its own mark where it differs from the table's, and its line."""

    key: Key
    value: Any
    title: Text | None = None
    mark: Mark | None = None
    note: Text | None = None
    extra: tuple[tuple[str, Any], ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Value:
    """What a parameter says from one day to another.

    Fields
        since: first day in force. until: last day in force, or ``None``.
        value: int (rupiah or a count), Rate, text, dict, Bands, Tiers, or ``None`` where the rule is repealed.
        rows: the rows of a table, bands, tiers or dates, with their own words and marks.
        article, source, mark, notes: where it stands, where it was seen, how sure, what is open.
        article_mark, from_mark: how sure the number of the article and the first day are, where less than the value.
        file, line: where it is written here.
    """

    since: dt.date
    until: dt.date | None
    value: Any
    rows: tuple[Row, ...]
    article: str
    source: str
    mark: Mark
    notes: tuple[Text, ...]
    article_mark: Mark | None
    from_mark: Mark | None
    file: str
    line: int

    @property
    def cited(self) -> str:
        """The article, with a word where its number is less sure than what it says."""
        return (
            f"{self.article} [no. pasal/article: {self.article_mark}]" if self.article_mark else self.article
        )

    @property
    def open_questions(self) -> tuple[Text, ...]:
        """The notes, and a sentence where the first day is less sure than the value."""
        if self.from_mark is None:
            return self.notes
        said = MARKS[self.from_mark]
        return (
            *self.notes,
            Text(
                f"Tanggal mulai berlaku {self.since}: {said.id}.",
                f"In force from {self.since}: {said.en}.",
            ),
        )


@dataclass(frozen=True, slots=True)
class Parameter:
    """One legal value through time. ``unit`` is ``rupiah``, ``percent``, ``months``, ``code`` and so on."""

    name: str
    topic: str
    title: Text
    unit: str
    kind: Kind
    values: tuple[Value, ...]

    def on(self, date: dt.date) -> Value | None:
        """Return what is in force on ``date``, or ``None``."""
        for value in reversed(self.values):
            if value.since <= date:
                return value if value.until is None or date <= value.until else None
        return None


@dataclass(frozen=True)
class Topic:
    """One file of parameters: a subject of the law."""

    name: str
    title: Text
    parameters: tuple[Parameter, ...]


class Law:
    """The values in force on one day, as attributes, and the three operations that rules may use on them."""

    def __init__(self, book: Book, date: dt.date) -> None:
        self.book = book
        self.date = date
        self.version = book.version
        self.thousandth = Rate(1, 1000)
        for name, parameter in book.parameters.items():
            found = parameter.on(date)
            setattr(self, name, found.value if found else None)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"no parameter {name!r}")

    def share(self, amount: int, *rates: Rate) -> int:
        """Return ``amount`` times the exact product of ``rates``, rounded once to whole rupiah."""
        rate = rates[0] if len(rates) == 1 else product(rates)
        return rounded(amount * rate.n, rate.d, self.rounding)

    def marginal(self, tiers: Tiers, amount: int) -> int:
        """Return the sum over the slices of ``amount``, rounded once to whole rupiah."""
        exact = tiers.of(amount)
        return rounded(exact.numerator, exact.denominator, self.rounding)

    @cached_property
    def rounding(self) -> Rounding:
        """How a fraction of a rupiah is rounded on this day."""
        found: Rounding = getattr(self, ROUNDING)
        return found


def band(bands: Bands, amount: int) -> int:
    """Return the value of the band that ``amount`` falls in (the last lower bound that is not above it)."""
    return bands.values[bisect_right(bands.lower, amount) - 1]


@dataclass(frozen=True)
class Book:
    """All parameters through time.

    Fields
        topics: the files, in order. version: a hash of the files and of the rules; every computed row carries it.
        due_days: those that were asked for already, see :func:`payung.law.arrears.due_day`.
    """

    topics: tuple[Topic, ...]
    version: str
    _days: dict[dt.date, Law] = field(default_factory=dict, repr=False, compare=False)
    due_days: dict[tuple[str, ...], dt.date] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def parameters(self) -> dict[str, Parameter]:
        """Every parameter by name."""
        return {parameter.name: parameter for topic in self.topics for parameter in topic.parameters}

    @cached_property
    def changes(self) -> list[dt.date]:
        """Every day on which some parameter begins or has just ended, in order."""
        days: set[dt.date] = set()
        for parameter in self.parameters.values():
            for value in parameter.values:
                days.add(value.since)
                if value.until:
                    days.add(value.until + dt.timedelta(days=1))
        return sorted(days)

    def on(self, date: dt.date) -> Law:
        """Return the law on ``date``. Days within one stretch of unchanged law share one object."""
        at = bisect_right(self.changes, date)
        start = self.changes[at - 1] if at else dt.date.min
        if start not in self._days:
            self._days[start] = Law(self, start)
        return self._days[start]

    def find(self, name: str) -> Parameter:
        """Return the parameter called ``name`` (hyphens may stand for underscores); raise InputError."""
        known = current_name(name.replace("-", "_"))
        if known not in self.parameters:
            raise InputError(
                Text(
                    f"Parameter {name!r} tidak ada. Lihat nama-namanya dengan: payung law list.",
                    f"There is no parameter {name!r}. See the names with: payung law list.",
                )
            )
        return self.parameters[known]
