"""The same NIK as written, as openIMIS and OpenSPP look for duplicates."""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl
from prepared import together, write

source = Path(sys.argv[1])
sides = [
    pl.read_parquet(source / f"{side}.parquet", columns=["rec_id", "nik"]) for side in ("roster", "insurer")
]
cells = pl.concat(sides).rename({"rec_id": "record"})
# A number that stands on more rows than this is no number: the pairs would not fit into memory.
cells = cells.filter((pl.col("nik") != "") & (pl.len().over("nik") <= 2_000))
write(together(cells, "nik"), Path(sys.argv[2]))
