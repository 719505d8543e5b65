"""What may look odd, and what a second look came to."""

from __future__ import annotations

from payung.codes import Code


class PatternKind(Code):
    """What cases have in common."""

    EARLY = (
        "bulan_awal",
        "Terjadi pada tiga bulan pertama perlindungan",
        "Within the first three months of cover",
        "warn",
    )
    ENROLLED_LATE = (
        "daftar_dekat",
        "Didaftarkan sesaat sebelum atau sesudah kejadian",
        "Enrolled shortly before or after the event",
        "bad",
    )
    SAME_AGENT = "pelapor_sama", "Pelapor atau nomor HP yang sama", "The same reporter or phone", "warn"
    SAME_ADDRESS = "alamat_sama", "Alamat atau KK yang sama", "The same address or family card", "warn"
    SAME_ACCOUNT = "rekening_sama", "Beberapa klaim ke satu penerima", "Several claims to one payee", "bad"


class Verdict(Code):
    """What the inspectorate found at a second look."""

    SOUND = "baik", "Sesuai", "Sound", "good"
    DOUBT = "ragu", "Perlu ditelusuri", "To be followed up", "warn"
    FAULT = "temuan", "Temuan", "Finding", "bad"
