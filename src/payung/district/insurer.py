"""The insurer's list: the people of the district who are already insured, cleaner than any roster."""

from __future__ import annotations

import numpy as np
import polars as pl

from payung.district.draws import Draws
from payung.district.layouts.common import head
from payung.district.places import Place
from payung.district.sheets import Book, Sheet
from payung.district.spelling import misspell

FILE = "insured.xlsx"
#: People on the insurer's list who stand on no roster, as a share of the people on rosters.
OTHERS = 0.25
_NO_NIK = 0.05
_OTHER_SPELLING = 0.05
_COLUMNS = (
    "NO",
    "NPP",
    "NAMA WADAH/PERUSAHAAN",
    "NO KPJ",
    "NIK",
    "NAMA LENGKAP",
    "TEMPAT LAHIR",
    "TANGGAL LAHIR",
    "JENIS KELAMIN",
    "SEGMEN",
    "PROGRAM",
    "DESA/KELURAHAN",
    "KECAMATAN",
    "TANGGAL KEPESERTAAN",
    "STATUS",
)


def insured_list(persons: pl.DataFrame, place: Place, seed: int) -> tuple[Book, pl.DataFrame]:
    """Return the insurer's workbook and its rows: entity, row, nik_written, name_written, faults."""
    draws = Draws(seed, 7)
    rows = persons.filter(pl.col("insured") | ~pl.col("listed"))
    rows = rows[draws.rng.permutation(rows.height)]
    names = rows["name"].to_numpy().astype(object)
    for at in np.flatnonzero(draws.chance(_OTHER_SPELLING, rows.height)):
        names[at] = misspell(str(names[at]), float(draws.rng.random()))
    no_nik = pl.Series(draws.chance(_NO_NIK, rows.height))
    home = rows["village"].to_numpy()
    villages = np.array([one.name.upper() for one in place.villages])[home]
    above = np.array([place.subdistricts[one.code[:8]].upper() for one in place.villages])[home]
    wage = pl.col("segment") == "pu"
    group = pl.col("village").cast(pl.String).str.zfill(4)
    rows = rows.with_columns(
        nik_written=pl.when(no_nik).then(None).otherwise("nik"),
        name_written=pl.Series(names, dtype=pl.String).str.to_uppercase(),
        w_village=pl.Series(villages),
        w_subdistrict=pl.Series(above),
    )
    body = rows.select(
        pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias("no"),
        pl.when(wage).then(pl.lit("99PU") + group).otherwise(pl.lit("99BU") + group).alias("npp"),
        pl.when(wage).then(pl.lit("PEMERINTAH DESA ")).otherwise(pl.lit("WADAH PEKERJA "))
        + pl.col("w_village"),
        (pl.lit("99") + pl.col("entity").cast(pl.String).str.zfill(9)).alias("kpj"),
        "nik_written",
        "name_written",
        pl.col("birth_place").str.to_uppercase(),
        pl.col("birth_date").dt.strftime("%d-%m-%Y"),
        "sex",
        pl.when(wage).then(pl.lit("PU")).otherwise(pl.lit("BPU")).alias("segment_word"),
        pl.lit("JKK, JKM").alias("programme"),
        "w_village",
        "w_subdistrict",
        pl.date(pl.col("entity") % 3 + 2023, pl.col("entity") % 12 + 1, 1)
        .dt.strftime("%d-%m-%Y")
        .alias("since"),
        pl.lit("AKTIF").alias("status"),
    )
    widths = [6, 12, 30, 14, 20, 28, 18, 14, 8, 8, 12, 22, 22, 16, 10]
    book = Book(FILE, [Sheet("Peserta", body, [head(_COLUMNS)], widths=widths)])
    faults = pl.concat_list(
        pl.when(pl.col("nik_written").is_null()).then(pl.lit("nik_blank")),
        pl.when(pl.col("name_written") != pl.col("name").str.to_uppercase()).then(pl.lit("name")),
    ).list.drop_nulls()
    return book, rows.select(
        "entity",
        pl.int_range(2, pl.len() + 2, dtype=pl.Int64).alias("row"),
        "nik_written",
        "name_written",
        faults.alias("faults"),
    )
