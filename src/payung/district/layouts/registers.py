"""Exports of population registers: OpenSID's import form, SIAK, the population main book (BIP)."""

from __future__ import annotations

import polars as pl

from payung.district.layouts.common import Heading, head, nothing, numeric_nik, sex_short
from payung.district.sheets import Cell, Line, Sheet

_OPENSID: list[str] = [
    *(
        "alamat",
        "dusun",
        "rw",
        "rt",
        "nama",
        "no_kk",
        "nik",
        "sex",
        "tempatlahir",
        "tanggallahir",
        "agama_id",
    ),
    *(
        "pendidikan_kk_id",
        "pendidikan_sedang_id",
        "pekerjaan_id",
        "status_kawin",
        "kk_level",
        "warganegara_id",
    ),
    *("ayah_nik", "nama_ayah", "ibu_nik", "nama_ibu", "golongan_darah_id", "akta_lahir", "dokumen_pasport"),
    *("tanggal_akhir_paspor", "dokumen_kitas", "akta_perkawinan", "tanggalperkawinan", "akta_perceraian"),
    *("tanggalperceraian", "cacat_id", "cara_kb_id", "hamil", "ktp_el", "status_rekam", "alamat_sekarang"),
    *("status_dasar", "suku", "tag_id_card", "id_asuransi", "no_asuransi", "lat", "lng"),
]
_RELIGION_CODES = {"ISLAM": 1, "KRISTEN": 2, "HINDU": 4}
_SCHOOLING_CODES = {
    "TIDAK/BELUM SEKOLAH": 1,
    "TAMAT SD/SEDERAJAT": 3,
    "SLTP/SEDERAJAT": 4,
    "SLTA/SEDERAJAT": 5,
}
_LEVELS = {
    "head": (1, "KEPALA KELUARGA"),
    "husband": (2, "SUAMI"),
    "wife": (3, "ISTRI"),
    "child": (4, "ANAK"),
    "twin": (9, "FAMILI LAIN"),
}
_LEVEL_CODES = {level: code for level, (code, _) in _LEVELS.items()}
_LEVEL_WORDS = {level: words for level, (_, words) in _LEVELS.items()}


def _level() -> pl.Expr:
    """Return the place in the family, husband and wife told apart."""
    spouse = pl.when(pl.col("sex") == "L").then(pl.lit("husband")).otherwise(pl.lit("wife"))
    return pl.when(pl.col("relation") == "spouse").then(spouse).otherwise("relation")


def opensid(rows: pl.DataFrame, heading: Heading) -> Sheet:
    """OpenSID's import form: 43 columns of codes, data end at a line "###"."""
    filled = {
        "alamat": pl.lit("Jl. Trans Kalimantan No. ") + (pl.col("entity") % 90 + 1).cast(pl.String),
        "dusun": pl.lit("Handel Karya"),
        "rw": pl.col("rw_text"),
        "rt": pl.col("rt_text"),
        "nama": pl.col("w_name"),
        "no_kk": pl.col("kk"),
        "nik": pl.col("w_nik"),
        "sex": pl.when(pl.col("sex") == "L").then(1).otherwise(2),
        "tempatlahir": pl.col("w_place"),
        "tanggallahir": pl.col("birth_date")
        if heading.date_cells
        else pl.col("birth_date").dt.strftime("%Y-%m-%d"),
        "agama_id": pl.col("religion").replace_strict(_RELIGION_CODES, return_dtype=pl.Int64),
        "pendidikan_kk_id": pl.col("schooling").replace_strict(_SCHOOLING_CODES, return_dtype=pl.Int64),
        "pendidikan_sedang_id": pl.lit(18),
        "pekerjaan_id": pl.col("registry_code"),
        "status_kawin": pl.lit(2),
        "kk_level": _level().replace_strict(_LEVEL_CODES, return_dtype=pl.Int64),
        "warganegara_id": pl.lit(1),
        "nama_ibu": pl.col("w_mother"),
        "golongan_darah_id": pl.lit(13),
        "ktp_el": pl.lit(2),
        "status_rekam": pl.lit(3),
        "status_dasar": pl.col("w_status").replace_strict(
            {"alive": 1, "dead": 2, "moved": 3}, return_dtype=pl.Int64
        ),
    }
    body = rows.select(filled.get(name, nothing()).alias(name) for name in _OPENSID)
    below = [
        Line("plain", []),
        Line("plain", [None, "###", "Isi data penduduk di baris-baris di atas tanda ini."]),
        Line("plain", [None, None, "Catatan: kolom berkode mengikuti lembar Kode Data."]),
    ]
    widths = [26, 14, 6, 6, 28, 20, 20, 6, 16, 14]
    return Sheet("Data Penduduk", body, [head(_OPENSID)], below, {}, widths, numeric_nik(heading))


def opensid_codes(_: Heading) -> Sheet:
    """The sheet of codes behind OpenSID's form."""
    pairs: list[list[Cell]] = [
        ["LAKI-LAKI", 1, "ISLAM", 1],
        ["PEREMPUAN", 2, "KRISTEN", 2],
        [None, None, "KATHOLIK", 3],
        [None, None, "HINDU", 4],
    ]
    above = [Line("head", ["sex", "id", "agama_id", "id"]), *(Line("plain", cells) for cells in pairs)]
    return Sheet("Kode Data", pl.DataFrame(), above, widths=[16, 6, 16, 6])


_SIAK = (
    "Nomor KK",
    "NIK",
    "Nama Penduduk",
    "Status",
    "Tempat Lahir",
    "Tanggal Lahir",
    "Kelamin",
    "NIK Ayah",
    "Ayah",
    "NIK Ibu",
    "Ibu",
    "Status Kawin",
    "SHDK",
    "Agama",
    "Kecamatan",
    "Desa/Kel",
    "Alamat",
    "RW",
    "RT",
    "Pendidikan",
    "Pekerjaan",
    "Deskripsi Pekerjaan",
    "Gol. Darah",
    "Cacat",
    "Cetak KTP",
    "Petugas Entri",
    "Tgl Entri",
)


