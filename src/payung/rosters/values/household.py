"""How a household stands, and who of it lives: decile, class of welfare, public servants, deaths."""

from __future__ import annotations

import polars as pl

from payung.people import values
from payung.people.values import by_distinct
from payung.rosters import remarks
from payung.rosters.values.filled import Take, first


def read_decile(column: pl.Series, percent: bool) -> pl.Series:
    """Return deciles; ``percent``: the column holds percentiles."""
    if not percent:
        return by_distinct(column, values.decile, pl.Int64)
    number = column.str.replace(r"\.0$", "").cast(pl.Int64, strict=False)
    return pl.select(pl.when(number.is_between(1, 100)).then((number + 9) // 10)).to_series()


def welfare_in_category(text: str) -> str | None:
    """Return a class of welfare that a category names; "rentan" alone is a category of the programme."""
    return values.welfare(text) if "miskin" in text.lower() or "ekstr" in text.lower() else None


def is_official(text: str) -> bool | None:
    """Return whether somebody of the household serves the state."""
    said = values.yes_no(text)
    return said if said is not None else remarks.read_household(text)


def read_life(take: Take) -> tuple[pl.Series, pl.Series]:
    """Return whether the person lives, and the field that says so: its own column, a status, a remark or the name."""
    life = by_distinct(take("life_status"), values.life_status, pl.String)
    said_by = pl.select(pl.when(life.is_not_null()).then(pl.lit("life_status"))).to_series()
    readers = (
        ("note", take("note"), remarks.read_life),
        ("status", take("status"), remarks.read_life),
        ("name", take("name", "household_head"), remarks.read_late),
    )
    for field, text, read in readers:
        remark = by_distinct(text, read, pl.String)
        said_by = first(said_by, pl.select(pl.when(remark.is_not_null()).then(pl.lit(field))).to_series())
        life = first(life, remark)
    return life, said_by
