"""Choices side by side: so many people for so many months, by the same figures for each of them.

A *choice* is breadth against duration: the first so many people of the ranking, each for all months of it, as far as
the money reaches. It may begin where another one of the same file ended (``after``): then the people are those of
that one, with the months that it paid for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from payung.errors import InputError
from payung.law import Book, load
from payung.law.facts import SOURCES
from payung.law.months import add, first_day
from payung.law.rupiah import MOST_MONEY, parse_rupiah
from payung.planning import order
from payung.planning.clocks import member_until
from payung.planning.figures import ROWS, figures, more_money
from payung.planning.plan import price_of_a_cover, ranked_candidates
from payung.planning.question import pose, with_risk_and_basis
from payung.planning.wishes import MOST_PEOPLE, Line, Wishes, parse_months
from payung.text import Text
from payung.yaml_files import values_of

MOST = 8  # choices beside each other
MOST_NAME = 60
KEYS = ("name", "months", "people", "amount", "source", "floor", "after")


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice.

    Fields
        months: whoever is chosen is covered in all of them. people: at most; amount: rupiah at most; ``None``: no
        limit. source: code of who pays. floor: people a village that are to be told as missing. after: the name of the
        choice that this one goes on from; empty: from how things are.
    """

    name: str
    months: tuple[str, ...]
    source: str = "apbd"
    people: int | None = None
    amount: int | None = None
    floor: int = 0
    after: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """One choice with its figures (:func:`payung.planning.figures.figures`), and who it is.

    Fields
        rows: ``id, line, month, amount``. left_out: eligible people whom it does not reach. more: what Rp100 million
        more would buy: ``people``, ``person_months``.
    """

    choice: Choice
    figures: dict[str, Any]
    rows: pl.DataFrame
    left_out: int
    more: dict[str, int]


def compare(people: pl.DataFrame, choices: Sequence[Choice], *, book: Book | None = None) -> list[Compared]:
    """Return ``choices`` for ``people`` (of :mod:`payung.planning.people_file`), in their order.

    What breaks is looked for in each up to the same month: as long after the last month of all as the law keeps a
    membership that is not paid for. Raises :class:`InputError` for a choice that goes on from none before it, begins
    before that one ended, or buys no month.
    """
    law = (book or load()).on(first_day(max(one.months[-1] for one in choices)))
    horizon = add(max(one.months[-1] for one in choices), law.grace_months)
    found: dict[str, Compared] = {}
    after: dict[str, pl.DataFrame] = {}
    for choice in choices:
        before = _before(choice, found)
        mine = people if before is None else after[before.choice.name]
        found[choice.name] = _one(mine, choice, horizon, book)
        after[choice.name] = member_until(mine, found[choice.name].rows, book=book)
    return list(found.values())


def read_choices(path: Path) -> list[Choice]:
    """Return the choices of a YAML file (``scenarios:``); raise :class:`InputError` that says what is wrong where."""
    read = values_of(path, path.name)
    rows = read.get("scenarios") if isinstance(read, dict) else None
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST:
        raise InputError(
            Text(
                f"{path.name}: tulis scenarios dengan 1 sampai {MOST} pilihan, masing-masing name, months, people.",
                f"{path.name}: write scenarios with 1 to {MOST} choices, each with name, months, people.",
            )
        )
    found: list[Choice] = []
    for number, row in enumerate(rows, 1):
        one = _choice(f"{path.name}, pilihan/choice {number}", row)
        if any(one.name == other.name for other in found):
            raise InputError(Text(f"Dua pilihan bernama {one.name}.", f"Two choices are called {one.name}."))
        found.append(one)
    return found


