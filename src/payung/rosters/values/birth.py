"""Place and date of birth, written in one cell or two, and the century of the date inside a NIK."""

from __future__ import annotations

import datetime as dt
import re

import polars as pl

from payung.people import dates
from payung.people.values import by_distinct
from payung.rosters.values.filled import first

WEEKDAY = r"(?i:senin|selasa|rabu|kamis|jum\W?at|sabtu|minggu|ahad)"


def read_birth(frame: pl.DataFrame, kinds: pl.DataFrame, on: dt.date) -> dict[str, pl.Series]:
    """Return the place of birth, and the date as text and as read."""
    height = frame.height
    none = pl.Series([None] * height, dtype=pl.String)
    place, text = none, none
    if "birth_place_date" in frame.columns:
        both = by_distinct(
            frame["birth_place_date"],
            lambda cell: dict(zip(("place", "date"), _place_and_date(cell), strict=True)),
            pl.Struct({"place": pl.String, "date": pl.String}),
        )
        place, text = both.struct.field("place"), both.struct.field("date")
        unread = both.struct.field("date").is_null() & frame["birth_place_date"].str.contains(r"\d")
        text = pl.select(pl.when(unread).then(frame["birth_place_date"]).otherwise(text)).to_series()
        place = pl.select(pl.when(~unread).then(place)).to_series()
    if "birth_date" in frame.columns:
        text = first(frame["birth_date"], text)
    if "birth_place" in frame.columns:
        place = first(frame["birth_place"], place)
    return {"birth_place": place, "date_text": text, "cell_date": dates.read_column(text, on=on)}


def of_century(of_nik: pl.Series, written: pl.Series, age: pl.Series, on: dt.date) -> pl.Series:
    """Return the birth dates of NIKs a hundred years earlier where the list proves it: by its own date, or by the age.

    A NIK holds two digits of the year: 25 is 1925 of somebody who is a hundred years old.
    """
    years = age.str.extract(r"^(\d{2,3})\b", 1).cast(pl.Int32, strict=False)
    frame = pl.DataFrame({"nik": of_nik, "written": written, "age": years})
    early = pl.col("nik").dt.offset_by("-1200mo")
    old = (pl.col("age") >= 99) & ((pl.lit(on.year) - early.dt.year() - pl.col("age")).abs() <= 1)
    proved = (pl.col("written") == early) | (pl.col("written").is_null() & old)
    return frame.select(pl.when(proved.fill_null(False)).then(early).otherwise("nik")).to_series()


def _place_and_date(cell: str) -> tuple[str | None, str | None]:
    """Return (place, date text) of a cell that holds both; the name of a weekday is no place."""
    place, date = dates.split_place(cell)
    if place is None or date is None:
        return place, date
    place = re.sub(r"(?i)[\s,;./\-]*\b(?:tgl|tanggal|pada(?: tanggal)?)?[\s.,;]*$", "", place)
    place = re.sub(rf"[\s,;./\-]*\b{WEEKDAY}$", "", place)
    return place or None, date
