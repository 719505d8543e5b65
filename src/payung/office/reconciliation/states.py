"""Classes of differences, whose they are, and the ways of a closing."""

from __future__ import annotations

from dataclasses import dataclass

from payung.codes import Code
from payung.text import Text


class ClosingState(Code):
    """Where the reconciliation of a month is."""

    OPEN = "open", "Terbuka", "Open", "neutral"
    HALF = "half", "Disetujui satu pihak", "Signed by one side", "warn"
    CLOSED = "closed", "Ditutup", "Closed", "good"


class Side(Code):
    """Who signs the minutes."""

    DISTRICT = "district", "Pemerintah daerah", "District", "neutral", ("daerah", "dinas")
    BRANCH = "branch", "Kantor cabang", "Branch", "neutral", ("cabang", "bpjs")


class Owner(Code):
    """Who has to mend a difference."""

    DINAS = "dinas", "Dinas", "Agency", "neutral"
    PAYER = "payer", "Pembayar", "Payer", "neutral"
    BRANCH = "branch", "Kantor cabang", "Branch", "neutral"


class Difference(Code):
    """What does not agree."""

    BILLED_INACTIVE = (
        "billed_inactive",
        "Ditagih setelah meninggal atau keluar",
        "Billed after death or leaving",
        "bad",
    )
    PAID_INACTIVE = (
        "paid_inactive",
        "Dibayar setelah meninggal atau keluar",
        "Paid after death or leaving",
        "bad",
    )
    DECREE_INACTIVE = (
        "decree_inactive",
        "Dalam SK, sudah meninggal atau keluar",
        "In the decree, dead or left",
        "warn",
    )
    BILLED_NO_DECREE = "billed_no_decree", "Tertagih tak ber-SK", "Billed without a decree", "bad"
    PAID_NO_DECREE = "paid_no_decree", "Dibayar tak ber-SK", "Paid without a decree", "bad"
    REJECTED = "rejected", "Dalam SK, ditolak BPJS", "In the decree, rejected by the insurer", "warn"
    UNBILLED = "unbilled", "Nama tak tertagih", "Not billed", "bad"
    UNPAID = "unpaid", "Kurang bayar", "Not paid", "bad"
    PAID_UNBILLED = "paid_unbilled", "Dibayar tanpa tagihan", "Paid without a bill", "warn"
    AMOUNT = "amount", "Jumlah bayar berbeda", "Amounts differ", "warn"
    INSURER_MISSING = (
        "insurer_missing",
        "Dibayar, tidak ada di daftar cabang",
        "Paid, not on the branch's list",
        "bad",
    )
    INSURER_EXTRA = "insurer_extra", "Hanya di daftar cabang", "On the branch's list only", "warn"
    INSURER_AMOUNT = "insurer_amount", "Jumlah di cabang berbeda", "The branch has another amount", "warn"


@dataclass(frozen=True, slots=True)
class Mending:
    """Who mends a difference, how, and within how many working days."""

    owner: Owner
    days: int
    how: Text


_FIX: dict[Difference, Mending] = {
    Difference.BILLED_INACTIVE: Mending(
        Owner.DINAS, 7, Text("batalkan bulannya, minta kembali", "take the month back")
    ),
    Difference.PAID_INACTIVE: Mending(
        Owner.BRANCH, 14, Text("kembalikan atau perhitungkan", "refund or offset")
    ),
    Difference.DECREE_INACTIVE: Mending(Owner.DINAS, 14, Text("SK perubahan", "follow-up decree")),
    Difference.BILLED_NO_DECREE: Mending(
        Owner.DINAS, 7, Text("SK perubahan, atau batalkan", "decree, or void")
    ),
    Difference.PAID_NO_DECREE: Mending(
        Owner.DINAS, 7, Text("SK perubahan, atau minta kembali", "decree, or refund")
    ),
    Difference.REJECTED: Mending(
        Owner.DINAS, 7, Text("betulkan lalu kirim ulang, atau ganti", "mend and send again, or replace")
    ),
    Difference.UNBILLED: Mending(Owner.DINAS, 3, Text("tagihan susulan", "supplementary bill")),
    Difference.UNPAID: Mending(
        Owner.PAYER, 7, Text("bayar sebelum hak berakhir", "pay before the right ends")
    ),
    Difference.PAID_UNBILLED: Mending(Owner.DINAS, 7, Text("cari tagihannya", "find its bill")),
    Difference.AMOUNT: Mending(Owner.DINAS, 7, Text("periksa dasar iuran", "check the basis")),
    Difference.INSURER_MISSING: Mending(Owner.BRANCH, 14, Text("bukukan di cabang", "book it at the branch")),
    Difference.INSURER_EXTRA: Mending(Owner.BRANCH, 14, Text("jelaskan pembayarnya", "say who pays")),
    Difference.INSURER_AMOUNT: Mending(
        Owner.BRANCH, 14, Text("jelaskan selisihnya", "explain the difference")
    ),
}


def mending(code: Difference) -> Mending:
    """Return who mends a difference of this class (PP 44/2015 art. 23(3): the branch within 14 working days)."""
    return _FIX[code]
