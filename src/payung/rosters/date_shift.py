"""Columns of birth dates that are all early or late by as much: another day zero, another time zone, a month from 0.

The birth dates in the NIKs prove it. Without them, times of day do: nobody's birth date has one, and programs that
count in another time zone leave it behind (16:59:48 on the day before).
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from payung.said import Said

LEAST = 3  # rows that prove something
SHARE = 0.6
DAYS_1904 = 1_462  # between the two days zero of Excel
_CENTURY = 1_200  # months; a NIK holds two digits of the year
_DAY_NUMBER = r"^\d{4,5}(?:\.\d+)?$"
_WITH_TIME = r"[ T](\d{1,2}:\d{2})(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+\-]\d{2}:?\d{2})?$"


@dataclass(frozen=True, slots=True)
class Moved:
    """How dates are off.

    Fields
        shown: the numbers that show it.
        days: by how many days; ``None`` where it is months, or not known.
    """

    shown: Said
    days: int | None


def find(texts: pl.Series, kinds: pl.Series, dates: pl.Series, of_niks: pl.Series) -> Moved | None:
    """Return how the dates of a column are off, or ``None`` where they are not.

    ``texts`` and ``kinds`` are the cells as written, ``dates`` what they say, ``of_niks`` the birth dates of the NIKs
    of their rows. Date cells that are off are found beside texts that are right.
    """
    frame = pl.DataFrame(
        {"text": texts, "typed": kinds == ord("d"), "date": dates, "nik_date": of_niks}
    ).filter(pl.col("date").is_not_null())
    both = frame.filter(pl.col("nik_date").is_not_null()).with_columns(
        (pl.col("date") - pl.col("nik_date")).dt.total_days().alias("days"),
        (
            (_months("date") - _months("nik_date")) * (pl.col("date").dt.day() == pl.col("nik_date").dt.day())
        ).alias("months"),
    )
    if (both["days"] != 0).sum() >= LEAST:
        for part in (both, both.filter("typed")):
            if found := _constant(part):
                return found
    return _with_times(frame, both)


def _months(name: str) -> pl.Expr:
    return pl.col(name).dt.year() * 12 + pl.col(name).dt.month().cast(pl.Int32)


def _constant(both: pl.DataFrame) -> Moved | None:
    """Return the one difference that most dates have from their NIKs, in days or in months."""
    if both.height < LEAST:
        return None
    for unit in ("months", "days"):
        away = both.filter(
            (pl.col(unit) != 0) & (pl.col("months") % _CENTURY != 0 if unit == "months" else True)
        )
        if away.height < LEAST:
            continue
        most = away.group_by(unit).len().sort("len", unit, descending=[True, False]).row(0)
        by, often = int(most[0]), int(most[1])
        if often >= LEAST and often >= SHARE * both.height:
            code = f"rosters.{unit}_{'late' if by > 0 else 'early'}"
            shown = Said(code, {"many": often, "all": both.height, "by": abs(by)})
            return Moved(shown, by if unit == "days" else None)
    return None


def _with_times(frame: pl.DataFrame, both: pl.DataFrame) -> Moved | None:
    """Return the fault of a column most of whose dates have a time of day, unless the NIKs say that they are right."""
    times = pl.col("text").str.extract(_WITH_TIME, 1)
    odd = frame.select(times.filter(times.is_not_null() & ~times.is_in(["00:00", "0:00"]))).to_series()
    if odd.len() < LEAST:
        return None
    right = both.filter(pl.col("days") == 0).height
    if odd.len() * 2 <= frame.height or right >= SHARE * max(1, both.height):
        return None
    shown = Said("rosters.dates_with_times", {"many": odd.len(), "all": frame.height, "example": str(odd[0])})
    return Moved(shown, None)


def days_from_1904(raw: pl.DataFrame, kinds: pl.DataFrame) -> pl.DataFrame:
    """Return ``raw`` with the numbers that are days of a workbook from 1904 as numbers of one from 1900."""
    fields = [field for field in ("birth_date", "start_date", "end_date") if field in raw.columns]
    of_kind = {field: kinds[field] == ord("n") for field in fields}
    return raw.with_columns(
        pl.when(of_kind[field] & pl.col(field).str.contains(_DAY_NUMBER))
        .then(
            (pl.col(field).str.extract(r"^(\d+)", 1).cast(pl.Int64, strict=False) + DAYS_1904).cast(pl.String)
        )
        .otherwise(pl.col(field))
        .alias(field)
        for field in fields
    )
