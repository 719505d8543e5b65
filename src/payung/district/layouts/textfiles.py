"""Lists that leave a programme as separated text."""

from __future__ import annotations

import polars as pl

from payung.district.layouts.common import Heading, head, nothing
from payung.district.sheets import Sheet

_SUDES = (
    "No",
    "NIK",
    "Nama",
    "No Kartu Keluarga",
    "Jenis Kelamin",
    "Tempat Lahir",
    "Tanggal Lahir",
    "Agama",
    "Golongan Darah",
    "Status Perkawinan",
    "Pekerjaan",
    "Pendidikan",
    "Nama Ayah",
    "Nama Ibu",
    "Nomor HP",
    "RT",
    "RW",
    "Dusun",
    "Alamat (jalan/kampung)",
    "Desa",
    "Kecamatan",
    "Kabupaten",
    "Status Warga",
    "Tanggal Status",
    "Keterangan",
    "Jumlah Surat",
)
_SEMICOLON = (
    "No",
    "NIK",
    "Nama",
    "No Kartu Keluarga",
    "Jenis Kelamin",
    "Tempat Lahir",
    "Tanggal Lahir",
    "Pekerjaan",
    "Nama Ibu",
    "Nomor HP",
    "RT",
    "RW",
    "Desa",
    "Kecamatan",
    "Kabupaten",
    "Keterangan",
)
_OPENDK: list[str] = [
    *("desa_id", "nomor_nik", "nomor_kk", "nama", "jenis_kelamin", "tempat_lahir", "tanggal_lahir", "agama"),
    *(
        "pendidikan_dlm_kk",
        "pekerjaan",
        "kawin",
        "hubungan_keluarga",
        "kewarganegaraan",
        "nama_ayah",
        "nama_ibu",
    ),
    *("cacat", "alamat", "dusun", "rw", "rt", "status_dasar"),
]


def _number() -> pl.Expr:
    return pl.int_range(1, pl.len() + 1, dtype=pl.Int64)


def sudes(rows: pl.DataFrame, heading: Heading) -> Sheet:
    """Export of a village programme: comma, UTF-8 with byte order mark, 26 columns."""
    status = {"alive": "Aktif", "dead": "Meninggal", "moved": "Pindah"}
    filled = {
        "No": _number(),
        "NIK": pl.col("w_nik"),
        "Nama": pl.col("w_name"),
        "No Kartu Keluarga": pl.col("kk"),
        "Jenis Kelamin": pl.col("sex_words"),
        "Tempat Lahir": pl.col("w_place"),
        "Tanggal Lahir": pl.col("w_birth"),
        "Agama": pl.col("religion"),
        "Status Perkawinan": pl.lit("Kawin"),
        "Pekerjaan": pl.col("w_job"),
        "Pendidikan": pl.col("schooling"),
        "Nama Ibu": pl.col("w_mother"),
        "Nomor HP": pl.col("w_phone"),
        "RT": pl.col("rt"),
        "RW": pl.col("rw"),
        "Desa": pl.col("w_village"),
        "Kecamatan": pl.col("w_subdistrict"),
        "Kabupaten": pl.lit(heading.regency),
        "Status Warga": pl.col("w_status").replace_strict(status),
        "Jumlah Surat": pl.lit(0),
    }
    return Sheet("", rows.select(filled.get(name, nothing()).alias(name) for name in _SUDES), [head(_SUDES)])


def semicolon(rows: pl.DataFrame, heading: Heading) -> Sheet:
    """What Excel saves in Indonesia: semicolons, an old one-byte encoding, dates with slashes."""
    filled = {
        "No": _number(),
        "NIK": pl.col("w_nik"),
        "Nama": pl.col("w_name"),
        "No Kartu Keluarga": pl.lit("'") + pl.col("kk"),
        "Jenis Kelamin": pl.col("sex"),
        "Tempat Lahir": pl.col("w_place"),
        "Tanggal Lahir": pl.col("birth_date").dt.strftime("%d/%m/%Y"),
        "Pekerjaan": pl.col("w_job"),
        "Nama Ibu": pl.col("w_mother"),
        "Nomor HP": pl.col("w_phone"),
        "RT": pl.col("rt_text"),
        "RW": pl.col("rw_text"),
        "Desa": pl.col("w_village").str.replace_all("'", "’"),
        "Kecamatan": pl.col("w_subdistrict"),
        "Kabupaten": pl.lit(heading.regency),
    }
    return Sheet(
        "", rows.select(filled.get(name, nothing()).alias(name) for name in _SEMICOLON), [head(_SEMICOLON)]
    )


def opendk(rows: pl.DataFrame, _: Heading) -> Sheet:
    """The sub-district programme's import: slugged headings, dotted village codes, numbers for sex and status."""
    filled = {
        "desa_id": pl.col("list_village_code"),
        "nomor_nik": pl.col("w_nik"),
        "nomor_kk": pl.col("kk"),
        "nama": pl.col("w_name"),
        "jenis_kelamin": pl.when(pl.col("sex") == "L").then(1).otherwise(2),
        "tempat_lahir": pl.col("w_place"),
        "tanggal_lahir": pl.col("birth_date").dt.strftime("%Y-%m-%d"),
        "agama": pl.col("religion"),
        "pendidikan_dlm_kk": pl.col("schooling"),
        "pekerjaan": pl.col("registry_job"),
        "nama_ibu": pl.col("w_mother"),
        "rw": pl.col("rw_text"),
        "rt": pl.col("rt_text"),
        "status_dasar": pl.col("w_status").replace_strict(
            {"alive": 1, "dead": 2, "moved": 3}, return_dtype=pl.Int64
        ),
    }
    return Sheet(
        "", rows.select(filled.get(name, nothing()).alias(name) for name in _OPENDK), [head(_OPENDK)]
    )
