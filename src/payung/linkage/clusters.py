"""From pairs to persons: records that are the same person, directly or through another record, share a number."""

from __future__ import annotations

import polars as pl


def persons(records: int, same: pl.DataFrame) -> pl.Series:
    """Return the person number of each record 0 … ``records`` - 1, numbered from 1 in order of first record.

    ``same`` has the pairs ``rid_l, rid_r`` that are one person.
    """
    root = list(range(records))

    def find(record: int) -> int:
        while root[record] != record:
            root[record] = root[root[record]]
            record = root[record]
        return record

    for left, right in same.select("rid_l", "rid_r").iter_rows():
        one, other = find(left), find(right)
        if one != other:
            root[max(one, other)] = min(one, other)
    roots = pl.Series("root", [find(record) for record in range(records)], dtype=pl.Int64)
    return roots.rank("dense").cast(pl.Int64).alias("person")