def siak(rows: pl.DataFrame, heading: Heading) -> Sheet:
    """An export of the civil registry: life status in words, RT and RW as numbers, "-" for nothing."""
    filled = {
        "Nomor KK": pl.col("kk"),
        "NIK": pl.col("w_nik"),
        "Nama Penduduk": pl.col("w_name").str.to_uppercase(),
        "Status": pl.col("w_status").replace_strict({"alive": "Hidup", "dead": "Mati", "moved": "Pindah"}),
        "Tempat Lahir": pl.col("w_place").str.to_lowercase(),
        "Tanggal Lahir": pl.col("birth_date"),
        "Kelamin": pl.col("sex_words"),
        "Ibu": pl.col("w_mother").str.to_uppercase(),
        "Status Kawin": pl.lit("Kawin"),
        "SHDK": _level().replace_strict(_LEVEL_WORDS).str.to_titlecase(),
        "Agama": pl.col("religion").str.to_titlecase(),
        "Kecamatan": pl.col("w_subdistrict").str.to_uppercase(),
        "Desa/Kel": pl.col("w_village").str.to_uppercase(),
        "Alamat": pl.lit("DSN. HANDEL"),
        "RW": pl.col("rw"),
        "RT": pl.col("rt"),
        "Pendidikan": pl.col("schooling").str.to_titlecase(),
        "Pekerjaan": pl.col("registry_job").str.to_titlecase(),
        "Deskripsi Pekerjaan": pl.col("job"),
        "Gol. Darah": pl.lit("Tdk Th"),
        "Petugas Entri": pl.lit("-"),
    }
    body = rows.select(filled.get(name, nothing()).alias(name) for name in _SIAK)
    numeric = frozenset({"NIK"}) if heading.numeric else frozenset[str]()
    widths = [20, 20, 28, 10, 16, 14, 12, 8, 12, 8, 18, 10, 18, 10, 16, 18, 16, 5, 5, 20, 22, 20]
    return Sheet("Sheet1", body, [head(_SIAK)], [], {}, widths, numeric)


_BIP_HEAD: list[str | None] = [
    *("No", "Nama Lengkap", "NIK", "Tempat dan Tanggal Lahir", None, "JK", "SHDK", "Agama", "Pendidikan"),
    *("Pekerjaan", "Nama Orang Tua Kandung", None),
]


def bip(rows: pl.DataFrame, heading: Heading) -> Sheet:
    """The population main book: area lines, two heading lines, column numbers read as -1 to -12, a line per family."""
    body = rows.select(
        no=pl.int_range(1, pl.len() + 1, dtype=pl.Int64),
        name=pl.col("w_name").str.to_uppercase(),
        nik=pl.col("w_nik") + pl.lit(" "),
        place=pl.col("w_place").str.to_uppercase(),
        born=pl.col("birth_date").dt.strftime("%d/%m/%Y"),
        sex=sex_short(),
        level=_level().replace_strict(_LEVEL_WORDS),
        religion=pl.col("religion"),
        schooling=pl.col("schooling"),
        job=pl.col("registry_job"),
        mother=pl.col("w_mother").str.to_uppercase(),
        father=pl.lit("-"),
    )
    width = body.width
    home = rows["household"]
    groups: dict[int, Line] = {}
    columns = ("kk", "rt_text", "rw_text", "name")
    for at in (home != home.shift(1)).fill_null(True).arg_true().to_list():
        kk, rt, rw, name = (rows[column][at] for column in columns)
        address = (
            f"Alamat : {heading.village.upper()}, RT {rt} RW {rw}, Nama Kepala Keluarga : {name.upper()}"
        )
        groups[at] = Line("group", [f"No. KK : {kk}   ", None, address, *[None] * (width - 3)])
    above = [
        Line("title", ["BUKU INDUK PENDUDUK WNI", *[None] * (width - 1)], [(0, width - 1)]),
        Line("plain", []),
        Line(
            "plain",
            [
                "PROVINSI",
                ":",
                f" {heading.province.upper()}",
                "KABUPATEN/KOTA  ",
                ":",
                _upper(heading.regency),
            ],
        ),
        Line(
            "plain",
            ["KECAMATAN", ":", _upper(heading.subdistrict), "DESA/KELURAHAN", ":", _upper(heading.village)],
        ),
        Line("plain", ["PERIODE/TANGGAL", ":", " 16-10-2026"]),
        Line("plain", []),
        Line(
            "head",
            [
                "No",
                "Nama Lengkap",
                "NIK",
                "Tempat dan Tanggal Lahir",
                None,
                "JK",
                "SHDK",
                "Agama",
                "Pendidikan",
                "Pekerjaan",
                "Nama Orang Tua Kandung",
                None,
            ],
            [(3, 4), (10, 11)],
        ),
        Line(
            "head",
            [
                None,
                None,
                None,
                "Tempat Lahir",
                "Tgl/Bln/Th",
                None,
                None,
                None,
                "Terakhir",
                None,
                "Ibu",
                "Ayah",
            ],
        ),
        Line("number", [-number for number in range(1, width + 1)]),
    ]
    tall = [(6, column, 7, column) for column in (0, 1, 2, 5, 6, 7, 9)]
    widths = [20, 28, 22, 18, 14, 6, 18, 12, 22, 24, 20, 20]
    return Sheet("BIP_Desa-Kel_1", body, above, [], groups, widths, frozenset(), tall)


def _upper(name: str) -> str:
    return f" {name.upper()}"
