"""`perlu-ditinjau.xlsx`: what a person has to look at, with both sides of every doubt and a place to answer."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from payung.papers.tables import Column, Table, write_workbook

PAIR_SHEET, DECIDED_SHEET = "Pasangan", "Sudah diputuskan"
ANSWER_WORDS = {"same": "sama", "different": "beda"}
ANSWER_HEADING = "KEPUTUSAN (sama/beda)"
CODE_HEADING = "KODE PASANGAN"
_SIDE = (
    ("name", "NAMA", 26),
    ("nik", "NIK", 19),
    ("birth_date_text", "TANGGAL LAHIR", 13),
    ("village", "DESA", 18),
    ("file", "BERKAS", 30),
    ("row", "BARIS", 8),
)
PAIR_COLUMNS: tuple[Column, ...] = (
    Column("number", "NO", "number", 6),
    Column("kind_text", "PERTANYAAN", width=34),
    *(Column(f"left_{name}", f"A: {heading}", width=width) for name, heading, width in _SIDE),
    *(Column(f"right_{name}", f"B: {heading}", width=width) for name, heading, width in _SIDE),
    Column("probability", "KEMUNGKINAN SAMA", "share", 13),
    Column("why", "MENGAPA", width=70),
    Column("answer", ANSWER_HEADING, width=22),
    Column("code", CODE_HEADING, width=44),
)
DECIDED_COLUMNS: tuple[Column, ...] = (
    Column("number", "NO", "number", 6),
    *(Column(f"left_{name}", f"A: {heading}", width=width) for name, heading, width in _SIDE),
    *(Column(f"right_{name}", f"B: {heading}", width=width) for name, heading, width in _SIDE),
    Column("answer", ANSWER_HEADING, width=22),
    Column("code", CODE_HEADING, width=44),
    Column("by", "DIJAWAB DI", width=26),
)
PERSON_COLUMNS: tuple[Column, ...] = (
    Column("number", "NO", "number", 6),
    Column("name", "NAMA LENGKAP", width=28),
    Column("nik", "NIK", width=19),
    Column("birth_date_text", "TANGGAL LAHIR", width=13),
    Column("village_name", "DESA/KELURAHAN", width=20),
    Column("district_name", "KECAMATAN", width=18),
    Column("category", "KATEGORI", width=18),
    Column("file", "BERKAS", width=30),
    Column("row", "BARIS", "number", 8),
    Column("code", "KODE", width=16),
    Column("reason", "YANG PERLU DILAKUKAN", width=90),
)


def write_review_list(
    path: Path, people: pl.DataFrame, pairs: pl.DataFrame, differing: pl.DataFrame, decided: pl.DataFrame
) -> None:
    """Write people who wait, pairs to be compared, people whose lists contradict each other, and earlier answers."""
    empty = [name for name in (column.name for column in DECIDED_COLUMNS) if name not in decided.columns]
    decided = decided.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in empty)
    write_workbook(
        path,
        [
            Table(
                "Orang",
                "Orang yang perlu ditinjau",
                "Belum dipilih dan belum ditolak: seseorang harus melihatnya lebih dulu.",
                PERSON_COLUMNS,
                people.with_row_index("number", offset=1),
            ),
            Table(
                PAIR_SHEET,
                "Orang yang sama atau bukan?",
                "Bandingkan A dan B, isi kolom KEPUTUSAN, lalu jalankan lagi dengan --answers berkas ini.",
                PAIR_COLUMNS,
                pairs.with_row_index("number", offset=1).with_columns(
                    pl.lit(None, dtype=pl.String).alias("answer")
                ),
            ),
            Table(
                "Data berbeda",
                "Orang yang datanya berbeda di beberapa daftar",
                "Yang dipakai adalah baris terlengkap; betulkan daftar yang keliru.",
                PERSON_COLUMNS,
                differing.with_row_index("number", offset=1),
            ),
            Table(
                DECIDED_SHEET,
                "Pasangan yang sudah dijawab",
                "Tidak ditanyakan lagi; ubah jawabannya di sini bila keliru. Berkas ini cukup untuk --answers nanti.",
                DECIDED_COLUMNS,
                decided.drop("number", strict=False).with_row_index("number", offset=1),
            ),
        ],
    )
