"""The codes of bills and payments, and the ways between the states of a bill."""

from __future__ import annotations

from payung.codes import Code


class BillState(Code):
    """Where a bill is (domain 2d)."""

    DRAFT = "draft", "Draf hitung", "Draft", "neutral"
    SENT = "sent", "Terbit", "Issued", "info"
    PARTLY = "partly", "Dibayar sebagian", "Partly paid", "warn"
    PAID = "paid", "Lunas", "Paid", "good"
    VOID = "void", "Dibatalkan", "Void", "bad"


# From which state to which; the database refuses every other way. Paid goes back where months are taken back.
WAYS: dict[BillState, tuple[BillState, ...]] = {
    BillState.DRAFT: (BillState.SENT, BillState.VOID),
    BillState.SENT: (BillState.PARTLY, BillState.PAID, BillState.VOID),
    BillState.PARTLY: (BillState.PAID, BillState.SENT),
    BillState.PAID: (BillState.PARTLY, BillState.SENT),
    BillState.VOID: (),
}
OPEN = (BillState.SENT, BillState.PARTLY)  # somebody has to pay
ISSUED = (BillState.SENT, BillState.PARTLY, BillState.PAID)


class UseKind(Code):
    """What became of a part of a payment."""

    BILL = "bill", "Membayar tagihan", "Paid a bill", "good"
    REFUND = "refund", "Dikembalikan", "Refunded", "info"
    OFFSET = "offset", "Diperhitungkan oleh cabang", "Offset by the branch", "info"


class Channel(Code):
    """How money arrived."""

    TRANSFER = "transfer", "Transfer bank", "Bank transfer", "neutral"
    KODE = "kode", "Kode iuran", "Payment code", "neutral"
    SP2D = "sp2d", "SP2D", "Treasury order (SP2D)", "neutral"
    TUNAI = "tunai", "Tunai", "Cash", "neutral"


class FileKind(Code):
    """What kind of file money was read from."""

    CSV = "csv", "Daftar (CSV)", "List (CSV)"
    XLSX = "xlsx", "Buku kerja Excel", "Excel workbook"
    MT940 = "mt940", "Rekening koran MT940", "Statement MT940"
    CAMT = "camt", "Rekening koran CAMT.053", "Statement CAMT.053"
    SETTLEMENT = "settlement", "Berkas penyelesaian bank", "Settlement file of a bank"


class RowState(Code):
    """What became of a row of a file."""

    BOOKED = "booked", "Dibukukan", "Booked", "good"
    KNOWN = "known", "Sudah dikenal", "Already known", "neutral"
    WAITING = "waiting", "Menunggu orang", "Waits for somebody", "warn"
    FAILED = "failed", "Ditolak bank", "Failed at the bank", "bad"
    DONE = "done", "Diselesaikan", "Settled", "good"
