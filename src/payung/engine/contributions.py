"""Contributions of many people over many months, set-based, by the same rules as for one person.

The months are cut into stretches of unchanged law and the law's values are written into the statement, so no
parameter table is joined on any engine. Every row carries the version of the law.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import polars as pl

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


def statement(
    relation: str,
    months: Sequence[str],
    source: str | None,
    *,
    book: Book | None = None,
    dialect: Dialect = DUCKDB,
    keep: Sequence[str] = ("person",),
) -> str:
    """Return the query that prices ``relation`` for ``months``.

    ``relation`` is a table or sub-query with ``segment`` (``bpu`` or ``pu``), ``income`` (rupiah a month),
    ``sector``, ``risk`` and the columns in ``keep``; ``source`` is one funding source for all, or ``None`` where
    the relation has a column ``source``. One row for each person and month: the columns in ``keep``, ``month``,
    ``jkk``, ``jkm``, ``total`` (rupiah) and ``law`` (version). Not ordered.
    """
    law = book or load()
    if source is not None:
        FACTS["source"].check(source)
    seen: dict[tuple[str, str], list[str]] = {}
    for first, run in stretches(months, law):
        reading = Reading(law.on(first_day(first)), dialect)
        segment, income, sector, risk = (Code(name) for name in ("segment", "income", "sector", "risk"))
        payer = source if source is not None else Code("source")
        jkk = reading.write(contribution.jkk, segment, income, sector, payer, risk)
        jkm = reading.write(contribution.jkm, segment, income, sector, payer)
        seen.setdefault((jkk, jkm), []).extend(run)
    kept = ", ".join(keep)
    parts = []
    for (jkk, jkm), run in seen.items():
        listed = ", ".join(f"('{month}')" for month in run)
        parts.append(
            f"SELECT {kept}, month, jkk, jkm, jkk + jkm AS total, '{law.version}' AS law FROM ("
            f"SELECT {kept}, CAST({jkk} AS BIGINT) AS jkk, CAST({jkm} AS BIGINT) AS jkm FROM {relation}) AS priced "
            f"CROSS JOIN (VALUES {listed}) AS months(month)"
        )
    return "\nUNION ALL\n".join(parts)


def faults(relation: str, *, with_source: bool = False) -> str:
    """Return the query for the first row of ``relation`` whose facts cannot be priced; none means all can."""
    tests = ["segment IN ('bpu', 'pu', 'ppu')"]
    coded = ("sector", "source") if with_source else ("sector",)
    tests += [f"{name} IN ({', '.join(map(repr, FACTS[name].choices))})" for name in coded]
    tests += [f"{name} BETWEEN {FACTS[name].least} AND {FACTS[name].most}" for name in ("income", "risk")]
    tests.append("NOT (segment = 'bpu' AND sector = 'labour-intensive')")
    good = " AND ".join(tests)
    return f"SELECT person, segment, income, sector, risk FROM {relation} WHERE ({good}) IS NOT TRUE LIMIT 1"


def refuse(row: Sequence[object] | None) -> None:
    """Raise :class:`InputError` for a row that :func:`faults` found."""
    if row is None:
        return
    written = ", ".join(f"{name} = {value}" for name, value in zip(COLUMNS, row, strict=True))
    raise InputError(
        Text(
            f"Tidak dapat dihitung: {written}. Segmen bpu atau pu; penghasilan 0 - {FACTS['income'].most}, tidak "
            "kosong; sektor transport atau other (labour-intensive hanya pu); risiko 1 - 5.",
            f"Cannot be priced: {written}. Segment bpu or pu; income 0 - {FACTS['income'].most}, never empty; "
            "sector transport or other (labour-intensive only pu); risk 1 - 5.",
        )
    )


def price(people: pl.DataFrame, months: list[str], source: str, *, book: Book | None = None) -> pl.DataFrame:
    """Return what ``source`` owes for every person and month.

    ``people`` has ``person`` (Int64), ``segment`` (``bpu`` or ``pu``), ``income`` (Int64, rupiah a month: declared
    income of a BPU, wage of a PU; never null), ``sector`` (``transport`` or ``other``) and ``risk`` (Int64, 1 to
    5). The result has one row for each person and month, in that order: ``person``, ``month`` (``YYYY-MM``),
    ``jkk``, ``jkm``, ``total`` (Int64 rupiah), ``law`` (version of the law). Raises :class:`InputError` where a
    row, a month or the source cannot be priced.
    """
    with duckdb.connect(":memory:") as connection:
        connection.register("people", people.select(COLUMNS).to_arrow())
        refuse(connection.execute(faults("people")).fetchone())
        if not months or people.is_empty():
            return pl.DataFrame(
                schema={
                    "person": people.schema["person"],
                    "month": pl.String,
                    "jkk": pl.Int64,
                    "jkm": pl.Int64,
                    "total": pl.Int64,
                    "law": pl.String,
                }
            )
        query = statement("people", months, source, book=book)
        rows = connection.execute(f"SELECT * FROM ({query}) ORDER BY person, month").to_arrow_table()
    return pl.DataFrame(rows)
