"""What the reconciliation says of itself."""

from __future__ import annotations

from payung.office.access.permissions import Permission
from payung.office.face import Deed, Entry, Face, Handover
from payung.office.reconciliation import letter_kinds, proofs
from payung.office.reconciliation.states import Difference, Side
from payung.text import Text

FACE = Face(
    handovers=(
        Handover(
            "closing.sign",
            Text(
                "Anda menyetujui angka bulan {month} untuk {side}. Bila kedua pihak menyetujui angka yang "
                "sama, bulan ini ditutup.",
                "You sign the figures of {month} for the {side}. When both sides sign the same figures, the month is "
                "closed.",
            ),
            Text(
                "Dapat ditarik kembali: bulan yang ditutup dibuka kembali dengan alasan, sebagai putaran baru.",
                "It can be taken back: a closed month is opened again with a reason, as a new round.",
            ),
            {
                "differences": Text(
                    "{differences} perbedaan belum selesai dan tetap tercatat.",
                    "{differences} differences are not settled and stay on record.",
                )
            },
            back="closing.reopen",
        ),
    ),
    menu=(
        Entry(
            580,
            "reconcile_home",
            Text("Rekonsiliasi", "Reconciliation"),
            "pair",
            (Permission.RECONCILIATION_VIEW,),
        ),
    ),
    deeds={
        "closing.sign": Deed(Text("Rekonsiliasi disetujui satu pihak", "Reconciliation signed by one side")),
        "closing.close": Deed(Text("Bulan ditutup", "Month closed")),
        "closing.reopen": Text("Bulan dibuka kembali", "Month opened again"),
        "reconcile.insurer": Text("Daftar cabang diterima", "The branch's list taken"),
    },
    names={
        "month": Text("bulan", "month"),
        "side": (Text("pihak", "side"), Side),
        "unknown": (Text("tidak dikenal", "unknown"), "number"),
        "round": (Text("putaran", "round"), "number"),
        **{str(kind): (kind.text, "number") for kind in Difference},
    },
    letters=letter_kinds.KINDS,
    checks=proofs.CHECKS,
)
