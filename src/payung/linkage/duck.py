"""Scoring on DuckDB: two threads, bounded memory, pairs in slices."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryDirectory

import duckdb
import polars as pl

from payung.linkage import scores

THREADS = 2
MEMORY = "2500MB"
# Pairs scored at once: every slice reads the records once, and holds its pairs with all columns of both sides.
LEAST_SLICE, MOST_SLICE = 200_000, 1_500_000


@dataclass(frozen=True, slots=True)
class DuckDB:
    """The engine of one machine."""

    @contextmanager
    def open(self, records: pl.DataFrame, *, prior: float) -> Iterator[DuckScorer]:
        """Return a scorer over ``records``."""
        with TemporaryDirectory(prefix="payung-") as folder:
            connection = duckdb.connect(
                ":memory:", config={"threads": THREADS, "memory_limit": MEMORY, "temp_directory": folder}
            )
            try:
                connection.register("features", records.select(scores.columns()))
                connection.execute("CREATE TABLE records AS FROM features")
                connection.unregister("features")
                yield DuckScorer(connection, prior, min(max(records.height, LEAST_SLICE), MOST_SLICE))
            finally:
                connection.close()


@dataclass(frozen=True, slots=True)
class DuckScorer:
    """Scores pairs of the table ``records`` of an open database."""

    connection: duckdb.DuckDBPyConnection
    prior: float
    slice: int

    def score(self, pairs: pl.DataFrame, *, at_least: float | None) -> pl.DataFrame:
        """Return the scored pairs of weight ``at_least`` or more; see :class:`payung.linkage.engines.Scorer`."""
        if pairs.is_empty():
            return scores.nothing()
        sql = scores.statement(
            self.prior, dialect="duckdb", pairs="pairs", records="records", at_least=at_least
        )
        parts: list[pl.DataFrame] = []
        for start in range(0, pairs.height, self.slice):
            self.connection.register("pairs", pairs.slice(start, self.slice))
            parts.append(scores.tidy(self.connection.execute(sql).pl()))
            self.connection.unregister("pairs")
        return pl.concat(parts).sort("rid_l", "rid_r")
