"""Lists of office holders, office staff, and the social office's list."""

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

_APPARATUS = (
    "NO",
    "NAMA LENGKAP",
    "NIK",
    "TEMPAT, TANGGAL LAHIR",
    "L/P",
    "JABATAN",
    "NOMOR SK",
    "TMT",
    "AKHIR MASA JABATAN",
    "SILTAP/TUNJANGAN (Rp)",
    "NO HP",
)
_NEIGHBOURHOODS = (
    "No",
    "Nama",
    "NIK",
    "Tgl Lahir",
    "JK",
    "Jabatan",
    "RT",
    "RW",
    "No SK",
    "TMT",
    "Honor",
    "No HP",
)
_CUSTOMARY = (
    "NO",
    "NAMA",
    "NIK",
    "TTL",
    "L/P",
    "JABATAN",
    "DESA/KELURAHAN",
    "NO. SK",
    "TMT",
    "AKHIR JABATAN",
    "TUNJANGAN (Rp)",
    "NO. HP",
)
_NON_ASN = (
    "NO",
    "NIK",
    "NAMA PEGAWAI",
    "TEMPAT LAHIR",
    "TANGGAL LAHIR",
    "JENIS KELAMIN",
    "UNIT KERJA",
    "JABATAN",
    "NOMOR SK/KONTRAK",
    "TMT",
    "GAJI (Rp)",
    "NO. HP",
)
_DINSOS = (
    "NO",
    "NIK",
    "NO KK",
    "NAMA",
    "TANGGAL LAHIR",
    "JENIS KELAMIN",
    "ALAMAT",
    "DESA/KELURAHAN",
    "KECAMATAN",
    "PEKERJAAN",
    "DESIL DTSEN",
    "KELAS KESEJAHTERAAN",
    "DISABILITAS",
    "ADA ASN/TNI/POLRI DALAM KK",
    "KETERANGAN",
)
_SECTIONS = {
    "kepala_desa": "A. KEPALA DESA DAN PERANGKAT DESA",
    "perangkat_desa": "A. KEPALA DESA DAN PERANGKAT DESA",
    "bpd": "B. BADAN PERMUSYAWARATAN DESA (BPD)",
    "non_asn_desa": "C. TENAGA NON ASN DESA",
    "non_asn_kelurahan": "TENAGA NON ASN KELURAHAN",
}
_WELFARE = {1: "Miskin Ekstrem", 2: "Sangat Miskin", 3: "Miskin", 4: "Rentan Miskin", 5: "-", 6: "-"}


def _decree(mark: str) -> pl.Expr:
    number = (pl.col("entity") % 180 + 1).cast(pl.String)
    year = (pl.col("entity") % 7 + 2019).cast(pl.String)
    return pl.lit("188.45/") + number + pl.lit(f"/{mark}/") + year


def _since() -> pl.Expr:
    return pl.date(pl.col("entity") % 7 + 2019, pl.col("entity") % 12 + 1, pl.col("entity") % 28 + 1)


def _until(years: int) -> pl.Expr:
    return pl.date(pl.col("entity") % 7 + 2019 + years, pl.col("entity") % 12 + 1, pl.col("entity") % 28 + 1)


def apparatus(rows: pl.DataFrame, heading: Heading) -> Sheet:
    """Village head, staff and council with decree, dates of office and pay, in sections with a total."""
    body = counted(
        rows,
        name=pl.col("w_name"),
        nik=pl.col("w_nik"),
        born=pl.col("w_place_birth"),
        sex=pl.col("sex"),
        title=pl.col("title"),
        decree=_decree("KPTS"),
        since=_since(),
        until=_until(8),
        pay=pl.col("income"),
        phone=pl.col("w_phone"),
    )
    width = len(_APPARATUS)
    section = rows["category"].replace_strict(_SECTIONS, default="LAINNYA")
    changes = (section != section.shift(1)).fill_null(True).arg_true().to_list()
    groups = {at: Line("group", [section[at], *[None] * (width - 1)], [(0, width - 1)]) for at in changes}
    kind = heading.kind.upper()
    above = [
        *title(
            [
                f"DATA APARATUR PEMERINTAHAN {kind} {heading.village.upper()}",
                f"KECAMATAN {heading.subdistrict.upper()}",
            ],
            width,
        ),
        head(_APPARATUS),
        number_line(width),
    ]
    total = Line("total", ["JUMLAH", *[None] * (width - 3), int(body["pay"].sum() or 0), None])
    widths = [5, 28, 22, 32, 6, 28, 22, 14, 16, 18, 18]
    below = [total, *signature(width, heading.village, "Kepala Desa," if kind == "DESA" else "Lurah,")]
    return Sheet("Aparatur", body, above, below, groups, widths, numeric_nik(heading))


