"""Names that look like words for nothing."""

from __future__ import annotations

import polars as pl

# people are called so too; and how programs spell an empty cell
LIKE_BLANK = ("nan", "na", "null", "none", "nil", "n/a", "kosong")
OF_PROGRAMS = ("nan", "NaN", "na", "null", "Null", "none", "N/A", "n/a", "kosong", "KOSONG", "Kosong")


def tell_names_from_blanks(
    raw: pl.DataFrame, name: pl.Series, valid: pl.Series
) -> tuple[pl.Series, pl.Series]:
    """Return the names with those that look like words for nothing (NAN, NA, NULL), and which these are.

    They are names where a valid NIK stands beside; spelt as programs spell an empty cell they are asked about.
    """
    written = next((raw[field] for field in ("name", "household_head") if field in raw.columns), None)
    if written is None:
        return name, pl.Series([None] * name.len(), dtype=pl.String)
    frame = pl.DataFrame({"name": name, "written": written, "valid": valid})
    like = (
        pl.col("written").str.to_lowercase().is_in(list(LIKE_BLANK))
        & pl.col("valid")
        & pl.col("name").is_null()
    )
    program = pl.col("written").is_in(list(OF_PROGRAMS))
    found = frame.select(
        pl.when(like).then("written").otherwise("name").alias("name"),
        pl.when(like & program).then(pl.lit("program")).when(like).then(pl.lit("name")).alias("like"),
    )
    return found["name"], found["like"]
