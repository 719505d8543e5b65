"""`usulan.xlsx` and `cadangan.xlsx`: whom to enrol, and who follows, in the columns that the insurer asks for."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from payung.papers.tables import Column, Table, write_workbook

# The minimal columns of a BPU proposal, then what the decree and its reader need.
ENROLMENT_COLUMNS: tuple[Column, ...] = (
    Column("list_place", "NO", "number", 6),
    Column("nik", "NIK", width=19),
    Column("name", "NAMA LENGKAP", width=28),
    Column("birth_place", "TEMPAT LAHIR", width=18),
    Column("birth_date_text", "TANGGAL LAHIR", width=14),
    Column("sex", "JENIS KELAMIN", width=9),
    Column("address", "ALAMAT", width=28),
    Column("rt", "RT", width=6),
    Column("rw", "RW", width=6),
    Column("village_code", "KODE DESA", width=15),
    Column("village_name", "DESA/KELURAHAN", width=20),
    Column("district_name", "KECAMATAN", width=18),
    Column("phone", "NO HP", width=16),
    Column("email", "EMAIL", width=24),
    Column("mother", "NAMA IBU KANDUNG", width=20),
    Column("occupation", "KODE PEKERJAAN", width=20),
    Column("job", "PEKERJAAN", width=20),
    Column("work_place", "LOKASI KERJA", width=16),
    Column("income", "PENGHASILAN (DASAR IURAN)", "money", 16),
    Column("programmes", "PROGRAM", width=11),
    Column("start_text", "MULAI PERIODE (BLTH)", width=12),
    Column("source", "SUMBER DANA", width=12),
    Column("heir_name", "AHLI WARIS", width=24),
    Column("heir_nik", "NIK AHLI WARIS", width=19),
    Column("heir_relation", "HUBUNGAN AHLI WARIS", width=18),
    Column("heir_phone", "HP AHLI WARIS", width=16),
    Column("segment_text", "SEGMEN", width=8),
    Column("category", "KATEGORI", width=18),
    Column("first_month", "IURAN BULAN PERTAMA", "money", 13),
    Column("cost", "IURAN SELURUH PERIODE", "money", 14),
    Column("reason", "ALASAN", width=90),
)


def write_enrolment_file(path: Path, chosen: pl.DataFrame) -> None:
    """Write the people to enrol; the header is row 1, so that the file can be uploaded as it is."""
    table = Table("Usulan", "", "", ENROLMENT_COLUMNS, _with_empty_columns(chosen), plain=True)
    write_workbook(path, [table])


def write_reserve_list(path: Path, reserve: pl.DataFrame) -> None:
    """Write the reserve, in the order in which people move up."""
    table = Table("Cadangan", "", "", ENROLMENT_COLUMNS, _with_empty_columns(reserve), plain=True)
    write_workbook(path, [table])


def _with_empty_columns(people: pl.DataFrame) -> pl.DataFrame:
    """Add the columns that no roster has, empty: they are asked for later."""
    missing = [column.name for column in ENROLMENT_COLUMNS if column.name not in people.columns]
    return people.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in missing)
