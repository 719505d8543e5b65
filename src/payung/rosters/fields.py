"""What a heading can mean: the fields, and the words by which lists call them.

The names are those of the collected layouts (thirty real ones); a few are added for columns that say two
things at once. Words are written as :func:`payung.rosters.headings.plain` leaves them: lower case, no
punctuation, ``nomor`` as ``no``, ``tanggal`` as ``tgl`` and so on.
"""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Final

import yaml

PERSON: Final = ("name", "nik", "household_head", "kpj")  # a list of people has at least one of these

# fields of cells that hold two identifiers each: known by their cells, not by a heading
JOINED: Final = {"nik_kk": ("nik", "kk"), "kk_nik": ("kk", "nik"), "name_nik": ("name", "nik")}


def _load() -> dict[str, tuple[str, ...]]:
    text = files(__package__).joinpath("fields.yaml").read_text("utf-8")
    return {field: tuple(phrases) for field, phrases in yaml.load(text, yaml.CSafeLoader).items()}


# field -> phrases that mean it, whole heading
PHRASES: Final[dict[str, tuple[str, ...]]] = _load()

# headings that hold one of the words above and mean something else
OTHER: Final = re.compile(
    r"\basal\b|paspor|pasport|kitas|\bkb\b|hamil|petugas|entri|persil|pupuk|kios|penyuluh|akta (kawin|cerai|perkawinan)"
    r"|akta (perceraian)|tgl (kwn|cerai|ubah|status|perkawinan|perceraian|surat)|surat|perusahaan|iuran.*\btk$|username"
    r"|ca$|^bpu$|^total j|total iuran|selisih|tindak|foto|tanda tangan|^ttd|paraf|sumber file|source|timestamp"
    r"|berlaku|rekam|tag id|^ktp (el|berakhir)|(cetak|ganti) ktp|diangkat|^jumlah (?!art|anggota|iuran|bayar"
    r"|jam|tanggungan|rp)"
    r"|persentase|tingkat pen|tingkat partisipasi|kelas$|persil|migrasi|alasan|instansi|npwp|sertifikat"
    r"|diklat|legalitas"
)

# headings that speak of somebody beside the person, or of what held before: a column without these words is better
ASIDE: Final = re.compile(
    r"\b(pendamping|penanggung jawab|pj|wali(?! nagari)|saksi|pendata|koordinator|ketua kelompok|domisili|lama|salah"
    r"|sebelumnya|semula)\b"
)

