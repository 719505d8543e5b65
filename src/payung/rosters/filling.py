"""Fills down what a list writes once for several rows: merged cells, and the family number on its first member."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from payung.rosters.mapping import Column

FAMILY = frozenset(
    {
        "kk",
        "rt",
        "rw",
        "rt_rw",
        "address",
        "hamlet",
        "village",
        "district",
        "regency",
        "household_head",
        "sls",
    }
)
LEAST = 3


def fill_merged(
    body: pl.DataFrame, columns: Sequence[Column], merges: Sequence[tuple[int, int, int, int]], first: int
) -> pl.DataFrame:
    """Return ``body`` with the value of a merged cell in all its rows, in columns that families share.

    ``first`` is the row number (from 0, in the sheet) of the first row of ``body``.
    """
    shared = {column.at: f"c{column.at}" for column in columns if column.field in FAMILY}
    values: dict[str, list[str | None]] = {}
    for top, left, bottom, right in merges:
        if (
            bottom <= top
            or right > left
            or left not in shared
            or bottom < first
            or top - first >= body.height
        ):
            continue
        name = shared[left]
        column = values.setdefault(name, body[name].to_list())
        start = max(0, top - first)
        for at in range(start + 1, min(bottom - first + 1, body.height)):
            if column[at] is None:
                column[at] = column[start]
    return body.with_columns(pl.Series(name, column, dtype=pl.String) for name, column in values.items())


def fill_families(body: pl.DataFrame, columns: Sequence[Column], people: pl.Series) -> pl.DataFrame:
    """Return ``body`` with the family number on every member, where the list writes it on the first member only.

    That is taken to be so where every number stands once, the first person has one, and most rows have none.
    """
    name = next((f"c{column.at}" for column in columns if column.field == "kk"), None)
    if name is None:
        return body
    numbers = body[name].filter(people)
    filled = numbers.drop_nulls()
    once = filled.len() >= LEAST and filled.n_unique() == filled.len() and numbers[0] is not None
    if not once or not 0.1 <= filled.len() / numbers.len() <= 0.6:
        return body
    return body.with_columns(pl.col(name).fill_null(strategy="forward"))
