"""Lists for the peers: the same cleaning for all of them, by Payung's readers, and the pairs that each finds."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import polars as pl

AS_OF = dt.date(2026, 11, 21)
COLUMNS = {
    "name": "nama",
    "nik": "nik",
    "birth_date": "tgl_lahir",
    "sex": "jk",
    "village": "desa",
    "district": "kecamatan",
}


def lists() -> tuple[pl.DataFrame, Path]:
    """Return both sides cleaned and laid together (``record`` and the columns above), and where pairs go."""
    from payung.linkage import tables

    source, out = Path(sys.argv[1]), Path(sys.argv[2])
    sides = []
    for side in ("roster", "insurer"):
        cells = tables.read_text(source / f"{side}.parquet")
        sides.append(tables.listings(cells, COLUMNS, file=side, as_of=AS_OF, identity="rec_id"))
    both = pl.concat(sides).select("record", *COLUMNS)
    sound = pl.col("nik").str.contains(r"^[1-9]\d{15}$")
    return both.with_columns(pl.when(sound).then("nik").alias("nik")), out


def write(pairs: pl.DataFrame, out: Path) -> None:
    """Write the pairs (``left``, ``right``) that a way calls one person."""
    pairs.with_columns(pl.lit("same").alias("decision")).write_parquet(out)


def together(records: pl.DataFrame, key: str) -> pl.DataFrame:
    """Return all pairs of records with one value of ``key``."""
    held = records.select("record", key).drop_nulls()
    pairs = held.join(held, on=key, suffix="_r").filter(pl.col("record") < pl.col("record_r"))
    return pairs.select(pl.col("record").alias("left"), pl.col("record_r").alias("right"))
