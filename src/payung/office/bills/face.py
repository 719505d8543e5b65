"""What bills and payments say of themselves."""

from __future__ import annotations

from payung.office.bills import proofs
from payung.office.face import Deed, Face
from payung.text import Text

FACE = Face(
    deeds={
        "bill.draw": Text("Tagihan dihitung", "Bill drawn up"),
        "bill.send": Text("Tagihan dikirim", "Bill sent"),
        "bill.insurer": Text("Kertas cabang dicatat", "The branch's paper noted"),
        "bill.void": Text("Tagihan dibatalkan", "Bill made void"),
        "bill.give_back": Text("Bulan terbayar dibatalkan", "Paid months taken back"),
        "payment.arrive": Text("Uang masuk", "Money arrived"),
        "payment.file": Deed(Text("Berkas pembayaran dibaca", "File of payments read"), values="number"),
        "payment.use": Text("Sisa uang dipakai", "Rest of a payment used"),
        "payment.learn": Text("Nama pembayar dikenalkan", "Spelling of a payer learned"),
    },
    names={
        "people": (Text("orang", "people"), "number"),
        "heads": (Text("orang", "people"), "number"),
        "printed": (Text("jumlah di kertas cabang", "printed sum"), "rupiah"),
        "difference": (Text("selisih", "difference"), "rupiah"),
        "kode_iuran": Text("kode iuran", "kode iuran"),
        "reference": Text("referensi", "reference"),
        "left": (Text("sisa", "left"), "rupiah"),
        "left_out": (Text("dikeluarkan", "left out"), "number"),
        "booked": (Text("dibukukan", "booked"), "number"),
        "known": (Text("sudah dikenal", "already known"), "number"),
        "waiting": (Text("menunggu", "waiting"), "number"),
        "failed": (Text("ditolak bank", "failed"), "number"),
    },
    checks=proofs.CHECKS,
)
