"""Coverage, clocks and reconciliation over the files of `payung export --analytics`, on DuckDB and on Spark.

The files are Parquet, parted by month where they grow; the statements are the same text for both engines, the law's
rules written into them, so that equal rows are a matter of a test. They hold keys of people and no names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from payung.engine.membership import cover_statement
from payung.errors import InputError
from payung.law import Book, load, months
from payung.law.dialects import DUCKDB, SPARK, Dialect
from payung.text import Text

if TYPE_CHECKING:
    from pyarrow import Schema
    from pyspark.sql import DataFrame, SparkSession

# What each table holds: column → type of DuckDB and Spark. Months as year x 12 + month - 1; segments 1 bpu, 2 pu;
# money in rupiah. `m` is the month that the files are parted by.
TABLES: Mapping[str, Mapping[str, str]] = {
    "people": {"person": "BIGINT", "village": "STRING", "dead": "BOOLEAN"},
    "decrees": {"person": "BIGINT", "segment": "BIGINT", "line": "BIGINT", "first": "BIGINT", "last": "BIGINT"},
    "stops": {"person": "BIGINT", "segment": "BIGINT", "number": "BIGINT"},
    "cases": {
        "case_id": "BIGINT", "person": "BIGINT", "kind": "STRING", "state": "STRING", "village": "STRING",
        "on_day": "STRING", "paid": "BIGINT",
    },
    "months": {
        "person": "BIGINT", "segment": "BIGINT", "line": "BIGINT", "paid": "BIGINT", "amount": "BIGINT", "m": "BIGINT",
    },
    "bills": {
        "bill": "BIGINT", "person": "BIGINT", "segment": "BIGINT", "line": "BIGINT", "amount": "BIGINT", "m": "BIGINT",
    },
}  # fmt: skip
PARTED = frozenset({"months", "bills"})
BY = "m"
SEGMENTS = {"bpu": 1, "pu": 2}
A_WORD, BITS = 30, 4  # months in one whole number, each a digit below 4: together below 2 to the 60th
# What is said of somebody, beside who it is.
SAID = ("state", "standing", "paid_months", "jkm_full", "scholarship", "since", "unpaid", "not_due", "law")
# The classes of differences, the worst first, as the office's reconciliation has them; without the insurer's list.
CLASSES = (
    ("paid_inactive", "inactive = 1 AND paid <> 0"),
    ("billed_inactive", "inactive = 1 AND billed <> 0"),
    ("decree_inactive", "inactive = 1 AND decree <> 0"),
    ("paid_no_decree", "paid <> 0 AND decree = 0"),
    ("billed_no_decree", "billed <> 0 AND decree = 0"),
    ("unbilled", "decree <> 0 AND billed = 0 AND paid = 0 AND inactive = 0"),
    ("paid_unbilled", "paid <> 0 AND billed = 0"),
    ("unpaid", "billed <> 0 AND paid = 0"),
    ("amount", "billed_amount <> paid_amount"),
)


def schema(table: str) -> Schema:
    """Return the columns of a table as its files have them; the month of parted ones stands in the folder."""
    import pyarrow as pa

    kinds = {"BIGINT": pa.int64(), "STRING": pa.string(), "BOOLEAN": pa.bool_()}
    columns = TABLES[table].items()
    return pa.schema([(name, kinds[kind]) for name, kind in columns if not (table in PARTED and name == BY)])


def _within(keys: range | None, joined: str = "AND") -> str:
    """Return the condition that ``person`` lies in ``keys``; nothing for everybody."""
    return "" if keys is None else f" {joined} person BETWEEN {keys.start} AND {keys.stop - 1}"


def members(
    date: dt.date, *, book: Book | None = None, dialect: Dialect = DUCKDB, keys: range | None = None
) -> str:
    """Return the query that tells of everybody with a paid month in a segment how they stand on ``date``.

    Columns: ``segment``, and those of :func:`payung.engine.membership.cover_statement`. ``keys``: only people with
    these keys. People with the same paid months are judged once: the months of each are added up to a few whole
    numbers (a digit each month: how often it is paid and not taken back, which the office lets be once at most), and
    the law is asked of each such past.
    """
    law = book or load()
    parts = []
    for name, number in SEGMENTS.items():
        said = cover_statement("paid", date, name, book=law, dialect=dialect)
        paid = f"months LEFT JOIN marks ON m = number WHERE segment = {number}{_within(keys)}"
        parts.append(f"SELECT {number} AS segment, s.* FROM ({_by_past(paid, said, date, dialect)}) AS s")
    return "\nUNION ALL\n".join(parts)


def _by_past(months_paid: str, said: str, date: dt.date, dialect: Dialect) -> str:
    """Return the query that judges each past once: ``said`` is asked of the relation ``paid`` (``person``: a past)."""
    first, now = months.index(months.FIRST_MONTH), months.index(months.month_of(date))
    marks = ", ".join(
        f"({number}, {(now - number) // A_WORD}, {dialect.constant(BITS ** ((now - number) % A_WORD))})"
        for number in range(first, now + 1)
    )
    words = [f"w{at}" for at in range((now - first) // A_WORD + 1)]
    sums = ", ".join(
        f"CAST(sum(CASE WHEN word = {at} THEN paid * factor ELSE 0 END) AS BIGINT) AS {word}"
        for at, word in enumerate(words)
    )
    all_words = ", ".join([*words, "later"])
    word = " ".join(f"WHEN {at} THEN {word}" for at, word in enumerate(words))
    digit = f"{dialect.quotient(f'CASE word {word} END', 'factor')} % {BITS}"
    alike = " AND ".join(f"e.{word} = p.{word}" for word in [*words, "later"])
    columns = ", ".join(f"s.{name}" for name in SAID)
    return f"""
