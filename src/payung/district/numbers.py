"""Identity and phone numbers that belong to nobody.

Phones: 0812-0000-0000 to 0812-0000-9999 first. A district with more phones goes on behind 0840: mobile prefixes
0840 to 0849 are held by no operator, so these numbers reach nobody, have the length of real ones, and do not repeat
(numbers shared by strangers would be false evidence when lists are linked; docs/decisions/0009).
"""

from __future__ import annotations

import numpy as np
import polars as pl

from payung.district.draws import Draws
from payung.district.places import Place

PHONES_IN_BLOCK = 10_000
_WOMAN_DAY_OFFSET = 40
_SHARE_BORN_ELSEWHERE = 0.04
_SHARE_OWN_PHONE = 0.6


def nik_numbers(persons: pl.DataFrame, place: Place, draws: Draws) -> pl.Series:
    """Return a NIK for every person: a sub-district that does not exist, the birth date, a serial."""
    elsewhere = draws.chance(_SHARE_BORN_ELSEWHERE, persons.height)
    region = np.where(elsewhere, draws.pick(place.registries_elsewhere, persons.height), place.registry)
    return _numbered(persons, pl.Series(region, dtype=pl.String), pl.col("birth_date"), pl.col("sex") == "P")


def kk_numbers(persons: pl.DataFrame, place: Place, draws: Draws) -> pl.Series:
    """Return the family card number of every person: the date in it is the day the card was issued."""
    homes = int(persons["household"].max() or 0)  # type: ignore[arg-type]
    days = draws.whole(0, 365 * 14, homes)
    issued = pl.Series((np.datetime64("2010-01-02") + days.astype("timedelta64[D]")), dtype=pl.Date)
    cards = pl.DataFrame({"issued": issued})
    numbers = _numbered(cards, pl.repeat(place.registry, homes, eager=True), pl.col("issued"), pl.lit(False))
    return numbers.gather((persons["household"] - 1).to_list())


def phone_numbers(persons: pl.DataFrame, draws: Draws) -> pl.Series:
    """Return a phone number for every person, ``0812...`` with twelve digits; a household may share one."""
    own = pl.Series(draws.chance(_SHARE_OWN_PHONE, persons.height))
    head = persons["household"] != persons["household"].shift(1)
    number = (own | head.fill_null(True)).cast(pl.Int64).cum_sum() - 1
    text = number.cast(pl.String)
    return pl.select(
        pl.when(number < PHONES_IN_BLOCK)
        .then(pl.lit("08120000") + text.str.zfill(4))
        .otherwise(pl.lit("0840") + text.str.zfill(8))
    ).to_series()


def _numbered(table: pl.DataFrame, region: pl.Series, date: pl.Expr, woman: pl.Expr) -> pl.Series:
    """Return ``RRRRRRDDMMYYSSSS`` with serials counted from 1 within region and date."""
    day = (date.dt.day().cast(pl.Int64) + pl.when(woman).then(_WOMAN_DAY_OFFSET).otherwise(0)).cast(pl.String)
    stem = pl.concat_str(pl.lit(region), day.str.zfill(2), date.dt.strftime("%m%y"))
    made = table.select(stem.alias("stem")).with_columns(
        serial=pl.int_range(1, pl.len() + 1).over("stem").cast(pl.String).str.zfill(4)
    )
    return made.select(pl.col("stem") + pl.col("serial")).to_series()
