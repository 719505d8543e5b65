"""`ringkasan.xlsx`: the run on one page, then village by village, file by file, reason by reason."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from payung.papers.tables import Column, Table, write_workbook

VILLAGE_COLUMNS: tuple[Column, ...] = (
    Column("village_code", "KODE DESA", width=15),
    Column("village_name", "DESA/KELURAHAN", width=22),
    Column("district_name", "KECAMATAN", width=20),
    Column("rows", "BARIS", "number", 9),
    Column("rows_returned", "BARIS DIKEMBALIKAN", "number", 14),
    Column("people", "ORANG", "number", 9),
    Column("insured", "SUDAH TERLINDUNGI", "number", 14),
    Column("unprotected", "BELUM TERLINDUNGI", "number", 14),
    Column("chosen", "TERPILIH", "number", 10),
    Column("reserve", "CADANGAN", "number", 10),
    Column("review", "DITINJAU", "number", 10),
    Column("refused", "TIDAK MEMENUHI", "number", 12),
    Column("returned", "DIKEMBALIKAN", "number", 14),
    Column("cost", "IURAN", "money", 16),
)
FILE_COLUMNS: tuple[Column, ...] = (
    Column("file", "BERKAS", width=44),
    Column("read", "DIBACA", "number", 10),
    Column("accepted", "DITERIMA", "number", 10),
    Column("noted", "DENGAN CATATAN", "number", 12),
    Column("returned", "DIKEMBALIKAN", "number", 14),
    Column("corrected", "BUKU PERBAIKAN", width=50),
)
REASON_COLUMNS: tuple[Column, ...] = (
    Column("code", "KODE", width=24),
    Column("rows", "BARIS", "number", 10),
    Column("people", "ORANG", "number", 10),
    Column("meaning", "ARTI", width=80),
)
FIGURE_COLUMNS: tuple[Column, ...] = (
    Column("label", "KETERANGAN", width=44),
    Column("value", "NILAI", width=60),
)
RULE_COLUMNS: tuple[Column, ...] = (
    Column("name", "ATURAN", width=28),
    Column("title", "ARTI", width=46),
    Column("basis", "DASAR", width=60),
    Column("used", "DIPAKAI", width=10),
    Column("refused", "ORANG DITOLAK", "number", 14),
)


def write_summary(
    path: Path,
    *,
    figures: pl.DataFrame,
    villages: pl.DataFrame,
    files: pl.DataFrame,
    reasons: pl.DataFrame,
    rules: pl.DataFrame,
) -> None:
    """Write the summary; every frame has the columns of its table above."""
    write_workbook(
        path,
        [
            Table("Ringkasan", "Ringkasan", "Dari daftar desa sampai usulan.", FIGURE_COLUMNS, figures),
            Table(
                "Per desa",
                "Per desa dan kelurahan",
                "Orang dihitung sekali, di desa barisnya yang terbaik; satu orang satu keadaan.",
                VILLAGE_COLUMNS,
                villages,
            ),
            Table(
                "Per berkas",
                "Per berkas",
                "Dibaca = diterima + dengan catatan + dikembalikan.",
                FILE_COLUMNS,
                files,
            ),
            Table("Alasan", "Alasan", "Berapa baris dan orang per alasan.", REASON_COLUMNS, reasons),
            Table(
                "Aturan",
                "Aturan kelayakan",
                "Setiap aturan dapat dimatikan dengan --without.",
                RULE_COLUMNS,
                rules,
            ),
        ],
    )