WITH marks AS (SELECT * FROM (VALUES {marks}) AS listed(number, word, factor)), each AS (
    SELECT person, {sums}, CASE WHEN sum(CASE WHEN m > {now} THEN paid ELSE 0 END) > 0 THEN 1 ELSE 0 END AS later
    FROM {months_paid} GROUP BY person
), pasts AS (
    SELECT row_number() OVER (ORDER BY {all_words}) AS past, {all_words} FROM (SELECT DISTINCT {all_words} FROM each)
    AS different WHERE {" + ".join(words)} + later > 0
), paid AS (
    SELECT past AS person, number FROM pasts CROSS JOIN marks WHERE {digit} > 0
    UNION ALL SELECT past, {now + 1} FROM pasts WHERE later = 1
), judged_pasts AS ({said})
SELECT e.person, {columns} FROM each AS e JOIN pasts AS p ON {alike} JOIN judged_pasts AS s ON s.person = p.past
"""


def coverage(
    date: dt.date, *, book: Book | None = None, dialect: Dialect = DUCKDB, keys: range | None = None
) -> str:
    """Return the query for coverage and clocks by village on ``date``.

    Columns: ``village``; ``people`` (alive), ``covered`` of them, ``grace`` (covered, not paid for), ``jkm_full`` and
    ``scholarship`` (whose clock is full). One row a village, in order. ``keys``: only people with these keys
    (:func:`in_parts`).
    """
    covered = "standing IN ('active', 'not_yet_due', 'grace', 'employer_first')"
    return f"""
WITH said AS ({members(date, book=book, dialect=dialect, keys=keys)}),
each AS (
    SELECT person, max(CASE WHEN {covered} THEN 1 ELSE 0 END) AS covered,
        max(CASE WHEN standing = 'grace' THEN 1 ELSE 0 END) AS grace,
        max(CASE WHEN jkm_full THEN 1 ELSE 0 END) AS jkm_full,
        max(CASE WHEN scholarship THEN 1 ELSE 0 END) AS scholarship
    FROM said GROUP BY person
)
SELECT village, count(*) AS people, CAST(sum(coalesce(covered, 0)) AS BIGINT) AS covered,
    CAST(sum(coalesce(grace, 0)) AS BIGINT) AS grace, CAST(sum(coalesce(jkm_full, 0)) AS BIGINT) AS jkm_full,
    CAST(sum(coalesce(scholarship, 0)) AS BIGINT) AS scholarship
FROM people LEFT JOIN each USING (person) WHERE NOT dead{_within(keys)} GROUP BY village ORDER BY village
"""


def reconciliation(month: str, *, keys: range | None = None) -> str:
    """Return the query for the differences of ``month`` by class: ``kind``, ``people`` (in a segment), ``billed`` and
    ``paid`` in rupiah; in order.

    Decree, bills and register side by side, as the office compares them; ``keys``: only people with these keys. Raises
    :class:`InputError` for what is no month.
    """
    number = months.index(months.parse_month(month))
    kinds = " ".join(f"WHEN {test} THEN '{name}'" for name, test in CLASSES)
    nothing, whose = "CAST(0 AS BIGINT)", _within(keys)
    return f"""
