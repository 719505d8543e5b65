"""Which village every row means, and whether the codes in the list are the ministry's."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from payung.rosters.column_tests import Fault
from payung.rosters.mapping import Column
from payung.rosters.model import Asked

LEAST = 3
ADDED = ("village_code", "subdistrict_code", "regency_code", "region_status", "region_reason")


def find(clean: pl.DataFrame, columns: Sequence[Column], asked: Asked) -> tuple[pl.DataFrame, list[Fault]]:
    """Return ``clean`` with :data:`ADDED`, and the columns of codes that mean other places than their names say.

    ``code`` of ``clean`` is the village code as the list gives it. A refused column of codes is not used: the
    names decide alone. A list without any village name is taken to be of the village that sent it.
    """
    faults = [
        Fault(column.field, "KOLOM_KODE_BPS", f"kolom “{column.heading}”")
        for column in columns
        if column.field.endswith("_code_bps")
    ]
    if asked.regions is None:
        return clean.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in ADDED), faults
    found = _match(clean, asked, "code")
    coded = found.filter(pl.col("code").is_not_null())
    conflict = coded.filter(pl.col("region_status") == "conflict").height
    if coded.height >= LEAST and conflict * 2 > coded.height:
        faults.append(
            Fault("village_code", "KOLOM_KODE_BPS", f"{conflict} dari {coded.height} kode menunjuk desa lain")
        )
        found = _match(clean, asked, None)
    if asked.village and not clean["village"].len() - clean["village"].null_count():
        sender = asked.regions.path(asked.village)
        found = found.with_columns(
            pl.lit(region.code).alias(name)
            for region in sender
            if (
                name := {
                    "village": "village_code",
                    "subdistrict": "subdistrict_code",
                    "regency": "regency_code",
                }.get(region.level)
            )
        )
    return found, faults


def _match(clean: pl.DataFrame, asked: Asked, code: str | None) -> pl.DataFrame:
    assert asked.regions is not None
    within = asked.village[:5] if asked.village else asked.within
    return asked.regions.match_frame(
        clean, village="village", subdistrict="district", regency="regency", code=code, within=within
    )
