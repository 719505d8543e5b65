"""Short names of the reason codes of rows (domain 10.5 and those of payung.rosters)."""

from __future__ import annotations

from payung.text import Text

REASON_NAMES: dict[str, Text] = {
    "NIK_FORMAT": Text("NIK tidak sah", "NIK is not valid"),
    "NIK_ANGKA": Text("NIK tersimpan sebagai angka", "NIK stored as a number"),
    "NIK_TIDAK_ADA": Text("NIK tidak ada di Dukcapil", "NIK unknown to Dukcapil"),
    "NIK_JK_BEDA": Text("Jenis kelamin beda dengan NIK", "Sex differs from the NIK"),
    "NIK_WILAYAH_BEDA": Text("NIK terbit di daerah lain", "NIK issued elsewhere"),
    "LAHIR_BEDA": Text("Tanggal lahir beda dengan NIK", "Birth date differs from the NIK"),
    "LAHIR_FORMAT": Text("Tanggal lahir tidak terbaca", "Birth date cannot be read"),
    "KK_FORMAT": Text("Nomor KK tidak sah", "KK number is not valid"),
    "DATA_KURANG": Text("Ada isian wajib yang kosong", "A required cell is empty"),
    "NAMA_JANGGAL": Text("Nama janggal", "Odd name"),
    "NAMA_ALMARHUM": Text("Nama memakai “alm.”", "Name carries “alm.” (late)"),
    "NAMA_BEDA": Text("Nama berbeda", "Name differs"),
    "JK_FORMAT": Text("Jenis kelamin tidak dikenal", "Sex not understood"),
    "HP_FORMAT": Text("Nomor HP salah", "Phone number is wrong"),
    "RT_FORMAT": Text("RT/RW tidak terbaca", "RT/RW cannot be read"),
    "PENGHASILAN_FORMAT": Text("Penghasilan tidak terbaca", "Income cannot be read"),
    "PEKERJAAN_TAK_DIKENAL": Text("Pekerjaan belum ada kodenya", "Job has no code yet"),
    "WILAYAH_BEDA": Text("Desa tidak cocok", "Village does not match"),
    "MENINGGAL": Text("Sudah meninggal", "Has died"),
    "PINDAH": Text("Sudah pindah", "Has moved away"),
    "KK_ASN": Text("Ada ASN/TNI/Polri di KK", "Public servant in the household"),
    "SUDAH_BPU": Text("Mungkin sudah peserta", "May be a member already"),
    "MUNDUR": Text("Mundur atau tidak bersedia", "Withdrew or not willing"),
    "MERANTAU": Text("Bekerja di tempat lain", "Works elsewhere"),
    "TANYA_DESA": Text("Perlu ditanyakan kepada desa", "The village must be asked"),
    "NAMA_RUSAK": Text("Huruf nama rusak", "Letters of the name are damaged"),
    "BARIS_DILURUSKAN": Text("Isi baris bergeser, dibaca lurus", "Row had shifted, read straight"),
    "SEL_GALAT_LAIN": Text("Sel berisi galat Excel", "Cell holds an Excel error"),
    "SEL_RUMUS_LAIN": Text("Sel berisi rumus tanpa hasil", "Cell holds a formula without result"),
    "KOLOM_TANGGAL_GESER": Text("Tanggal satu kolom bergeser", "Dates of a column are off"),
    "GANDA_USULAN": Text("Ganda dalam usulan", "Twice in the submission"),
    "USIA_MUDA": Text("Di bawah umur", "Too young"),
    "USIA_LEWAT": Text("Lewat usia", "Too old"),
}
