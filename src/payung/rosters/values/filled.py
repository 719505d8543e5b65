"""Columns filled from other columns: what is written first counts."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

Take = Callable[..., pl.Series]  # gives the first of the named fields that is filled, row by row


def first(column: pl.Series, otherwise: pl.Series) -> pl.Series:
    """Return ``column`` with its empty places taken from ``otherwise``."""
    if not column.null_count() or otherwise.null_count() == otherwise.len():
        return column
    return pl.select(pl.coalesce(column, otherwise)).to_series()
