"""Whole columns of NIKs, by the same rules as :func:`payung.people.nik.parse`, without a call per cell."""

from __future__ import annotations

import datetime as dt

import polars as pl

from payung.people.nik import WOMAN_DAY_OFFSET


def decode(column: pl.Series, *, on: dt.date) -> pl.DataFrame:
    """Return what each NIK of a text column says on the date ``on``.

    Columns: ``ok`` (all parts can be true), ``nik_date`` (the birth date), ``nik_sex`` (``L`` or ``P``); date
    and sex are null where ``ok`` is false.
    """
    text = pl.col("nik")
    day = text.str.slice(6, 2).cast(pl.Int32, strict=False)
    woman = day > WOMAN_DAY_OFFSET
    real_day = pl.when(woman).then(day - WOMAN_DAY_OFFSET).otherwise(day)
    month = text.str.slice(8, 2).cast(pl.Int32, strict=False)
    short = text.str.slice(10, 2).cast(pl.Int32, strict=False)
    shape = (
        text.str.contains(r"^[1-9][0-9]{15}$")
        & (text.str.slice(2, 2) != "00")
        & (text.str.slice(4, 2) != "00")
        & (text.str.slice(12, 4) != "0000")
    )
    this, last = on.year // 100 * 100, on.year // 100 * 100 - 100
    parts = (
        column.rename("nik")
        .to_frame()
        .select(
            shape.fill_null(False).alias("shape"),
            _date(short + this, month, real_day).alias("late"),
            _date(short + last, month, real_day).alias("early"),
            pl.when(woman).then(pl.lit("P")).otherwise(pl.lit("L")).alias("nik_sex"),
        )
    )
    late, early = pl.col("late"), pl.col("early")
    dated = parts.with_columns(
        pl.when(late <= on).then(late).otherwise(pl.when(early <= on).then(early)).alias("nik_date")
    )
    read = dated.select(
        (pl.col("shape") & pl.col("nik_date").is_not_null()).alias("ok"), "nik_date", "nik_sex"
    )
    return read.with_columns(pl.when(pl.col("ok")).then(pl.col("nik_date", "nik_sex")))


def _date(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    written = pl.concat_str(
        year, month.cast(pl.String).str.zfill(2), day.cast(pl.String).str.zfill(2), separator="-"
    )
    return written.str.to_date("%Y-%m-%d", strict=False)
