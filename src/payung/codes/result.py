"""What an agency's answer says of a person (``hasil_padan``, domain 2b), and the reason that it gives."""

from __future__ import annotations

from payung.codes.code import Code


class Result(Code):
    """A class of result. Those of :data:`REASON` keep their person out, with that reason code."""

    PADAN = "padan", "Padan", "Matched", "good"
    NIK_TIDAK_DITEMUKAN = "nik_tidak_ditemukan", "NIK tidak ditemukan", "NIK not found", "bad"
    NIK_BEDA_NAMA = "nik_beda_nama", "Nama beda dengan NIK", "Name differs from the NIK", "bad"
    TGL_LAHIR_BEDA = "tgl_lahir_beda", "Tanggal lahir beda", "Birth date differs", "bad"
    MENINGGAL = "meninggal", "Meninggal", "Died", "bad"
    PINDAH_KELUAR = "pindah_keluar", "Pindah keluar", "Moved away", "bad"
    GANDA_DALAM_USULAN = "ganda_dalam_usulan", "Ganda dalam usulan", "Twice in the submission", "bad"
    SUDAH_PU_AKTIF = "sudah_pu_aktif", "Sudah peserta PU aktif", "Active PU member", "warn"
    SUDAH_BPU_AKTIF = "sudah_bpu_aktif", "Sudah peserta BPU aktif", "Active BPU member", "warn"
    DIDANAI_PIHAK_LAIN = "didanai_pihak_lain", "Didanai pihak lain", "Paid by another", "warn"
    DI_BAWAH_UMUR = "di_bawah_umur", "Di bawah umur", "Too young", "bad"
    LEWAT_USIA = "lewat_usia", "Lewat usia", "Too old", "bad"
    KK_ADA_ASN = "kk_ada_asn", "Ada anggota KK pegawai", "Staff in the same household", "bad"
    DESIL_DI_LUAR = "desil_di_luar", "Desil di luar batas", "Decile beyond the limit", "bad"
    BUKAN_PEKERJA = "bukan_pekerja", "Bukan pekerja", "Not a worker", "bad"
    DATA_KURANG = "data_kurang", "Data kurang", "Data missing", "warn"


REASON: dict[Result, str] = {
    Result.NIK_TIDAK_DITEMUKAN: "NIK_TIDAK_ADA",
    Result.NIK_BEDA_NAMA: "NAMA_BEDA",
    Result.TGL_LAHIR_BEDA: "LAHIR_BEDA",
    Result.MENINGGAL: "MENINGGAL",
    Result.PINDAH_KELUAR: "PINDAH",
    Result.GANDA_DALAM_USULAN: "GANDA_USULAN",
    Result.SUDAH_PU_AKTIF: "SUDAH_PU",
    Result.SUDAH_BPU_AKTIF: "SUDAH_BPU",
    Result.DIDANAI_PIHAK_LAIN: "DIBAYAR_PIHAK_LAIN",
    Result.DI_BAWAH_UMUR: "USIA_MUDA",
    Result.LEWAT_USIA: "USIA_LEWAT",
    Result.KK_ADA_ASN: "KK_ASN",
    Result.DESIL_DI_LUAR: "DESIL_LUAR",
    Result.BUKAN_PEKERJA: "TIDAK_BEKERJA",
    Result.DATA_KURANG: "DATA_KURANG",
}
