"""Dates that a list writes, or a program took, with the month first: told by the NIKs of that list, and by them alone.

Cells that hold dates and cells that hold texts are told apart: where a program with American settings took 03/07/1995
for 7 March, it left 25/07/1995 as text.
"""

from __future__ import annotations

from typing import Final

import polars as pl

LEAST: Final = 3  # rows that prove something
TIMES: Final = 4  # so many times more rows must say month first than day first
_MONTH_FIRST = r"^(\d{1,2})[-/. ](1[3-9]|2\d|3[01])[-/. ](\d{4})$"  # can be read in no other way


def turn(dates: pl.DataFrame) -> pl.Series | None:
    """Return the dates of a list with day and month exchanged where its NIKs prove it, ``None`` where they do not.

    ``dates`` has the columns ``text``, ``typed`` (a date cell), ``date`` (as read, day first) and ``nik_date``; and
    ``list`` where the rows are of several lists, each judged by its own numbers.
    """
    of_one = ["typed", *({"list"} & set(dates.columns))]
    date, of_nik = pl.col("date"), pl.col("nik_date")
    open_one = (date.dt.day() <= 12) & (date.dt.day() != date.dt.month())
    parts = dates["text"].str.extract_groups(_MONTH_FIRST).struct.unnest()
    written = parts.select(
        pl.concat_str("3", pl.col("1").str.zfill(2), pl.col("2").str.zfill(2), separator="-")
        .str.to_date("%Y-%m-%d", strict=False)
    ).to_series()  # fmt: skip
    exchanged = pl.date(date.dt.year(), pl.when(open_one).then(date.dt.day()).otherwise(date.dt.month()),
                        pl.when(open_one).then(date.dt.month()).otherwise(date.dt.day()))  # fmt: skip
    frame = dates.with_columns(written.alias("written")).with_columns(
        pl.when(date.is_null()).then("written").when(open_one).then(exchanged).otherwise(date).alias("turned")
    )
    says = (date != of_nik).fill_null(True) | pl.col("written").is_not_null()
    found = frame.with_columns(
        ((pl.col("turned") == of_nik) & says).fill_null(False).alias("for"),
        ((date == of_nik) & open_one).fill_null(False).alias("against"),
    ).with_columns(
        (
            (pl.col("for").sum() >= LEAST) & (pl.col("for").sum() > TIMES * pl.col("against").sum())
        ).over(of_one).alias("proved")
    )  # fmt: skip
    if not found["proved"].any():
        return None
    return found.select(pl.when("proved").then("turned").otherwise("date")).to_series()
