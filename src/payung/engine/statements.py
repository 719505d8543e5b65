"""The rules as statements over a table: text only, for any engine that speaks the dialect.

The months are cut into stretches of unchanged law and the law's values are written in, so no parameter table is
joined. Every row carries the version of the law.
"""

from __future__ import annotations

from collections.abc import Sequence

from payung.errors import InputError
from payung.law import Book, Reading, load
from payung.law.dialects import DUCKDB, Dialect
from payung.law.facts import FACTS
from payung.law.months import first_day, parse_month
from payung.law.operations import Code
from payung.law.rules import contribution
from payung.text import Text

COLUMNS = ("person", "segment", "income", "sector", "risk")


def stretches(months: Sequence[str], book: Book) -> list[tuple[str, list[str]]]:
    """Return ``months`` (sorted, each once) in runs under one unchanged law, each with its first month."""
    runs: list[tuple[str, list[str]]] = []
    for month in sorted({parse_month(month) for month in months}):
        if runs and book.on(first_day(month)) is book.on(first_day(runs[-1][0])):
            runs[-1][1].append(month)
        else:
            runs.append((month, [month]))
    return runs


def _prices(
    months: Sequence[str], source: str | None, book: Book, dialect: Dialect
) -> dict[tuple[str, str], list[str]]:
    """Return the expressions for JKK and JKM, each pair with the months that it holds for."""
    if source is not None:
        FACTS["source"].check(source)
    found: dict[tuple[str, str], list[str]] = {}
    for first, run in stretches(months, book):
        reading = Reading(book.on(first_day(first)), dialect)
        segment, income, sector, risk = (Code(name) for name in ("segment", "income", "sector", "risk"))
        payer = source if source is not None else Code("source")
        jkk = reading.write(contribution.jkk, segment, income, sector, payer, risk)
        jkm = reading.write(contribution.jkm, segment, income, sector, payer)
        found.setdefault((jkk, jkm), []).extend(run)
    return found


def rows_statement(
    relation: str,
    months: Sequence[str],
    source: str | None,
    *,
    book: Book | None = None,
    dialect: Dialect = DUCKDB,
    keep: Sequence[str] = ("person",),
) -> str:
    """Return the query that prices ``relation`` for ``months``: one row for each person and month.

    ``relation`` is a table or sub-query with ``segment`` (``bpu`` or ``pu``), ``income`` (rupiah a month),
    ``sector``, ``risk`` and the columns in ``keep``; ``source`` is one funding source for all, or ``None`` where
    the relation has a column ``source``. The rows have the columns in ``keep``, ``month``, ``jkk``, ``jkm``,
    ``total`` (rupiah) and ``law`` (version), and no order.
    """
    law = book or load()
    kept = ", ".join(keep)
    parts = []
    for (jkk, jkm), run in _prices(months, source, law, dialect).items():
        priced = f"SELECT {kept}, CAST({jkk} AS BIGINT) AS jkk, CAST({jkm} AS BIGINT) AS jkm FROM {relation}"
        parts.append(
            f"SELECT {kept}, month, jkk, jkm, jkk + jkm AS total, '{law.version}' AS law "
            f"FROM ({priced}) AS priced CROSS JOIN {_listed(run)}"
        )
    return "\nUNION ALL\n".join(parts)


def sums_statement(
    relation: str,
    months: Sequence[str],
    source: str | None,
    by: str,
    *,
    book: Book | None = None,
    dialect: Dialect = DUCKDB,
) -> str:
    """Return the query that sums ``relation`` by the column ``by`` and the month, in one pass over the people.

    Within a stretch of unchanged law every month costs the same, so each person is priced once a stretch. The rows
    have ``by``, ``month``, ``people``, ``jkk``, ``jkm``, ``total`` (rupiah) and ``law``, and no order.
    """
    law = book or load()
    prices = _prices(months, source, law, dialect)
    sums = [
        f"CAST(sum({jkk}) AS BIGINT) AS jkk_{number}, CAST(sum({jkm}) AS BIGINT) AS jkm_{number}"
        for number, (jkk, jkm) in enumerate(prices)
    ]
    once = f"SELECT {by}, count(*) AS people, {', '.join(sums)} FROM {relation} GROUP BY {by}"
    parts = [
        f"SELECT {by}, month, people, jkk_{number} AS jkk, jkm_{number} AS jkm, jkk_{number} + jkm_{number} AS total, "
        f"'{law.version}' AS law FROM summed CROSS JOIN {_listed(run)}"
        for number, run in enumerate(prices.values())
    ]
    return f"WITH summed AS ({once})\n" + "\nUNION ALL\n".join(parts)


def _listed(months: Sequence[str]) -> str:
    values = ", ".join(f"('{month}')" for month in months)
    return f"(VALUES {values}) AS months(month)"


def faults(relation: str, *, with_source: bool = False) -> str:
    """Return the query for the first row of ``relation`` whose facts cannot be priced; none means all can."""
    tests = ["segment IN ('bpu', 'pu', 'ppu')"]
    coded = ("sector", "source") if with_source else ("sector",)
    tests += [f"{name} IN ({', '.join(map(repr, FACTS[name].choices))})" for name in coded]
    tests += [f"{name} BETWEEN {FACTS[name].least} AND {FACTS[name].most}" for name in ("income", "risk")]
    tests.append("NOT (segment = 'bpu' AND sector = 'labour-intensive')")
    return f"SELECT {', '.join(COLUMNS)} FROM {relation} WHERE ({' AND '.join(tests)}) IS NOT TRUE LIMIT 1"


def refuse(row: Sequence[object] | None) -> None:
    """Raise :class:`InputError` for a row that :func:`faults` found."""
    if row is None:
        return
    written = ", ".join(f"{name} = {value}" for name, value in zip(COLUMNS, row, strict=True))
    most = FACTS["income"].most
    raise InputError(
        Text(
            f"Tidak dapat dihitung: {written}. Segmen bpu atau pu; penghasilan 0 - {most}, tidak kosong; sektor "
            "transport atau other (labour-intensive hanya pu); risiko 1 - 5.",
            f"Cannot be priced: {written}. Segment bpu or pu; income 0 - {most}, never empty; sector transport or "
            "other (labour-intensive only pu); risk 1 - 5.",
        )
    )
