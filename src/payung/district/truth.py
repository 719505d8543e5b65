"""The truth file: what every row of every list really is."""

from __future__ import annotations

import datetime as dt

import polars as pl

from payung.district.insurer import FILE as INSURED_FILE
from payung.district.layouts import TELL_KK_ASN, TELL_STATUS
from payung.district.places import Place

FILE = "truth.parquet"

_FLAGS = ("over_65", "under_18", "kk_asn", "dead", "moved", "insured", "no_phone")


def truth_of_rosters(written: pl.DataFrame) -> pl.DataFrame:
    """Return ``entity`` and what was written, for every row of every roster; ``written`` has ``row`` numbers."""
    faults = pl.concat_list(
        *(pl.when(pl.col(name)).then(pl.lit(name)) for name in _FLAGS),
        pl.when(pl.col("nik_fault").is_not_null()).then(pl.lit("nik_") + pl.col("nik_fault")),
        pl.when(pl.col("name_differs")).then(pl.lit("name")),
        pl.col("extra"),
    ).list.drop_nulls()
    return written.select(
        pl.lit("roster").alias("list"),
        "file",
        "sheet",
        "row",
        "layout",
        "entity",
        # The list of a sub-district office says no village.
        pl.when(pl.col("layout") != "non_asn").then("list_village_code"),
        pl.col("w_nik").alias("nik_written"),
        pl.col("w_name").alias("name_written"),
        faults.alias("faults"),
        ((pl.col("w_status") != "alive") & pl.col("layout").is_in(list(TELL_STATUS))).alias("says_status"),
        (pl.col("kk_asn") & pl.col("layout").is_in(list(TELL_KK_ASN))).alias("says_kk_asn"),
    )


def truth(
    rosters: pl.DataFrame, insured: pl.DataFrame, persons: pl.DataFrame, place: Place, on: dt.date
) -> pl.DataFrame:
    """Return one row per row of every roster and of the insurer's list, beside the true person.

    Columns: ``list`` (roster, insured), ``file``, ``sheet``, ``row`` (as seen in a spreadsheet, from 1), ``layout``,
    ``entity``, ``household``, ``nik``, ``name``, ``birth_date``, ``sex``, ``age`` (full years on ``on``),
    ``village_code`` (home), ``list_village_code`` (as listed), ``category``, ``title``, ``occupation``, ``transport``,
    ``income`` (rupiah a month), ``decile``, ``insured``, ``segment``, ``dead``, ``moved``, ``kk_asn``,
    ``says_status`` and ``says_kk_asn`` (whether the row tells so), ``nik_written``, ``name_written``, ``faults``.
    """
    from_insurer = insured.with_columns(
        list=pl.lit("insured"),
        file=pl.lit(INSURED_FILE),
        sheet=pl.lit("Peserta"),
        layout=pl.lit("insured"),
        list_village_code=pl.lit(None, dtype=pl.String),
        says_status=pl.lit(False),
        says_kk_asn=pl.lit(False),
    ).select(rosters.columns)
    rows = pl.concat([rosters, from_insurer])
    codes = pl.Series([one.code for one in place.villages])
    before_birthday = pl.col("birth_date").dt.strftime("%m%d") > f"{on:%m%d}"
    about = persons.select(
        "entity",
        "household",
        "nik",
        "name",
        "birth_date",
        "sex",
        (on.year - pl.col("birth_date").dt.year() - before_birthday.cast(pl.Int32))
        .cast(pl.Int64)
        .alias("age"),
        codes.gather(persons["village"].to_list()).alias("village_code"),
        "category",
        "title",
        "occupation",
        "transport",
        "income",
        "decile",
        (pl.col("insured") | ~pl.col("listed")).alias("insured"),
        "segment",
        "dead",
        "moved",
        "kk_asn",
    )
    first = ["list", "file", "sheet", "row", "layout", *about.columns, "list_village_code"]
    joined = rows.join(about, on="entity", how="left", maintain_order="left")
    return joined.select(*first, "says_status", "says_kk_asn", "nik_written", "name_written", "faults")
