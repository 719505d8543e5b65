"""Whether a pledge makes sense, and what of its numbers may be told. Values in and out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from payung.errors import InputError
from payung.law import months
from payung.office.insight.rules import hidden, small
from payung.office.regions.tree import contains
from payung.text import Text


class Promised(Protocol):
    """What is asked of a promise."""

    @property
    def number(self) -> str: ...
    @property
    def amount(self) -> int: ...
    @property
    def from_month(self) -> str: ...
    @property
    def until_month(self) -> str: ...
    @property
    def months(self) -> int | None: ...
    @property
    def areas(self) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class Paid:
    """People and rupiah that a line paid in a month (``YYYY-MM``) in a village."""

    month: str
    village: str
    people: int
    amount: int


@dataclass(frozen=True, slots=True)
class Row:
    """A month or a village of a donor's page; ``None`` where so few people are not told.

    Fields
        key: month or code of the village. people: in a village the most of one month. months: person-months.
        amount: rupiah.
    """

    key: str
    people: int | None
    months: int | None
    amount: int | None


def check(promise: Promised, region_code: str) -> None:
    """Refuse a promise that cannot hold; the error names its field, what is wrong and what to write."""
    number = promise.number.strip()
    if not number:
        raise InputError(Text("Tulis nomor surat donatur.", "Write the number of the letter."), at="number")
    if promise.amount <= 0:
        raise InputError(
            Text(f"Janji {number}: tulis jumlah lebih dari nol.", f"Pledge {number}: write more than zero."),
            at="amount",
        )
    first, last = promise.from_month, promise.until_month
    if last < first:
        raise InputError(
            Text(
                f"Janji {number}: bulan terakhir {last} mendahului {first}.",
                f"Pledge {number}: the last month {last} comes before {first}.",
            ),
            at="until_month",
        )
    there = len(months.between(first, last))
    if promise.months is not None and not 0 < promise.months <= there:
        raise InputError(
            Text(
                f"Janji {number}: {promise.months} bulan tidak muat di {first} sampai {last} ({there} bulan).",
                f"Pledge {number}: {promise.months} months do not fit into {first} to {last} ({there} months).",
            ),
            at="months",
        )
    outside = [str(area) for area in promise.areas if not contains(region_code, str(area))]
    if outside:
        raise InputError(
            Text(
                f"Janji {number}: {', '.join(outside)} di luar {region_code}.",
                f"Pledge {number}: {', '.join(outside)} lies outside of {region_code}.",
            ),
            at="areas",
        )


def by_month(paid: Iterable[Paid]) -> list[Row]:
    """Return the months of what was paid, the latest first; those of few people, and as many as hide them, are not
    told: the sum of all stands beside them."""
    people: dict[str, int] = {}
    amount: dict[str, int] = {}
    for one in paid:
        people[one.month] = people.get(one.month, 0) + one.people
        amount[one.month] = amount.get(one.month, 0) + one.amount
    people = {month: many for month, many in people.items() if many}
    dark, found = hidden(people), []
    for month in sorted(people, reverse=True):
        told = month not in dark
        many = people[month] if told else None
        found.append(Row(month, many, many, amount[month] if told else None))
    return found


def by_village(paid: Iterable[Paid]) -> list[Row]:
    """Return the villages of what was paid, by code; those of few people, and as many as hide them, are not told."""
    monthly: dict[tuple[str, str], int] = {}
    amount: dict[str, int] = {}
    for one in paid:
        monthly[one.village, one.month] = monthly.get((one.village, one.month), 0) + one.people
        amount[one.village] = amount.get(one.village, 0) + one.amount
    most: dict[str, int] = {}
    whole: dict[str, int] = {}
    for (village, _), people in monthly.items():
        most[village] = max(most.get(village, 0), people)
        whole[village] = whole.get(village, 0) + people
    most = {village: people for village, people in most.items() if people}
    kept = hidden(most)
    return [
        Row(village, None, None, None)
        if village in kept
        else Row(village, most[village], whole[village], amount[village])
        for village in sorted(most)
    ]


def told(number: int) -> int | None:
    """Return ``number``, or ``None`` where so few people are not told."""
    return None if small(number) else number


def told_parts(parts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return the parts that may be told, the largest first."""
    kept = hidden(parts)
    rest = [(key, many) for key, many in parts.items() if key not in kept and many]
    return sorted(rest, key=lambda item: (-item[1], item[0]))
