"""Headings that were not collected, as villages could write them."""

from __future__ import annotations

import pytest

from payung.rosters.headings import meaning, plain
from payung.rosters.mapping import read_heading

HEADINGS = {
    "nik": (
        "NIK Anggota",
        "No. NIK",
        "NIK / No. KTP",
        "Nomor Induk Kependudukan (NIK)",
        "NO.KTP/NIK",
        "NIK (16 DIGIT)",
        "Nomor NIK KTP",
        "NO IDENTITAS (KTP)",
        "nik_ktp",
        "NIK*",
        "No Induk Kependudukan",
        "NIK PESERTA (16 digit)",
        "Nik Warga",
        "NIK Penerima",
    ),
    "kk": ("NO. KK", "Nomor Kartu Keluarga", "NO KK (16 digit)", "No_KK", "No.Kartu Keluarga (KK)", "KK/NKK"),
    "name": (
        "NAMA PESERTA",
        "Nama Calon Peserta",
        "NAMA LENGKAP SESUAI KTP",
        "Nama (sesuai KTP)",
        "NAMA WARGA",
        "Nama Pekerja Rentan",
        "Nama Lengkap (tanpa gelar)",
        "NAMA KETUA RT",
        "NAMA APARATUR DESA",
        "Nama Tenaga Kerja",
        "Nama Anggota Kelompok",
        "NAMA/ALIAS",
        "Nama Buruh Tani",
        "Nama Lengkap*",
        "NAMA DAMANG",
        "NAMA MANTIR",
        "nama_lengkap",
        "NAMA PENERIMA MANFAAT",
    ),
    "birth_place": (
        "Tmp Lahir",
        "Tempat Lhr",
        "TEMPAT KELAHIRAN",
        "Tmpt. Lahir",
        "Kab. Lahir",
        "Kota/Kab Lahir",
    ),
    "birth_date": (
        "TGL. LAHIR",
        "Tgl Lhr",
        "Tanggal Lahir (dd/mm/yyyy)",
        "TGL/BLN/THN LAHIR",
        "Tanggal lahir (HH-BB-TTTT)",
        "tgl_lahir",
        "TANGGAL LAHIR*",
        "Tgl.Lahir (tgl/bln/thn)",
    ),
    "birth_place_date": (
        "Tempat & Tanggal Lahir",
        "Tempat/Tgl Lahir",
        "TTL",
        "TEMPAT TANGGAL LAHIR",
        "Tempat, Tgl. Lahir",
        "TMP/TGL LAHIR",
        "Tempat dan Tgl Lahir",
        "TEMPAT/TANGGAL LAHIR",
        "T.T.L",
    ),
    "sex": (
        "JENIS KELAMIN (L/P)",
        "JK (L/P)",
        "Jenis Kelamin",
        "L / P",
        "Jns Kelamin",
        "J/K",
        "Kelamin",
        "Gender",
        "Jenis Klamin",
        "LK/PR",
        "L/P",
    ),
    "mother": (
        "Nama Ibu",
        "NAMA IBU KANDUNG",
        "Ibu Kandung",
        "Nama Gadis Ibu Kandung",
        "Nama Ibu Kandung*",
        "IBU",
    ),
    "phone": (
        "No. HP/WA",
        "NO TELP/HP",
        "Nomor HP Aktif",
        "No. Handphone",
        "TELEPON",
        "No Telepon/HP",
        "No.HP",
        "NOMOR WHATSAPP",
        "No. Hp / Wa",
        "Kontak (HP)",
        "NOMOR PONSEL",
    ),
    "address": (
        "ALAMAT TEMPAT TINGGAL",
        "Alamat Lengkap",
        "ALAMAT (RT/RW)",
        "Alamat sesuai KTP",
        "Alamat KTP",
        "Alamat Rumah",
        "Alamat Dusun/RT/RW",
        "ALAMAT LENGKAP SESUAI KTP",
    ),
    "rt": ("RT", "No. RT", "R T", "rt"),
    "rw": ("RW", "R W", "No RW"),
    "rt_rw": ("RT/RW", "RT / RW", "RT-RW", "RT & RW"),
    "village": (
        "DESA/KEL",
        "Desa/Kelurahan",
        "NAMA DESA",
        "Kelurahan/Desa",
        "Kel/Desa",
        "DESA",
        "Kel.",
        "Desa / Kelurahan Domisili",
    ),
    "district": ("KEC", "Kecamatan", "KEC.", "NAMA KECAMATAN"),
    "regency": ("KAB/KOTA", "Kabupaten", "Kab."),
    "job": (
        "JENIS PEKERJAAN",
        "Pekerjaan saat ini",
        "PEKERJAAN UTAMA",
        "Mata Pencaharian",
        "Pekerjaan/Profesi",
        "Jenis Usaha/Pekerjaan",
        "Bidang Pekerjaan",
        "PEKERJAAN*",
    ),
    "position": ("JABATAN", "Jabatan dalam Pemerintahan Desa", "JABATAN ADAT", "Nama Jabatan"),
    "income": (
        "PENGHASILAN",
        "Penghasilan/Bulan",
        "Penghasilan per Bulan (Rp)",
        "Rata-rata Penghasilan",
        "SILTAP (Rp)",
        "GAJI/BULAN",
        "Gaji per bulan",
        "GAJI POKOK",
        "Honor per Bulan",
        "BESARAN HONOR",
        "HONOR (Rp)",
        "TUNJANGAN",
        "TUNJANGAN (Rp)",
        "INSENTIF/BLN",
        "Honor/bulan",
        "Pendapatan per bulan",
        "Upah/Penghasilan",
    ),
    "disability": ("DISABILITAS", "Disabilitas (Ya/Tidak)", "Penyandang Disabilitas", "Ragam Disabilitas"),
    "decile": ("DESIL", "Desil DTSEN", "Desil (1-10)", "Peringkat Kesejahteraan (Desil)"),
    "note": ("KET", "KETERANGAN", "Ket.", "Catatan", "KETERANGAN LAIN-LAIN"),
    "kpj": (
        "NO KPJ",
        "Nomor KPJ",
        "No. KPJ BPJS TK",
        "No Peserta BPJS Ketenagakerjaan",
        "Nomor Peserta BPJS TK",
        "KPJ",
    ),
    "segment": ("SEGMEN", "Segmen Kepesertaan", "Jenis Kepesertaan (PU/BPU)"),
    "seq": ("NO", "No.", "No. Urut", "Nomor Urut", "NO URT", "#", "NO. "),
    "relation": ("SHDK", "Hubungan Keluarga", "Status Dalam Keluarga", "Hub. Keluarga"),
    "life_status": ("Status Hidup", "Hidup/Meninggal", "Status Kependudukan"),
    "other": (
        "Tanda Tangan",
        "TTD",
        "Foto KTP",
        "Nama Suami",
        "Nama Istri",
        "Nama Kelompok Usaha",
        "NIK Suami",
    ),
    "household_official": (
        "KK ada PNS",
        "Status PNS dlm KK",
        "TANGGUNGAN ASN",
        "ADA ASN DI KK?",
        "Ada Anggota Keluarga ASN/TNI/Polri/BUMN (Ya/Tidak)",
        "Suami/Istri PNS",
        "PNS/TNI/POLRI dalam KK",
    ),
    "status": ("Status (Y/T)", "STATUS KEPESERTAAN"),
    "end_date": ("TGL NON AKTIF", "Tanggal Akhir", "AKHIR PERLINDUNGAN"),
    "decree_no": ("No SK", "No. SK Pengangkatan", "NOMOR SURAT KEPUTUSAN"),
    "account_no": ("No Rekening", "NO. REK"),
    "heir": ("Nama Ahli Waris", "Ahli Waris"),
    "category": ("Kategori", "KATEGORI PEKERJA RENTAN", "Jenis PPKS"),
    "hamlet": ("DUSUN", "Dusun/Lingkungan"),
}


