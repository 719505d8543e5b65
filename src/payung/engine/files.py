"""The same on files of any size: parquet in, parquet out (written whole), at a memory that does not grow."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from payung.engine.statements import faults, refuse, rows_statement, sums_statement
from payung.law import Book

MEMORY = "120MB"  # what the database may keep; it writes the rest to disk


def price_file(
    people: Path,
    months: Sequence[str],
    source: str | None,
    out: Path,
    *,
    book: Book | None = None,
    memory: str = MEMORY,
) -> None:
    """Write one row for each person and month to ``out``; see :func:`payung.engine.statements.rows_statement`.

    ``people`` is a parquet file with ``person``, ``segment``, ``income``, ``sector``, ``risk`` (and ``source``
    where the argument is ``None``). Raises :class:`InputError` where a row cannot be priced.
    """
    query = rows_statement(_scan(people), months, source, book=book)
    _write(people, query, source, out, memory)


def sum_file(
    people: Path,
    months: Sequence[str],
    source: str | None,
    by: str,
    out: Path,
    *,
    book: Book | None = None,
    memory: str = MEMORY,
) -> None:
    """Write the sums by the column ``by`` and the month to ``out``, in order.

    See :func:`payung.engine.statements.sums_statement`.
    """
    query = sums_statement(_scan(people), months, source, by, book=book)
    _write(people, f"SELECT * FROM ({query}) ORDER BY {by}, month", source, out, memory)


def _scan(path: Path) -> str:
    quoted = str(path).replace("'", "''")
    return f"read_parquet('{quoted}')"


def _write(people: Path, query: str, source: str | None, out: Path, memory: str) -> None:
    part = out.with_name(out.name + ".part")
    quoted = str(part).replace("'", "''")
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"SET memory_limit = '{memory}'")
        connection.execute("SET preserve_insertion_order = false")
        refuse(connection.execute(faults(_scan(people), with_source=source is None)).fetchone())
        connection.execute(f"COPY ({query}) TO '{quoted}' (FORMAT parquet)")
    part.replace(out)
