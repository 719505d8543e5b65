"""One NIK beside several people of a list: a number that was put in for all who have none, or copied down.

Whose it is nobody knows, unless the birth date of exactly one of two agrees with it. The same person listed twice,
also under a name spelt another way, is something else.
"""

from __future__ import annotations

import polars as pl

from payung.people import names


def find(clean: pl.DataFrame) -> pl.Series:
    """Return for each people row how many people share its NIK where it is to be asked whose it is, else null.

    ``clean`` has the columns ``list``, ``nik``, ``nik_ok``, ``nik_date``, ``cell_date`` and ``name``.
    """
    frame = clean.select("list", "nik", "nik_ok", "nik_date", "cell_date", "name").with_row_index("at")
    several = frame.filter(pl.col("nik_ok") & pl.col("name").is_not_null()).filter(
        pl.col("name").str.to_lowercase().n_unique().over("list", "nik") > 1
    )
    none = pl.Series("shared", [None] * clean.height, dtype=pl.Int64)
    if several.is_empty():
        return none
    known: dict[str, str] = {}
    heard = []
    for words in names.words_of(several["name"]).to_list():
        for word in words or []:
            if word not in known:
                known[word] = names.sound(word)
        heard.append(" ".join(sorted({known[word] for word in words or []})))
    agrees = (pl.col("nik_date") == pl.col("cell_date")).fill_null(False)
    several = several.with_columns(pl.Series("heard", heard, dtype=pl.String), agrees.alias("agrees"))
    of_number = several.group_by("list", "nik").agg(
        pl.col("heard").n_unique().alias("people"),
        pl.col("heard").filter("agrees").n_unique().alias("owners"),
        pl.col("heard").filter("agrees").first().alias("owner"),
    )
    asked = several.join(of_number, on=["list", "nik"], how="left").filter(
        (pl.col("people") > 1)
        & ~((pl.col("owners") == 1) & ((pl.col("people") == 2) | (pl.col("heard") == pl.col("owner"))))
    )
    if asked.is_empty():
        return none
    found = pl.DataFrame({"at": pl.int_range(clean.height, eager=True)}).join(
        asked.select(pl.col("at").cast(pl.Int64), pl.col("people").cast(pl.Int64).alias("shared")), on="at", how="left",
        maintain_order="left",
    )  # fmt: skip
    return found["shared"]
