"""Lists that a village makes by hand or on a form of the district."""

from __future__ import annotations

import polars as pl

from payung.district.layouts.common import (
    Heading,
    birth,
    counted,
    head,
    number_line,
    numeric_nik,
    sex_short,
    signature,
    title,
    total_line,
    yes_no,
)
from payung.district.sheets import Line, Sheet

_MANUAL = (
    "NO",
    "NAMA LENGKAP",
    "NIK",
    "TEMPAT, TGL LAHIR",
    "L/P",
    "ALAMAT RT/RW",
    "PEKERJAAN",
    "NAMA IBU KANDUNG",
    "NO HP",
    "KET",
)
_TEMPLATE = (
    "NO",
    "NIK",
    "NO KK",
    "NAMA LENGKAP",
    "TEMPAT LAHIR",
    "TANGGAL LAHIR",
    "JENIS KELAMIN (L/P)",
    "ALAMAT",
    "RT",
    "RW",
    "KODE DESA",
    "DESA/KELURAHAN",
    "KECAMATAN",
    "NO HP",
    "NAMA IBU KANDUNG",
    "PEKERJAAN",
    "PENGHASILAN PER BULAN (Rp)",
    "ADA ANGGOTA KK ASN/TNI/POLRI/BUMN/BUMD (YA/TIDAK)",
    "KETERANGAN",
)
_SEVERAL = (
    "No",
    "NIK",
    "Nama",
    "Tempat Lahir",
    "Tgl Lahir",
    "JK",
    "RT",
    "RW",
    "Pekerjaan",
    "Penghasilan (Rp)",
    "No. HP",
    "Keterangan",
)
_PLAIN = (
    "NO",
    "NAMA",
    "NIK",
    "JENIS KELAMIN",
    "TANGGAL LAHIR",
    "ALAMAT",
    "DESA",
    "KECAMATAN",
    "PEKERJAAN",
    "NO. HP",
)


def manual(rows: pl.DataFrame, heading: Heading) -> Sheet:
    """Title lines, a line of column numbers, rows under lines "RT 01", place and date in one cell, signatures."""
    body = counted(
        rows,
        name=pl.col("w_name"),
        nik=pl.col("w_nik"),
        born=pl.col("w_place_birth"),
        sex=pl.col("sex"),
        address=pl.col("address"),
        job=pl.col("w_job"),
        mother=pl.col("w_mother"),
        phone=pl.col("w_phone"),
        note=pl.col("w_note"),
    )
    width = len(_MANUAL)
    rt = rows["rt"]
    changes = (rt != rt.shift(1)).fill_null(True).arg_true().to_list()
    groups = {at: Line("group", [None, f"RT {rt[at]:02d}", *[None] * (width - 2)]) for at in changes}
    return Sheet(
        "Sheet1",
        body,
        [
            *title(
                [
                    "DAFTAR USULAN PEKERJA RENTAN PESERTA BPJS KETENAGAKERJAAN",
                    f"{heading.kind.upper()} {heading.village.upper()} KECAMATAN {heading.subdistrict.upper()}",
                    f"TAHUN ANGGARAN {heading.year}",
                ],
                width,
            ),
            head(_MANUAL),
            number_line(width),
        ],
        signature(width, heading.village, "Kepala Desa," if heading.kind == "Desa" else "Lurah,"),
        groups,
        [5, 28, 22, 32, 6, 18, 20, 22, 18, 18],
        numeric_nik(heading),
    )


def template(rows: pl.DataFrame, heading: Heading) -> Sheet:
    """The form of the district: heading in the first row, one fact a column, village code beside its name."""
    body = counted(
        rows,
        nik=pl.col("w_nik"),
        kk=pl.col("kk"),
        name=pl.col("w_name"),
        place=pl.col("w_place"),
        born=birth(heading),
        sex=pl.col("sex"),
        address=pl.lit("Jl. Desa"),
        rt=pl.col("rt_text"),
        rw=pl.col("rw_text"),
        code=pl.col("list_village_code"),
        village=pl.col("w_village"),
        subdistrict=pl.col("w_subdistrict"),
        phone=pl.col("w_phone"),
        mother=pl.col("w_mother"),
        job=pl.col("w_job"),
        income=pl.col("income"),
        official=yes_no("kk_asn"),
        note=pl.col("w_note"),
    )
    widths = [5, 20, 20, 28, 18, 14, 10, 14, 6, 6, 15, 20, 20, 18, 20, 20, 14, 16, 18]
    return Sheet("Daftar Usulan", body, [head(_TEMPLATE)], [], {}, widths, numeric_nik(heading))


def instructions(heading: Heading) -> Sheet:
    """The sheet in front of the form that says how to fill it in; no person stands on it."""
    lines = [
        "PETUNJUK PENGISIAN FORMULIR USULAN PESERTA",
        f"{heading.regency_kind} {heading.regency} Tahun {heading.year}",
        "",
        "1. Isi lembar 'Daftar Usulan', satu orang satu baris.",
        "2. NIK dan nomor KK 16 angka, ketik sebagai teks.",
        "3. Tanggal lahir ditulis hari-bulan-tahun.",
        "4. Penghasilan diisi rupiah per bulan, kosongkan bila tidak tahu.",
        "5. Jangan mengubah judul kolom.",
    ]
    above = [Line("title" if at == 0 else "plain", [text]) for at, text in enumerate(lines)]
    return Sheet("PETUNJUK", pl.DataFrame(), above, widths=[80])


def several(rows: pl.DataFrame, heading: Heading) -> Sheet:
    """One of several lists in a workbook, with a line of totals below."""
    body = counted(
        rows,
        nik=pl.col("w_nik"),
        name=pl.col("w_name"),
        place=pl.col("w_place"),
        born=birth(heading),
        sex=sex_short(),
        rt=pl.col("rt_text"),
        rw=pl.col("rw_text"),
        job=pl.col("w_job"),
        income=pl.col("income"),
        phone=pl.col("w_phone"),
        note=pl.col("w_note"),
    )
    width = len(_SEVERAL)
    above = [
        *title([f"DATA PEKERJA RENTAN {heading.kind.upper()} {heading.village.upper()}"], width),
        head(_SEVERAL),
    ]
    total = total_line(width, 9, "JUMLAH", body["income"], len(above) + 1)
    widths = [5, 22, 28, 18, 14, 6, 6, 6, 20, 16, 18, 20]
    return Sheet("Pekerja Rentan", body, above, [total], {}, widths, numeric_nik(heading))


def plain(rows: pl.DataFrame, heading: Heading) -> Sheet:
    """A plain list, as written with a free office programme."""
    body = counted(
        rows,
        name=pl.col("w_name"),
        nik=pl.col("w_nik"),
        sex=pl.col("sex_words"),
        born=birth(heading),
        address=pl.col("address"),
        village=pl.lit("Desa ") + pl.col("w_village"),
        subdistrict=pl.col("w_subdistrict").str.to_uppercase(),
        job=pl.col("w_job"),
        phone=pl.col("w_phone"),
    )
    above = [
        Line("plain", [f"Daftar Pekerja {heading.kind} {heading.village}"]),
        Line("plain", []),
        head(_PLAIN),
    ]
    return Sheet("Lembar1", body, above)
