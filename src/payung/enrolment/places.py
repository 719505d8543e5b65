"""What a village is called on paper: the official name where the code is sure, else as the roster writes it."""

from __future__ import annotations

import polars as pl

from payung.regions import Gazetteer

COLUMNS = ("village_name", "district_name")


def with_names(frame: pl.DataFrame, regions: Gazetteer) -> pl.DataFrame:
    """Return ``frame`` (village_code, village, district_code, district) with village_name and district_name."""
    codes = pl.concat([frame["village_code"], frame["district_code"]]).drop_nulls().unique().sort()
    names = {code: region.name for code in codes if (region := regions.find(code)) is not None}

    def official(column: str) -> pl.Expr:
        return pl.col(column).replace_strict(names, default=None, return_dtype=pl.String)

    sub_district = pl.coalesce(pl.col("district_code"), pl.col("village_code").str.slice(0, 8))
    return (
        frame.with_columns(sub_district.alias("_district"))
        .with_columns(
            pl.coalesce(official("village_code"), "village").alias("village_name"),
            pl.coalesce(official("_district"), "district").alias("district_name"),
        )
        .drop("_district")
    )
