"""What changed between two readings of one list: after mending, only that counts."""

from __future__ import annotations

from typing import Final

import polars as pl

from payung.codes import Verdict
from payung.rosters.model import Reading

CHANGES: Final = ("same", "mended", "changed", "worse", "added", "removed")
COMPARED: Final = (
    "nik", "kk", "kpj", "name", "birth_date", "birth_place", "sex", "mother", "phone", "email", "address", "rt", "rw",
    "village", "district", "job", "category", "income", "segment", "disability", "decile", "welfare", "life_status",
    "heir_name", "heir_nik", "heir_relation", "heir_phone",
)  # fmt: skip
_WEIGHT = {verdict.value: weight for weight, verdict in enumerate(Verdict)}


def compare(before: Reading, after: Reading) -> pl.DataFrame:
    """Return one row for every person of either reading, in the order of ``after``, those removed last.

    Columns: ``change`` (:data:`CHANGES`), ``row_before``, ``row_after``, ``verdict_before``, ``verdict_after``,
    ``fields`` (what differs) and ``sheet``. ``mended`` rows got a lighter verdict, ``worse`` a heavier one. Rows are
    the same person by sheet and row where NIK, name or two other facts agree, else by NIK, else by name and birth
    date.
    """
    old, new = _facts(before), _facts(after)
    pairs = _pairs(old, new)
    joined = new.join(pairs, on="record", how="left", maintain_order="left").join(
        old.select(pl.all().name.suffix("_before")),
        left_on="was",
        right_on="record_before",
        how="left",
        maintain_order="left",
    )
    differs = [
        pl.when(pl.col(field).ne_missing(pl.col(f"{field}_before"))).then(pl.lit(field)) for field in COMPARED
    ]
    known = pl.col("was").is_not_null()
    weight, weight_before = (
        pl.col(name).replace_strict(_WEIGHT, default=None, return_dtype=pl.Int8)
        for name in ("verdict", "verdict_before")
    )
    fields = (
        pl.when(known)
        .then(pl.concat_list(differs).list.drop_nulls())
        .otherwise(pl.lit([], dtype=pl.List(pl.String)))
    )
    present = joined.select(
        pl.when(~known).then(pl.lit("added"))
        .when(weight < weight_before).then(pl.lit("mended"))
        .when(weight > weight_before).then(pl.lit("worse"))
        .when(fields.list.len() > 0).then(pl.lit("changed"))
        .otherwise(pl.lit("same")).alias("change"),
        pl.col("row_before"),
        pl.col("row").alias("row_after"),
        pl.col("verdict_before"),
        pl.col("verdict").alias("verdict_after"),
        fields.alias("fields"),
        "sheet",
    )  # fmt: skip
    gone = old.filter(~pl.col("record").is_in(pairs["was"].to_list())).select(
        pl.lit("removed").alias("change"),
        pl.col("row").alias("row_before"),
        pl.lit(None, dtype=pl.Int64).alias("row_after"),
        pl.col("verdict").alias("verdict_before"),
        pl.lit(None, dtype=pl.String).alias("verdict_after"),
        pl.lit([], dtype=pl.List(pl.String)).alias("fields"),
        "sheet",
    )
    return pl.concat([present, gone])


def _facts(reading: Reading) -> pl.DataFrame:
    """Return the compared facts; the file's name is taken out of the record, for it may have changed."""
    place = pl.col("sheet") + "!" + pl.col("row").cast(pl.String)
    return reading.rows.select(place.alias("record"), "sheet", "row", "verdict", *COMPARED)


def _pairs(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Return ``record`` of the new reading -> ``was`` of the old one, each at most once."""
    agree = [
        (pl.col(field) == pl.col(f"{field}_before")).fill_null(False)
        for field in ("nik", "name", "birth_date", "kk", "mother", "phone")
    ]
    placed = (
        new.join(
            old.select(pl.all().name.suffix("_before")),
            left_on="record",
            right_on="record_before",
            how="inner",
        )
        .filter(agree[0] | agree[1] | (pl.sum_horizontal(agree[2:]) >= 2))
        .select("record", pl.col("record").alias("was"))
    )
    found = [placed]
    for keys in (["nik"], ["name", "birth_date"]):
        taken = pl.concat(found)
        left = new.filter(~pl.col("record").is_in(taken["record"].to_list())).drop_nulls(keys)
        right = old.filter(~pl.col("record").is_in(taken["was"].to_list())).drop_nulls(keys)
        found.append(
            left.unique(keys, keep="none")
            .join(
                right.unique(keys, keep="none").select(*keys, pl.col("record").alias("was")),
                on=keys,
                how="inner",
            )
            .select("record", "was")
            .sort("record")
        )
    return pl.concat(found)