def neighbourhoods(rows: pl.DataFrame, heading: Heading) -> Sheet:
    """Heads of RT and RW with their honorarium."""
    body = counted(
        rows,
        name=pl.col("w_name"),
        nik=pl.col("w_nik"),
        born=birth(heading),
        sex=sex_short(),
        title=pl.col("title"),
        rt=pl.when(pl.col("category") == "ketua_rt").then("rt_text").otherwise(pl.lit("-")),
        rw=pl.col("rw_text"),
        decree=_decree("RT"),
        since=_since(),
        pay=pl.col("income"),
        phone=pl.col("w_phone"),
    )
    width = len(_NEIGHBOURHOODS)
    where = f"{heading.kind.upper()} {heading.village.upper()}"
    above = [*title([f"DAFTAR KETUA RT DAN RW {where}"], width), head(_NEIGHBOURHOODS)]
    total = total_line(width, 10, "Jumlah", body["pay"], len(above) + 1)
    return Sheet(
        "RT RW", body, above, [total], {}, [5, 28, 22, 18, 6, 14, 6, 6, 20, 14, 14, 18], numeric_nik(heading)
    )


def customary(rows: pl.DataFrame, heading: Heading) -> Sheet:
    """Damang, secretary and mantir of one sub-district."""
    body = counted(
        rows,
        name=pl.col("w_name"),
        nik=pl.col("w_nik"),
        born=pl.col("w_place_birth"),
        sex=pl.col("sex"),
        title=pl.col("title"),
        village=pl.col("w_village"),
        decree=_decree("ADAT"),
        since=_since(),
        until=_until(6),
        pay=pl.col("income"),
        phone=pl.col("w_phone"),
    )
    width = len(_CUSTOMARY)
    above = [
        *title(
            [
                "DAFTAR DAMANG KEPALA ADAT, SEKRETARIS DAN MANTIR",
                f"KECAMATAN {heading.subdistrict.upper()} {heading.regency_kind.upper()} {heading.regency.upper()}",
            ],
            width,
        ),
        head(_CUSTOMARY),
    ]
    widths = [5, 28, 22, 30, 6, 24, 22, 20, 14, 16, 16, 18]
    return Sheet(
        "Damang Mantir",
        body,
        above,
        signature(width, heading.subdistrict, "Camat,"),
        {},
        widths,
        numeric_nik(heading),
    )


def non_asn(rows: pl.DataFrame, heading: Heading) -> Sheet:
    """Staff of a sub-district office who are no civil servants."""
    body = counted(
        rows,
        nik=pl.col("w_nik"),
        name=pl.col("w_name"),
        place=pl.col("w_place"),
        born=birth(heading),
        sex=pl.col("sex_words"),
        unit=pl.lit(f"Kantor Kecamatan {heading.subdistrict}"),
        title=pl.col("title"),
        decree=_decree("KONTRAK"),
        since=_since(),
        pay=pl.col("income"),
        phone=pl.col("w_phone"),
    )
    above = [
        Line("title", [f"DAFTAR TENAGA NON ASN KANTOR KECAMATAN {heading.subdistrict.upper()}"]),
        Line("plain", []),
        head(_NON_ASN),
    ]
    total = total_line(len(_NON_ASN), 10, "TOTAL", body["pay"], len(above) + 1)
    widths = [5, 22, 28, 18, 14, 14, 30, 24, 22, 14, 16, 18]
    return Sheet("Non ASN", body, above, [total], {}, widths, numeric_nik(heading))


def dinsos(rows: pl.DataFrame, heading: Heading) -> Sheet:
    """The social office's list over many villages, with welfare decile and class."""
    body = counted(
        rows,
        nik=pl.col("w_nik"),
        kk=pl.col("kk"),
        name=pl.col("w_name"),
        born=birth(heading),
        sex=pl.col("sex_words"),
        address=pl.col("address"),
        village=pl.col("w_village").str.to_uppercase(),
        subdistrict=pl.col("w_subdistrict").str.to_uppercase(),
        job=pl.col("w_job"),
        decile=pl.col("decile"),
        welfare=pl.col("decile").replace_strict(_WELFARE, return_dtype=pl.String),
        disability=yes_no("disability"),
        official=yes_no("kk_asn"),
        note=pl.col("w_note"),
    )
    width = len(_DINSOS)
    above = [
        *title(
            [
                f"PEMERINTAH {heading.regency_kind.upper()} {heading.regency.upper()}",
                "DINAS SOSIAL",
                f"USULAN PEKERJA RENTAN BERDASARKAN DTSEN TAHUN {heading.year}",
            ],
            width,
        ),
        head(_DINSOS),
    ]
    widths = [5, 22, 22, 28, 14, 14, 18, 22, 20, 20, 8, 18, 12, 14, 20]
    return Sheet("Usulan DTSEN", body, above, [], {}, widths, numeric_nik(heading))
