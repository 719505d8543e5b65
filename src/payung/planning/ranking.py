"""In which order people are covered when the money does not reach for all.

Order (draft amendment of Perbup Batang 2025, art. 8(4); domain story 16): the poorest class first, then the
lower decile, then the oldest, then a fixed tie-break that depends on nothing but the person. Office-holders
have no welfare test; the district says whether they come first or last.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

import polars as pl

from payung.text import Text

Officials = Literal["first", "last"]

WELFARE_ORDER: dict[str, Text] = {
    "miskin_ekstrem": Text("miskin ekstrem", "extremely poor"),
    "sangat_miskin": Text("sangat miskin", "very poor"),
    "miskin": Text("miskin", "poor"),
    "rentan_miskin": Text("rentan miskin", "near poor"),
}
UNKNOWN_CLASS = len(WELFARE_ORDER)
UNKNOWN_DECILE = 99


def rank(persons: pl.DataFrame, offices: Collection[str], officials: Officials = "first") -> pl.DataFrame:
    """Return ``persons`` sorted, with ``rank`` from 1, ``is_office`` and ``welfare_rank``."""
    in_office = pl.col("category").is_in(sorted(offices)).fill_null(False)
    order = {name: place for place, name in enumerate(WELFARE_ORDER)}
    keyed = persons.with_columns(
        in_office.alias("is_office"),
        pl.col("welfare")
        .replace_strict(order, default=UNKNOWN_CLASS, return_dtype=pl.Int64)
        .alias("welfare_rank"),
        pl.when(in_office).then(0 if officials == "first" else 2).otherwise(1).cast(pl.Int64).alias("_group"),
        pl.when(in_office).then(None).otherwise(pl.col("decile")).fill_null(UNKNOWN_DECILE).alias("_decile"),
        pl.when(in_office).then(0).otherwise(1).alias("_poverty_counts"),
    ).with_columns(
        pl.when(pl.col("_poverty_counts") == 1)
        .then(pl.col("welfare_rank"))
        .otherwise(0)
        .cast(pl.Int64)
        .alias("_class"),
    )
    return (
        keyed.sort(
            ["_group", "_class", "_decile", "birth_date", "village_code", "nik", "name", "record"],
            nulls_last=True,
            maintain_order=True,
        )
        .with_row_index("rank", offset=1)
        .with_columns(pl.col("rank").cast(pl.Int64))
        .drop("_group", "_decile", "_poverty_counts", "_class")
    )


def grounds(language_id: bool = True) -> pl.Expr:
    """Return a text column: the grounds of a person's place, as half a sentence."""
    text = {name: (label.id if language_id else label.en) for name, label in WELFARE_ORDER.items()}
    office = "pemegang jabatan" if language_id else "office-holder"
    unknown = "kelas kesejahteraan belum diketahui" if language_id else "welfare class not known"
    decile = "desil " if language_id else "decile "
    born = "lahir " if language_id else "born "
    welfare = (
        pl.when(pl.col("is_office"))
        .then(pl.lit(office))
        .otherwise(pl.col("welfare").replace_strict(text, default=unknown, return_dtype=pl.String))
    )
    return pl.concat_str(
        welfare,
        pl.when(pl.col("decile").is_not_null() & ~pl.col("is_office"))
        .then(pl.lit(", " + decile) + pl.col("decile").cast(pl.String))
        .otherwise(pl.lit("")),
        pl.lit(", " + born) + pl.col("birth_date").dt.strftime("%d-%m-%Y"),
    )
