"""The same NIK after cleaning: sixteen digits, and no placeholder."""

from __future__ import annotations

import polars as pl
from prepared import lists, together, write

records, out = lists()
write(together(records.filter(pl.len().over("nik") < 6), "nik"), out)