@pytest.mark.parametrize(
    ("field", "heading"), [(field, heading) for field, those in HEADINGS.items() for heading in those]
)
def test_heading_never_collected(field: str, heading: str) -> None:
    found = read_heading(heading)
    assert (found.field if found else "other") == field


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("N I K", "nik"),
        ("Tgl.Lahir\n(tgl/bln/thn)", "tgl lahir tgl bln thn"),
        ("Desa/Kelurahan (9)", "desa kelurahan"),
        ("amountJKK", "amount jkk"),
        ("NOMOR_KK", "no kk"),
        ("tanggallahir", "tgl lahir"),
        ("  ", ""),
    ],
)
def test_plain_words_of_a_heading(heading: str, words: str) -> None:
    assert plain(heading) == words


def test_misspelt_heading_is_known_with_less_confidence() -> None:
    right, wrong = meaning("Pekerjaan Utama"), meaning("Pekerjaaan Utamma")
    assert right is not None
    assert wrong is not None
    assert right.field == wrong.field == "job"
    assert wrong.score < right.score


def test_upper_part_of_a_heading_decides_whose_number_it_is() -> None:
    found = read_heading("AYAH / NIK")
    assert found is not None
    assert found.field == "father_nik"


def test_sentence_is_no_heading() -> None:
    assert (
        meaning(
            "Isilah kolom nama dan NIK di bawah ini dengan huruf cetak sesuai KTP yang masih berlaku, lalu serahkan "
            * 2
        )
        is None
    )
