"""Contributions of many people over many months, by the same rules as for one person: a table in, a table out."""

from __future__ import annotations

import duckdb
import polars as pl

from payung.engine.statements import COLUMNS, faults, refuse, rows_statement
from payung.law import Book


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
        query = rows_statement("people", months, source, book=book)
        rows = connection.execute(f"SELECT * FROM ({query}) ORDER BY person, month").to_arrow_table()
    return pl.DataFrame(rows)
