"""Why a row needs somebody to look (domain 10.5): the programme's reason codes, by their short names."""

from __future__ import annotations

from payung.codes.code import Code


class Reason(Code):
    """A reason code; the sentences of the checks stand in rosters/reasons.yaml."""

    NIK_FORMAT = "NIK_FORMAT", "NIK tidak sah", "NIK is not valid"
    NIK_ANGKA = "NIK_ANGKA", "NIK tersimpan sebagai angka", "NIK stored as a number"
    NIK_TIDAK_ADA = "NIK_TIDAK_ADA", "NIK tidak ada di Dukcapil", "NIK unknown to Dukcapil"
    NIK_JK_BEDA = "NIK_JK_BEDA", "Jenis kelamin beda dengan NIK", "Sex differs from the NIK"
    NIK_WILAYAH_BEDA = "NIK_WILAYAH_BEDA", "NIK terbit di daerah lain", "NIK issued elsewhere"
    LAHIR_BEDA = "LAHIR_BEDA", "Tanggal lahir beda dengan NIK", "Birth date differs from the NIK"
    LAHIR_FORMAT = "LAHIR_FORMAT", "Tanggal lahir tidak terbaca", "Birth date cannot be read"
    KK_FORMAT = "KK_FORMAT", "Nomor KK tidak sah", "KK number is not valid"
    DATA_KURANG = "DATA_KURANG", "Ada isian wajib yang kosong", "A required cell is empty"
    NAMA_JANGGAL = "NAMA_JANGGAL", "Nama janggal", "Odd name"
    NAMA_ALMARHUM = "NAMA_ALMARHUM", "Nama memakai “alm.”", "Name carries “alm.” (late)"
    NAMA_BEDA = "NAMA_BEDA", "Nama berbeda", "Name differs"
    JK_FORMAT = "JK_FORMAT", "Jenis kelamin tidak dikenal", "Sex not understood"
    HP_FORMAT = "HP_FORMAT", "Nomor HP salah", "Phone number is wrong"
    RT_FORMAT = "RT_FORMAT", "RT/RW tidak terbaca", "RT/RW cannot be read"
    PENGHASILAN_FORMAT = "PENGHASILAN_FORMAT", "Penghasilan tidak terbaca", "Income cannot be read"
    PEKERJAAN_TAK_DIKENAL = "PEKERJAAN_TAK_DIKENAL", "Pekerjaan belum ada kodenya", "Job has no code yet"
    WILAYAH_BEDA = "WILAYAH_BEDA", "Desa tidak cocok", "Village does not match"
    MENINGGAL = "MENINGGAL", "Sudah meninggal", "Has died"
    PINDAH = "PINDAH", "Sudah pindah", "Has moved away"
    KK_ASN = "KK_ASN", "Ada ASN/TNI/Polri di KK", "Public servant in the household"
    SUDAH_BPU = "SUDAH_BPU", "Mungkin sudah peserta", "May be a member already"
    MUNDUR = "MUNDUR", "Mundur atau tidak bersedia", "Withdrew or not willing"
    MERANTAU = "MERANTAU", "Bekerja di tempat lain", "Works elsewhere"
    SUDAH_LOLOS = "SUDAH_LOLOS", "Sudah lolos di usulan lain", "Passed in another submission"
    GANDA_USULAN = "GANDA_USULAN", "Ganda dalam usulan", "Twice in the submission"
    USIA_MUDA = "USIA_MUDA", "Di bawah umur", "Too young"
    USIA_LEWAT = "USIA_LEWAT", "Lewat usia", "Too old"
    SUDAH_PU = "SUDAH_PU", "Sudah peserta PU", "Member already (PU)"
    DIBAYAR_PIHAK_LAIN = "DIBAYAR_PIHAK_LAIN", "Dibayar pihak lain", "Paid by another"
    DESIL_LUAR = "DESIL_LUAR", "Desil di luar batas", "Decile beyond the limit"
    TIDAK_BEKERJA = "TIDAK_BEKERJA", "Tidak bekerja", "Does not work"
    TANYA_DESA = "TANYA_DESA", "Perlu ditanyakan kepada desa", "The village must be asked"
    NAMA_RUSAK = "NAMA_RUSAK", "Huruf nama rusak", "Letters of the name are damaged"
    BARIS_DILURUSKAN = (
        "BARIS_DILURUSKAN",
        "Isi baris bergeser, dibaca lurus",
        "Row had shifted, read straight",
    )
    SEL_GALAT_LAIN = "SEL_GALAT_LAIN", "Sel berisi galat Excel", "Cell holds an Excel error"
    SEL_RUMUS_LAIN = "SEL_RUMUS_LAIN", "Sel berisi rumus tanpa hasil", "Cell holds a formula without result"
    KOLOM_TANGGAL_GESER = "KOLOM_TANGGAL_GESER", "Tanggal satu kolom bergeser", "Dates of a column are off"