WITH sets AS (
    SELECT person, segment, 1 AS decree, 0 AS inactive, 0 AS billed, {nothing} AS billed_amount, 0 AS paid,
        {nothing} AS paid_amount FROM decrees WHERE first <= {number} AND last >= {number}{whose}
    UNION ALL SELECT person, segment, 0, 0, 1, amount, 0, {nothing} FROM bills WHERE m = {number}{whose}
    UNION ALL SELECT person, segment, 0, 0, 0, {nothing}, paid, amount FROM months WHERE m = {number}{whose}
    UNION ALL SELECT person, segment, 0, 1, 0, {nothing}, 0, {nothing} FROM stops WHERE number <= {number}{whose}
), summed AS (
    SELECT person, segment, max(decree) AS decree, max(inactive) AS inactive, sum(billed) AS billed,
        sum(billed_amount) AS billed_amount, sum(paid) AS paid, sum(paid_amount) AS paid_amount
    FROM sets GROUP BY person, segment
), judged AS (SELECT *, CASE {kinds} END AS kind FROM summed)
SELECT kind, count(*) AS people, CAST(sum(billed_amount) AS BIGINT) AS billed,
    CAST(sum(paid_amount) AS BIGINT) AS paid FROM judged WHERE kind IS NOT NULL GROUP BY kind ORDER BY kind
"""


def in_parts(
    connection: duckdb.DuckDBPyConnection, query: Callable[[range], str], *, people: int
) -> list[tuple[Any, ...]]:
    """Return the rows of ``query`` asked for ``people`` keys at a time and added up by their first column.

    Whoever has more people than memory asks so: what is held is that of one part. The files lie in order of people, so
    each part reads its own pieces of them.
    """
    row = connection.execute("SELECT min(person), max(person) FROM people").fetchone()
    if row is None or row[0] is None:
        return []
    found: dict[Any, tuple[Any, ...]] = {}
    for first in range(row[0], row[1] + 1, people):
        for key, *numbers in connection.execute(query(range(first, first + people))).fetchall():
            had = found.get(key, (key, *[0] * len(numbers)))
            found[key] = (key, *(old + new for old, new in zip(had[1:], numbers, strict=True)))
    return [found[key] for key in sorted(found)]


def _pattern(folder: Path, table: str) -> str:
    return f"{folder / table}/{f'{BY}=*/' if table in PARTED else ''}*.parquet"


def on_duckdb(folder: Path, *, memory: str = "2GB", threads: int = 0) -> duckdb.DuckDBPyConnection:
    """Return a connection in which the tables of ``folder`` can be asked; what does not fit in ``memory`` is on disk.

    Raises :class:`InputError` where the folder is none of an export.
    """
    _refuse_another(folder)
    connection = duckdb.connect(":memory:")
    connection.execute(f"SET memory_limit = '{memory}'")
    connection.execute("SET preserve_insertion_order = false")
    if threads:
        connection.execute(f"SET threads = {threads}")
    for table, columns in TABLES.items():
        chosen = ", ".join(f"CAST({name} AS {kind}) AS {name}" for name, kind in columns.items())
        pattern = _pattern(folder, table).replace("'", "''")
        parted = "hive_partitioning = true" if table in PARTED else "hive_partitioning = false"
        read = f"SELECT {chosen} FROM read_parquet('{pattern}', {parted})"
        connection.execute(f"CREATE VIEW {table} AS {read}")
    return connection


def on_spark(session: SparkSession, folder: Path) -> dict[str, DataFrame]:
    """Let ``session`` ask the tables of ``folder`` by their names; return them."""
    _refuse_another(folder)
    found = {}
    for table, columns in TABLES.items():
        frame = session.read.parquet(str(folder / table))
        found[table] = frame.selectExpr(
            *(f"CAST({name} AS {kind}) AS {name}" for name, kind in columns.items())
        )
        found[table].createOrReplaceTempView(table)
    return found


def ask_spark(session: SparkSession, query: str) -> list[tuple[Any, ...]]:
    """Return the rows of ``query``, written in Spark's dialect (:data:`payung.law.dialects.SPARK`)."""
    return [tuple(row) for row in session.sql(query).collect()]


def _refuse_another(folder: Path) -> None:
    missing = [table for table in TABLES if not any(folder.glob(f"{table}/**/*.parquet"))]
    if missing:
        raise InputError(
            Text(
                f"{folder} bukan hasil payung export --analytics: tidak ada {missing[0]}.",
                f"{folder} was not made by payung export --analytics: there is no {missing[0]}.",
            )
        )


__all__ = [
    "DUCKDB",
    "SPARK",
    "TABLES",
    "ask_spark",
    "coverage",
    "in_parts",
    "members",
    "on_duckdb",
    "on_spark",
    "reconciliation",
]
