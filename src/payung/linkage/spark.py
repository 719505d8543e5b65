"""Scoring on Spark, for lists beyond one machine: an optional extra that needs Java 17 or newer."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import polars as pl

from payung.errors import MissingDataError
from payung.linkage import scores
from payung.text import Text

_RULES = "org.apache.spark.sql.catalyst.optimizer"
# DuckDB's sum of a list, said in Spark's words.
LIST_SUM = """
CREATE OR REPLACE TEMPORARY FUNCTION list_sum(items ARRAY<BIGINT>) RETURNS BIGINT
RETURN CASE WHEN size(items) > 0 THEN aggregate(items, CAST(0 AS BIGINT), (total, item) -> total + item) END
"""


@dataclass(frozen=True, slots=True)
class Spark:
    """Spark at ``master``: ``local[2]`` or ``spark://host:port``."""

    master: str

    @contextmanager
    def open(self, records: pl.DataFrame, *, prior: float) -> Iterator[SparkScorer]:
        """Return a scorer over ``records``. Raises :class:`MissingDataError` without pyspark or Java."""
        session, ours = _session(self.master)
        try:
            session.sql(LIST_SUM)
            session.createDataFrame(records.select(scores.columns()).to_arrow()).createOrReplaceTempView(
                "records"
            )
            yield SparkScorer(session, prior)
        finally:
            if ours:
                session.stop()


@dataclass(frozen=True, slots=True)
class SparkScorer:
    """Scores pairs of the view ``records`` of an open session."""

    session: Any
    prior: float

    def score(self, pairs: pl.DataFrame, *, at_least: float | None) -> pl.DataFrame:
        """Return the scored pairs of weight ``at_least`` or more; see :class:`payung.linkage.engines.Scorer`."""
        if pairs.is_empty():
            return scores.nothing()
        self.session.createDataFrame(pairs.to_arrow()).createOrReplaceTempView("pairs")
        *before, (_, last) = scores.tables(
            self.prior, dialect="spark", pairs="pairs", records="records", at_least=at_least
        )
        for name, sql in before:
            # Each table is worked out before the next one is planned: Spark would write what is worked out once for a
            # pair into every level that asks for it, and run out of memory over its plan.
            self.session.sql(sql).localCheckpoint().createOrReplaceTempView(name)
        scored = pl.from_arrow(self.session.sql(last).toArrow())
        return scores.tidy(scored if isinstance(scored, pl.DataFrame) else scored.to_frame()).sort(
            "rid_l", "rid_r"
        )


def _session(master: str) -> tuple[Any, bool]:
    """Return a session, and whether it is ours to stop: a process has one Spark, and somebody may be using it."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise MissingDataError(
            Text(
                f"Mesin {master} memerlukan paket pyspark 4.3 (payung[spark]), yang belum terpasang, dan Java 17 atau "
                "lebih baru. Pasang keduanya, atau pakai --engine duckdb.",
                f"The engine {master} needs the package pyspark 4.3 (payung[spark]), which is not installed, and Java "
                "17 or newer. Install both, or use --engine duckdb.",
            )
        ) from None
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise MissingDataError(
            Text(
                f"Mesin {master} memerlukan Java 17 atau lebih baru, dan tidak ada Java di komputer ini. Pasang Java, "
                "atau pakai --engine duckdb.",
                f"The engine {master} needs Java 17 or newer, and there is no Java on this computer. Install Java, or "
                "use --engine duckdb.",
            )
        )
    settings = {"spark.sql.shuffle.partitions": "8", "spark.sql.ansi.enabled": "false"}
    running = SparkSession.getActiveSession()
    if running is not None:
        session = running.newSession()
        for name, said in settings.items():
            session.conf.set(name, said)
        return session, False
    try:
        builder = SparkSession.builder.master(master).appName("payung").config("spark.ui.enabled", "false")
        for name, said in settings.items():
            builder = builder.config(name, said)
        session = builder.config("spark.ui.showConsoleProgress", "false").getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
    except Exception as fault:
        raise MissingDataError(
            Text(
                f"Mesin {master} tidak dapat dihubungi: {type(fault).__name__}. Periksa alamatnya, atau pakai --engine "
                "duckdb.",
                f"The engine {master} cannot be reached: {type(fault).__name__}. Check the address, or use --engine "
                "duckdb.",
            )
        ) from fault
    return session, True
