"""What an answer can say of a person: the classes of ``hasil_padan`` (domain 2b) and their reason codes (10.5)."""

from __future__ import annotations

from dataclasses import dataclass

from payung.office.access.roles import OFFICIALS
from payung.text import Text

PADAN, DEAD, MOVED = "padan", "meninggal", "pindah_keluar"
STAFF_IN_HOUSEHOLD, MISSING, TWICE = "kk_ada_asn", "data_kurang", "ganda_dalam_usulan"
UNKNOWN = ""  # the agency's text has no code yet: it waits for a person


@dataclass(frozen=True, slots=True)
class Kind:
    """One class of result.

    Fields
        name: in words.
        tone: of its badge.
        reason: the reason code that a refused person carries; empty where it refuses nobody.
    """

    name: Text
    tone: str
    reason: str = ""


KINDS: dict[str, Kind] = {
    PADAN: Kind(Text("Padan", "Matched"), "good"),
    "nik_tidak_ditemukan": Kind(Text("NIK tidak ditemukan", "NIK not found"), "bad", "NIK_TIDAK_ADA"),
    "nik_beda_nama": Kind(Text("Nama beda dengan NIK", "Name differs from the NIK"), "bad", "NAMA_BEDA"),
    "tgl_lahir_beda": Kind(Text("Tanggal lahir beda", "Birth date differs"), "bad", "LAHIR_BEDA"),
    DEAD: Kind(Text("Meninggal", "Died"), "bad", "MENINGGAL"),
    MOVED: Kind(Text("Pindah keluar", "Moved away"), "bad", "PINDAH"),
    TWICE: Kind(Text("Ganda dalam usulan", "Twice in the submission"), "bad", "GANDA_USULAN"),
    "sudah_pu_aktif": Kind(Text("Sudah peserta PU aktif", "Active PU member"), "warn", "SUDAH_PU"),
    "sudah_bpu_aktif": Kind(Text("Sudah peserta BPU aktif", "Active BPU member"), "warn", "SUDAH_BPU"),
    "didanai_pihak_lain": Kind(Text("Didanai pihak lain", "Paid by another"), "warn", "DIBAYAR_PIHAK_LAIN"),
    "di_bawah_umur": Kind(Text("Di bawah umur", "Too young"), "bad", "USIA_MUDA"),
    "lewat_usia": Kind(Text("Lewat usia", "Too old"), "bad", "USIA_LEWAT"),
    STAFF_IN_HOUSEHOLD: Kind(Text("Ada anggota KK pegawai", "Staff in the same household"), "bad", "KK_ASN"),
    "desil_di_luar": Kind(Text("Desil di luar batas", "Decile beyond the limit"), "bad", "DESIL_LUAR"),
    "bukan_pekerja": Kind(Text("Bukan pekerja", "Not a worker"), "bad", "TIDAK_BEKERJA"),
    MISSING: Kind(Text("Data kurang", "Data missing"), "warn", "DATA_KURANG"),
}
NOT_KNOWN = Kind(Text("Teks belum dikenal", "Text not known yet"), "warn")
# Two memberships of one person are lawful but need a decision (domain 2e): the dinas may let such a row pass.
DECIDABLE = frozenset({"sudah_pu_aktif", "sudah_bpu_aktif"})
# Pass or not: the end of one row of a submission.
PASSED, REFUSED = "lolos", "ditolak"
ENDS: dict[str, tuple[Text, str]] = {
    PASSED: (Text("Lolos", "Passed"), "good"),
    REFUSED: (Text("Ditolak", "Refused"), "bad"),
}
# Those whom the welfare data and the same-KK rule do not concern (domain 2b, 10.1).
WITHOUT_WELFARE_TEST = OFFICIALS | {"mandiri", "rentan_donatur"}
WITHOUT_KK_RULE = OFFICIALS | {"mandiri"}


def kind(code: str) -> Kind:
    """Return the class of ``code``; an empty one is a text that nobody has mapped yet."""
    return KINDS.get(code, NOT_KNOWN)


def refuses(code: str) -> bool:
    """Tell whether a result of this class keeps its person out."""
    return bool(kind(code).reason)