def _choice(where: str, row: Any) -> Choice:
    if not isinstance(row, dict) or not {"name", "months"} <= row.keys() or row.keys() - set(KEYS):
        raise InputError(
            Text(
                f"{where}: yang dikenal {', '.join(KEYS)}; name dan months wajib.",
                f"{where}: known are {', '.join(KEYS)}; name and months are required.",
            )
        )
    source = str(row.get("source", "apbd"))
    if source not in SOURCES:
        raise InputError(
            Text(
                f"{where}: sumber {source} tidak dikenal; pilih {', '.join(SOURCES)}.",
                f"{where}: unknown source {source}; choose {', '.join(SOURCES)}.",
            )
        )
    amount = row.get("amount")
    return Choice(
        name=str(row["name"]).strip()[:MOST_NAME],
        months=parse_months(str(row["months"])),
        source=source,
        people=_whole(where, "people", row.get("people")),
        amount=None if amount is None else parse_rupiah(str(amount)),
        floor=_whole(where, "floor", row.get("floor")) or 0,
        after=str(row.get("after") or "").strip(),
    )


def _whole(where: str, key: str, value: Any) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_PEOPLE:
        raise InputError(
            Text(
                f"{where}: {key} adalah bilangan bulat, bukan {value}.",
                f"{where}: {key} is a whole number, not {value}.",
            )
        )
    return value


def _before(choice: Choice, found: dict[str, Compared]) -> Compared | None:
    if not choice.after:
        return None
    before = found.get(choice.after)
    if before is None:
        raise InputError(
            Text(
                f"{choice.name} melanjutkan {choice.after}, yang tidak ada di atasnya.",
                f"{choice.name} goes on from {choice.after}, which does not stand above it.",
            )
        )
    begins, ends = choice.months[0], before.choice.months[-1]
    if begins <= ends:
        raise InputError(
            Text(
                f"{choice.name} mulai {begins}, padahal {choice.after} baru selesai {ends}.",
                f"{choice.name} begins in {begins}, but {choice.after} ends in {ends}.",
            )
        )
    return before


def _one(people: pl.DataFrame, choice: Choice, horizon: str, book: Book | None) -> Compared:
    line = Line(
        id=choice.source,
        source=choice.source,
        amount=MOST_MONEY if choice.amount is None else choice.amount,
        months=choice.months,
    )
    wishes = Wishes(months=choice.months, lines=(line,), floor=choice.floor)
    settings = order.settings_on(wishes.first_day, wishes.ranking)
    ready = with_risk_and_basis(people, day_month=choice.months[0], book=book)
    ranked, where = ranked_candidates(ready, wishes, settings, book)
    question = pose(ranked, where, wishes, book=book)
    problem = question.problem
    price = (
        price_of_a_cover(problem)[problem.kind][:, :1] if len(question.asked) else np.zeros((0, 1), np.int64)
    )
    able = np.nonzero(price[:, 0] >= 0)[0]
    reached = np.cumsum(price[able, 0]) <= line.amount
    many = int(reached.sum()) if choice.people is None else min(int(reached.sum()), choice.people)
    chosen = able[:many]  # in the order of the ranking; the list stops where the money does (decision 0006)
    rows = _rows(ranked, question.asked[chosen], problem.cost[problem.kind[chosen], 0], choice)
    rest = np.setdiff1d(able, chosen)
    left = 0 if choice.amount is None else line.amount - int(rows["amount"].sum())
    more = more_money(ranked[question.asked[rest]], [line], {line.id: left}, price[rest], len(choice.months))
    told = figures(ranked, rows, choice.months, floor=choice.floor, horizon=horizon, book=book)
    return Compared(choice, told, rows, len(rest), more[line.id])


def _rows(ranked: pl.DataFrame, at: Any, cost: Any, choice: Choice) -> pl.DataFrame:
    many = len(choice.months)
    ids = ranked["id"].gather(np.repeat(at, many))
    return pl.DataFrame(
        {
            "id": ids,
            "line": pl.Series([choice.source] * len(ids), dtype=pl.String),
            "month": pl.Series(list(choice.months) * len(at), dtype=pl.String),
            "amount": pl.Series(np.asarray(cost).reshape(-1), dtype=pl.Int64),
        },
        schema=ROWS,
    )
