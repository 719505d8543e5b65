"""Which village every row means, and whether the codes in the list are the ministry's."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from payung.rosters.column_tests import Fault
from payung.rosters.mapping import Column
from payung.rosters.model import Asked
from payung.said import Said

LEAST = 3
ADDED = ("village_code", "subdistrict_code", "regency_code", "region_status", "region_reason")


def find(
    clean: pl.DataFrame, columns: Sequence[Sequence[Column]], asked: Asked
) -> tuple[pl.DataFrame, list[list[Fault]]]:
    """Return ``clean`` with :data:`ADDED`, and for each list the columns of codes that mean other places than their
    names say.

    ``list`` of ``clean`` is the number of the row's list, ``columns`` are those of each list. ``code`` is the village
    code as the list gives it. A refused column of codes is not used: the names decide alone. A list without any village
    name is taken to be of the village that sent it.
    """
    faults = [
        [
            Fault(column.field, "KOLOM_KODE_BPS", Said("rosters.column_called", {"heading": column.heading}))
            for column in of_list
            if column.field.endswith("_code_bps")
        ]
        for of_list in columns
    ]
    if asked.regions is None:
        return clean.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in ADDED), faults
    found = _match(clean, asked, "code")
    coded = _contradicted(found, found["region_status"] == "conflict")
    if coded.height:
        # a name that is found nowhere is misspelt: that says nothing against the code
        by_name = _match(clean.with_columns(pl.lit(None, dtype=pl.String).alias("code")), asked, "code")
        elsewhere = (found["region_status"] == "conflict") & by_name["village_code"].is_not_null()
        coded = _contradicted(found, elsewhere)
    for number, every, conflict in coded.iter_rows():
        faults[number].append(
            Fault(
                "village_code",
                "KOLOM_KODE_BPS",
                Said("rosters.codes_of_other_villages", {"many": conflict, "all": every}),
            )
        )
    if coded.height:
        refused = pl.col("list").is_in(coded["list"].to_list())
        found = _match(
            clean.with_columns(pl.when(~refused).then("code").alias("code")), asked, "code"
        ).with_columns(clean["code"])
    return _of_sender(found, asked) if asked.village else found, faults


def _contradicted(found: pl.DataFrame, conflict: pl.Series) -> pl.DataFrame:
    """Return the lists most of whose codes are in ``conflict``: ``list``, ``all`` and ``conflict`` as counts."""
    return (
        found.with_columns(conflict.alias("conflict"))
        .filter(pl.col("code").is_not_null())
        .group_by("list")
        .agg(pl.len().alias("all"), pl.col("conflict").sum())
        .filter((pl.col("all") >= LEAST) & (pl.col("conflict") * 2 > pl.col("all")))
        .sort("list")
    )


def _of_sender(found: pl.DataFrame, asked: Asked) -> pl.DataFrame:
    """Give the place of the sender to the lists that name no village in any row."""
    assert asked.regions is not None
    assert asked.village is not None
    names = {"village": "village_code", "subdistrict": "subdistrict_code", "regency": "regency_code"}
    silent = pl.col("village").is_null().all().over("list")
    return found.with_columns(
        pl.when(silent)
        .then(pl.lit(region.code))
        .otherwise(pl.col(names[region.level]))
        .alias(names[region.level])
        for region in asked.regions.path(asked.village)
        if region.level in names
    )


def _match(clean: pl.DataFrame, asked: Asked, code: str) -> pl.DataFrame:
    assert asked.regions is not None
    within = asked.village[:5] if asked.village else asked.within
    return asked.regions.match_frame(
        clean, village="village", subdistrict="district", regency="regency", code=code, within=within
    )
