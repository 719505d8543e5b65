"""What an answer can say of a person: the classes of ``hasil_padan`` (domain 2b) and their reason codes (10.5)."""

from __future__ import annotations

from dataclasses import dataclass

from payung.codes import Code, Result
from payung.codes.category import OFFICIALS
from payung.codes.result import REASON
from payung.text import Text

PADAN, DEAD, MOVED = Result.PADAN, Result.MENINGGAL, Result.PINDAH_KELUAR
STAFF_IN_HOUSEHOLD, MISSING, TWICE = Result.KK_ADA_ASN, Result.DATA_KURANG, Result.GANDA_DALAM_USULAN
READ, READ_STAFF, FOLLOW = "answers.read", "answers.staff", "answers.texts"  # kinds of work
UNKNOWN = ""  # the agency's text has no code yet: it waits for a person


class Fate(Code):
    """What became of one row of an answer."""

    MATCHED = "matched", "Ketemu", "Found", "good"
    UNKNOWN = "unknown", "Tidak dikenal", "Unknown", "warn"
    UNUSABLE = "unusable", "Tidak terpakai", "Unusable", "bad"


class Mark(Code):
    """What an agency puts beside a person: yes or no (Y, T)."""

    YES = "Y", "Y (ya)", "Y (yes)", "good"
    NO = "T", "T (tidak)", "T (no)", "bad"


class Fault(Code):
    """Why a row cannot be used, whom it does not find, or what it did not lead to, in short."""

    NIK_KOSONG = "NIK_KOSONG", "NIK kosong", "NIK empty", "warn"
    NIK_RUSAK = "NIK_RUSAK", "NIK rusak", "NIK damaged", "warn"
    NIK_FORMAT = "NIK_FORMAT", "NIK tidak sah", "NIK not valid", "warn"
    JAWABAN_KOSONG = "JAWABAN_KOSONG", "Jawaban kosong", "No answer", "warn"
    KPJ_TANPA_MASA = "KPJ_TANPA_MASA", "KPJ tanpa keterangan", "KPJ without details", "warn"
    KPJ_DIPAKAI = "KPJ_DIPAKAI", "KPJ milik orang lain", "KPJ of another", "warn"
    TIDAK_DIKENAL = "TIDAK_DIKENAL", "Orang tidak dikenal", "Unknown person", "warn"


class Employer(Code):
    """Whose staff a staff list names."""

    ASN = "asn", "ASN (PNS dan PPPK)", "Civil service (ASN)"
    TNI = "tni", "TNI", "Armed forces (TNI)"
    POLRI = "polri", "Polri", "Police (Polri)"
    BUMN = "bumn", "BUMN", "State enterprise (BUMN)"
    BUMD = "bumd", "BUMD", "Regional enterprise (BUMD)"


class End(Code):
    """How one row of a submission ends."""

    PASSED = "lolos", "Lolos", "Passed", "good"
    REFUSED = "ditolak", "Ditolak", "Refused", "bad"


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


KINDS: dict[str, Kind] = {code: Kind(code.text, code.tone, REASON.get(code, "")) for code in Result}
NOT_KNOWN = Kind(Text("Teks belum dikenal", "Text not known yet"), "warn")
# Two memberships of one person are lawful but need a decision (domain 2e): the dinas may let such a row pass.
DECIDABLE = frozenset({Result.SUDAH_PU_AKTIF, Result.SUDAH_BPU_AKTIF})
PASSED, REFUSED = End.PASSED, End.REFUSED
# What a village can mend: a number, a name, a birth date that was written wrongly.
MENDABLE = frozenset({Result.NIK_TIDAK_DITEMUKAN, Result.NIK_BEDA_NAMA, Result.TGL_LAHIR_BEDA})
# Those whom the welfare data and the same-KK rule do not concern (domain 2b, 10.1).
WITHOUT_WELFARE_TEST = OFFICIALS | {"mandiri", "rentan_donatur"}
WITHOUT_KK_RULE = OFFICIALS | {"mandiri"}


def kind(code: str) -> Kind:
    """Return the class of ``code``; an empty one is a text that nobody has mapped yet."""
    return KINDS.get(code, NOT_KNOWN)


def refuses(code: str) -> bool:
    """Tell whether a result of this class keeps its person out."""
    return bool(kind(code).reason)
