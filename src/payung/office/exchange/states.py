"""The codes of this app."""

from __future__ import annotations

from payung.codes import Code


class BatchKind(Code):
    """A layout in which people go to the insurer (data/layouts.yaml)."""

    BPU = "bpu", "Pendaftaran BPU", "Enrolment of BPU", "info"
    BPU_LEAVE = "bpu_keluar", "Penghentian BPU", "End of BPU", "warn"
    PU_NEW = "data_tk_baru", "SIPP: tenaga kerja baru", "SIPP: new workers", "info"
    PU_KNOWN = "data_tk_lanjutan", "SIPP: tenaga kerja lanjutan", "SIPP: workers with a KPJ", "info"
    PU_LEAVE = (
        "data_tk_na",
        "SIPP: tenaga kerja keluar",
        "SIPP: workers who leave",
        "warn",
        ("data_tk_keluar",),
    )
    PU_WAGE = "data_upah", "SIPP: perubahan upah", "SIPP: changed wages", "info"
    PU_UPDATE = "update_data_tk", "SIPP: pembetulan data", "SIPP: corrected facts", "info"


ENROLMENTS = (BatchKind.BPU, BatchKind.PU_NEW, BatchKind.PU_KNOWN)  # who comes in by them


class BatchState(Code):
    """The way of a batch."""

    MADE = "made", "Siap dikirim", "Ready to be sent", "neutral"
    SENT = "sent", "Dikirim, menunggu jawaban", "Sent, to be answered", "warn"
    ANSWERED = "answered", "Terjawab", "Answered", "good"


class LineState(Code):
    """What the insurer said of one person of a batch."""

    WAITING = "waiting", "Menunggu jawaban", "To be answered", "neutral"
    ACCEPTED = "accepted", "Diterima", "Accepted", "good"
    REJECTED = "rejected", "Ditolak", "Rejected", "bad"
    RESENT = "resent", "Dikirim ulang", "Sent again", "info"


class Outcome(Code):
    """What became of one row of an answer."""

    MATCHED = "matched", "Cocok", "Matched", "good"
    UNKNOWN = "unknown", "Tidak ada dalam kiriman ini", "Not in this batch", "warn"
    UNUSABLE = "unusable", "NIK tidak terbaca", "NIK cannot be read", "warn"
    UNCLEAR = "unclear", "Jawaban tidak jelas", "Answer not clear", "warn"
    CONTRARY = "contrary", "Bertentangan dengan baris lain", "Contradicts another row", "warn"
    KPJ_TAKEN = "kpj_taken", "KPJ milik orang lain", "KPJ of another person", "bad"
    SETTLED = "settled", "Diselesaikan", "Settled", "info"


QUEUE = (Outcome.UNKNOWN, Outcome.UNUSABLE, Outcome.UNCLEAR, Outcome.CONTRARY, Outcome.KPJ_TAKEN)
