"""Coverage, clocks and reconciliation of a nation on one machine: Parquet by month, DuckDB.

.venv/bin/python bench/nation.py [--members 1000000] [--months 12] [--memory 8GB] [--part 5000000] [--keep FOLDER]

Invented members with gaps, deaths and bills that do not agree, written by DuckDB itself in the layout of `payung export
--analytics` and asked as that is, ``--part`` people at a time. Seconds are those of this process on all its cores
and, in brackets, of the clock; memory is the highest of this process.
"""

from __future__ import annotations

import argparse
import datetime as dt
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from payung.engine.analytics import TABLES, coverage, in_parts, on_duckdb, reconciliation
from payung.law import months

LAST = "2026-09"
VILLAGES = 84_000


def measured(name: str, do: Callable[[], Any]) -> Any:
    """Do something and say how long it took."""
    cpu, begun = time.process_time(), time.perf_counter()
    found = do()
    print(f"  {name:<44}{time.process_time() - cpu:>9.1f} ({time.perf_counter() - begun:.0f}) s", flush=True)
    return found


def fill(folder: Path, members: int, many: int, memory: str) -> None:
    """Write ``members`` with ``many`` months each in the layout of an export."""
    last = months.index(LAST)
    first = last - many + 1
    for table in TABLES:
        (folder / table).mkdir(parents=True)
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"SET memory_limit = '{memory}'")  # in order of people
        everybody = f"range(1, {members + 1}) AS p(person)"
        segment = "CASE WHEN person % 7 = 0 THEN 2 ELSE 1 END AS segment"

        def write(table: str, query: str, home: str = "") -> None:
            path = folder / table / home
            path.mkdir(exist_ok=True)
            connection.execute(
                f"COPY ({query}) TO '{path / 'part-0.parquet'}' (FORMAT parquet, COMPRESSION zstd)"
            )

        village = f"CAST(person % {VILLAGES} AS STRING) AS village"
        write("people", f"SELECT person, {village}, person % 211 = 0 AS dead FROM {everybody}")
        spans = f"1 AS line, {first} AS first, {last} AS last"
        write("decrees", f"SELECT person, {segment}, {spans} FROM {everybody} WHERE person % 97 > 0")
        stop = f"{last} - person % 3 AS number"
        write("stops", f"SELECT person, {segment}, {stop} FROM {everybody} WHERE person % 211 = 0")
        case = "'jkm' AS kind, 'dibayar' AS state, '1' AS village, '2026-09-01' AS on_day, 42000000 AS paid"
        write("cases", f"SELECT 1 AS case_id, 211 AS person, {case}")
        for month in range(first, last + 1):
            lot, home = f"hash(person * 100 + {month % 100}) % 100", f"m={month}"
            billed = f"SELECT 1 AS bill, person, {segment}, 1 AS line, 16800 AS amount"
            write("bills", f"{billed} FROM {everybody} WHERE {lot} < 98", home)
            amount = f"CASE WHEN {lot} = 5 THEN 16700 ELSE 16800 END AS amount"
            paid = f"SELECT person, {segment}, 1 AS line, 1 AS paid, {amount}"
            write("months", f"{paid} FROM {everybody} WHERE {lot} < 96", home)


def main() -> None:
    """Measure once."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--members", type=int, default=1_000_000)
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--memory", default="8GB")
    parser.add_argument("--part", type=int, default=5_000_000, help="people at a time")
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="payung-nation-") as home:
        folder = (asked.keep or Path(home)) / "nation"
        print(f"{asked.members:,} members x {asked.months} months")
        measured("written", lambda: fill(folder, asked.members, asked.months, asked.memory))
        size = sum(path.stat().st_size for path in folder.rglob("*.parquet"))
        connection = on_duckdb(folder, memory=asked.memory)
        connection.execute(f"SET temp_directory = '{home}'")
        day = dt.date(2026, 9, 30)
        rows = measured(
            "coverage and clocks by village",
            lambda: in_parts(connection, lambda keys: coverage(day, keys=keys), people=asked.part),
        )
        differences = measured(
            f"reconciliation of {LAST}",
            lambda: in_parts(connection, lambda keys: reconciliation(LAST, keys=keys), people=asked.part),
        )
        print(f"  {len(rows):,} villages, {sum(row[2] for row in rows):,} covered; {differences}")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"  files {size / 2**20:,.0f} MB, memory {peak:,.0f} MB")


if __name__ == "__main__":
    main()
