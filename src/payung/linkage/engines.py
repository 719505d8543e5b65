"""Where pairs are scored: DuckDB in this process, or Spark on one machine or many. All give the same rows."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

import polars as pl

from payung.errors import InputError
from payung.text import Text


class Scorer(Protocol):
    """Scores pairs of the records that it was opened on."""

    def score(self, pairs: pl.DataFrame, *, at_least: float | None) -> pl.DataFrame:
        """Return the pairs (``rid_l, rid_r``) of weight ``at_least`` or more (all for None), sorted.

        Columns: ``rid_l, rid_r, match_weight`` and ``gamma_…``, the level of every comparison.
        """


class Engine(Protocol):
    """An engine by name."""

    def open(self, records: pl.DataFrame, *, prior: float) -> AbstractContextManager[Scorer]:
        """Return a scorer over ``records`` (features); ``prior`` is the chance of two of them being one person."""


def engine_named(name: Engine | str) -> Engine:
    """Return the engine called ``duckdb``, ``local[n]`` or ``spark://host:port``; an engine is returned as it is.

    Raises :class:`InputError` for any other name.
    """
    if not isinstance(name, str):
        return name
    if name == "duckdb":
        from payung.linkage.duck import DuckDB

        return DuckDB()
    if name.startswith(("local[", "spark://", "yarn", "k8s://")):
        from payung.linkage.spark import Spark

        return Spark(name)
    raise InputError(
        Text(
            f"Mesin “{name}” tidak dikenal. Pakai duckdb, local[2] atau spark://alamat:port.",
            f"There is no engine “{name}”. Use duckdb, local[2] or spark://host:port.",
        )
    )
