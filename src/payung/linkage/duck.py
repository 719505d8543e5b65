"""Scoring on DuckDB: two threads, bounded memory, pairs in slices."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

import duckdb
import polars as pl

from payung.linkage import scoring

THREADS = 2
MEMORY = "2500MB"
SLICE = 1_000_000  # pairs scored at once


@contextmanager
def _database() -> Iterator[duckdb.DuckDBPyConnection]:
    with TemporaryDirectory(prefix="payung-") as folder:
        connection = duckdb.connect(
            ":memory:", config={"threads": THREADS, "memory_limit": MEMORY, "temp_directory": folder}
        )
        try:
            yield connection
        finally:
            connection.close()


def score(frame: pl.DataFrame, pairs: pl.DataFrame, *, prior: float, at_least: float) -> pl.DataFrame:
    """Return the scored pairs of weight ``at_least`` or more, sorted by ``rid_l``, ``rid_r``."""
    sql = scoring.statement(prior, dialect="duckdb", pairs="pairs", records="records", at_least=at_least)
    parts: list[pl.DataFrame] = []
    with _database() as connection:
        connection.register("features", frame)
        connection.execute("CREATE TABLE records AS FROM features")
        for start in range(0, max(pairs.height, 1), SLICE):
            connection.register("pairs", pairs.slice(start, SLICE))
            parts.append(connection.execute(sql).pl())
            connection.unregister("pairs")
    return pl.concat(parts).sort("rid_l", "rid_r")
