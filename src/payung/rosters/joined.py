"""Cells that hold two identifiers, or one digit each: taken apart and put together before values are read.

``NIK / NO KK`` in one cell, name and NIK in one cell, sixteen columns of one digit each.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from payung.rosters.fields import JOINED
from payung.rosters.mapping import read_heading

DIGITS = 16
_DIGIT = r"^[0-9](\.0+)?$"
_NUMBER = r"[0-9](?:[ .\-]?[0-9]){15}"
_NO_DIGIT_AROUND = r"(?:^|[^0-9])(" + _NUMBER + r")(?:$|[^0-9])"
_LONG_NUMBER = r"([0-9](?:[ .\-]?[0-9]){7,})"
_AROUND_NAME = r"(?i)^[\s/,;:()\-|]+|[\s/,;:(\-|]*\b(nik|no\.?\s*ktp|ktp)?\b[\s/,;:.()\-|]*$"


def join_digits(
    cells: pl.DataFrame, named: Mapping[int, str], left: int
) -> tuple[pl.DataFrame, frozenset[int]]:
    """Return ``cells`` with sixteen columns of one digit each put together in the first, and which that were.

    The first must be headed NIK or KK, and the others by nothing else than that.
    """
    joined = set()
    for at, heading in named.items():
        found = read_heading(heading)
        span = [f"c{at + step}" for step in range(DIGITS)]
        if found is None or found.field not in ("nik", "kk") or not set(span) <= set(cells.columns):
            continue
        over = heading.split(" / ")[0]
        if any(named.get(at + step, over).split(" / ")[0] != over for step in range(1, DIGITS)) or at < left:
            continue
        digits = pl.all_horizontal(pl.col(span).str.contains(_DIGIT).fill_null(True))
        several = pl.sum_horizontal(pl.col(span).is_not_null().cast(pl.UInt8)) > 1
        single = cells.select(digits & several).to_series()
        filled = cells.select(pl.any_horizontal(pl.col(span).is_not_null())).to_series()
        if single.sum() == 0 or single.sum() * 2 < filled.sum():
            continue
        whole = pl.concat_str(pl.col(span).str.slice(0, 1), ignore_nulls=True)
        rest = [pl.lit(None, dtype=pl.String).alias(name) for name in span[1:]]
        mended = cells.select(pl.when(single).then(whole).otherwise(pl.col(span[0])).alias(span[0]))
        cells = cells.with_columns(mended.to_series(), *rest)
        joined.add(at)
    return cells, frozenset(joined)


def split(raw: pl.DataFrame) -> pl.DataFrame:
    """Return ``raw`` with the two identifiers of one cell as fields of their own, beside the cell as written.

    A cell with one number only, under a heading of NIK and KK, does not say which it is: it is neither.
    """
    for field, (first, second) in JOINED.items():
        if field not in raw.columns or second in raw.columns or first in raw.columns:
            continue
        text = pl.col(field)
        if field == "name_nik":
            number = pl.coalesce(text.str.extract(_NO_DIGIT_AROUND, 1), text.str.extract(_LONG_NUMBER, 1))
            name = text.str.replace(_LONG_NUMBER, " ").str.replace_all(_AROUND_NAME, "").str.strip_chars()
            given = [pl.when(name != "").then(name).alias("name"), number.alias("nik")]
        else:
            numbers = text.str.extract_all(_NUMBER)
            both = numbers.list.len() == 2
            given = [
                pl.when(both).then(numbers.list.get(place, null_on_oob=True)).alias(name)
                for place, name in enumerate((first, second))
            ]
        raw = raw.with_columns(given)
    return raw