_RELATIVES = "istri|isteri|suami|pasangan|anak(?! buah)|bayi|balita|ortu|orang tua|mertua|ahli waris"
_SERVANTS = "asn|pns|tni|polri|bumn|bumd|pegawai negeri"
# parts of headings, tried where no phrase fits, in this order
PARTS: Final[tuple[tuple[str, str], ...]] = (
    ("student_no", r"\b(nisn|nuptk|npsn)\b|\binduk siswa\b"),
    ("father_nik", r"\bnik\b.*\b(ayah|bapak)\b"),
    ("mother_nik", r"\bnik\b.*\b(ibu)\b"),
    ("heir_nik", r"\b(nik|no ktp)\b(?!.*\b(hubungan|hub)\b).*\bwaris\b|\bwaris\b.*\b(nik|no ktp)\b"),
    ("other", r"\bnik\b.*\b(istri|suami|pasangan|anak)\b"),
    ("heir_relation", r"\b(hubungan|hub)\b.*\bwaris\b|\bwaris\b.*\b(hubungan|hub)\b"),
    ("heir_phone", r"\b(hp|wa|telp|telepon|kontak)\b.*\bwaris\b|\bwaris\b.*\b(hp|wa|telp|telepon|kontak)\b"),
    (
        "other",
        (
            r"\b(lahir|kelamin|umur|usia|pekerjaan|alamat|ktp|kk|pendidikan|agama|jk|desa|rt|rw)\b.*\bwaris\b"
            r"|\bwaris\b.*\b(lahir|kelamin|umur|usia|pekerjaan|alamat|ktp|kk|pendidikan|agama|jk|desa|rt|rw)\b"
        ),
    ),
    ("heir", r"\b(ahli waris|waris)\b"),
    (
        "household_official",
        (
            rf"\b({_SERVANTS})\b.*\b(kk|keluarga|serumah)\b|\b(kk|keluarga|serumah|tanggungan|suami|istri|pasangan|ortu)\b.*\b({_SERVANTS})\b"
            rf"|^(ada )?({_SERVANTS})( ({_SERVANTS}))*( ya tidak)?$"
        ),
    ),
    (
        "other",
        rf"\b(nik|ktp|lahir|kelamin|umur|usia|pekerjaan|profesi|alamat|hp|wa|telp|telepon)\b.*\b({_RELATIVES})\b",
    ),
    (
        "other",
        r"\bnama\b(?!.*\banggota\b).*\b(istri|suami|pasangan|anak|bank|perusahaan|usaha|kelompok|toko|barang)\b",
    ),
    ("birth_place_date", r"\b(tempat|tpt)\b.*\btgl\b|\bttl\b"),
    ("birth_date", r"\b(tgl|tahun|hari)\b.*\b(lahir|kelahiran)\b"),
    ("birth_place", r"\b(tempat|kota|kab|daerah)\b.*\b(lahir|kelahiran)\b"),
    ("kpj", r"\bkpj\b|\bno\b.*\b(bpjs ?tk|bpjs ketenagakerjaan|jamsostek)\b"),
    ("bpjs_kes", r"\b(jkn|kis|bpjs kes\w*)\b"),
    ("other", r"\b(belum|blm|tidak|bukan)\b.*\b(jamsostek|bpjamsostek|bpjs|jamsos)\b"),
    (
        "bpjstk_flag",
        (
            r"\b(jamsostek|bpjamsostek|bp jamsostek|bpjs ?tk|bpjs (ketenagakerjaan|tenaga kerja|naker|ketenaga kerjaan)"
            r"|bpjs jamsostek|jaminan sosial (ketenagakerjaan|tenaga kerja|naker)"
            r"|jamsos ?(ketenagakerjaan|tenaga kerja|naker|tk)"
            r"|jkk jkm)\b"
        ),
    ),
    ("kk", r"\bno\b.*\b(kk|kartu keluarga)\b"),
    ("nik", r"\bnik\b|\bktp\b.*\bno\b|\bno\b.*\bktp\b|induk kependudukan"),
    ("mother", r"\bibu\b(?!.*\b(pekerja|peserta|kader|hamil)\b)"),
    ("father", r"\b(ayah|bapak)\b"),
    ("household_head", r"\bnama\b.*\b(kepala keluarga|krt)\b"),
    (
        "name",
        (
            r"^nama\b.*\b(lengkap|ktp|peserta|pekerja|warga|penduduk|calon|anggota|tenaga|penerima|petani|nelayan"
            r"|aparat\w*)\b|\bnama lengkap\b"
        ),
    ),
    ("sex", r"\bkelamin\b"),
    ("address_current", r"\balamat\b.*\b(domisili|sekarang)\b"),
    ("email", r"e ?mail"),
    ("address", r"\balamat\b"),
    ("disability", r"\b(disabilitas|difabel|cacat)\b"),
    ("rt_rw", r"\brt\b.*\brw\b"),
    ("job_desc", r"\b(uraian|deskripsi|rincian)\b.*\bpekerjaan\b"),
    ("work_place", r"\b(lokasi|tempat)\b.*\b(kerja|bekerja|pekerjaan|usaha)\b"),
    ("job_status", r"\bstatus\b.*\bpekerjaan\b"),
    ("job", r"\b(pekerjaan|profesi|mata pencaharian)\b"),
    ("position", r"\bjabatan\b"),
    ("phone", r"\b(hp|handphone|ponsel|whatsapp|wa|telp|telepon|tlp|kontak)\b"),
    ("income", r"\b(penghasilan|pendapatan|siltap|tunjangan|insentif|honorarium|gaji|honor|thp)\b"),
    ("wage", r"\bupah\b"),
    ("village_code", r"\bkode\b.*\b(desa|kel|kelurahan)\b"),
    ("district_code", r"\bkode\b.*\b(kecamatan|kec)\b"),
    ("regency_code", r"\bkode\b.*\b(kab|kabupaten|kota)\b"),
    ("province_code", r"\bkode\b.*\b(prov|provinsi)\b"),
    ("land_area", r"\bluas\b"),
    ("commodity", r"\bkomoditas\b"),
    ("relation", r"\bhubungan\b.*\bkeluarga\b"),
    ("marital", r"\b(kawin|nikah|perkawinan)\b"),
    ("education", r"\b(pendidikan|ijazah)\b"),
    ("decile", r"\bdesil\b"),
    ("village", r"^(nama )?(desa|kelurahan)\b"),
    ("district", r"^(nama )?(kecamatan|kec)\b"),
    ("regency", r"^(nama )?(kabupaten|kab)\b"),
    ("iuran_jht", r"\biuran\b.*\bjht\b"),
    ("iuran_jkk", r"\biuran\b.*\bjkk\b"),
    ("iuran_jkm", r"\biuran\b.*\bjkm\b"),
    ("age", r"\b(umur|usia)\b"),
    ("category", r"\b(kategori|ppks|pmks)\b"),
    ("note", r"^ket\b|\b(keterangan|catatan)\b"),
    (
        "name",
        r"^nama\b(?!.*\b(jalan|dusun|desa|kota|wilayah|instansi|sekolah|program|kegiatan|penyakit|bantuan|obat)\b)",
    ),
)

# fields that a listing is made of; they are given to one column only, the best one
CORE: Final = frozenset(
    [
        "nik",
        "kk",
        "kpj",
        "name",
        "birth_date",
        "birth_place",
        "birth_place_date",
        "sex",
        "mother",
        "phone",
        "email",
        "heir",
        "heir_nik",
        "heir_relation",
        "heir_phone",
        "address",
        "rt",
        "rw",
        "rt_rw",
        "village",
        "village_code",
        "district",
        "district_code",
        "job",
        "position",
        "category",
        "income",
        "wage",
        "segment",
        "disability",
        "decile",
        "welfare",
        "household_official",
        "life_status",
        "household_head",
        "father",
        "hamlet",
        "regency",
        "province",
        "relation",
        "age",
        "note",
        "status",
    ]
)
