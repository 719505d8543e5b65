"""What the register of months says of itself."""

from __future__ import annotations

from payung.office.face import Covering, Deed, Face, Stage
from payung.office.months import actions, letter_kinds, losses, proofs, queries
from payung.text import Text

FACE = Face(
    deeds={
        "months.post": Deed(
            Text("Bulan perlindungan dibukukan", "Months of protection posted"),
            {"rows": (Text("orang-bulan", "person-months"), "number")},
        ),
        "months.take_back": Text("Bulan perlindungan dibatalkan", "Months of protection taken back"),
        "months.turn": Deed(
            Text("Keadaan dihitung untuk hari baru", "States brought to a new day"),
            {"changed": (Text("riwayat yang berubah", "pasts that changed"), "number")},
        ),
    },
    names={
        "bill": Text("tagihan", "bill"),
        "payment": Text("pembayaran", "payment"),
        "digest": Text("sidik", "digest"),
        "day": Text("hari", "day"),
        "amount": (Text("jumlah", "amount"), "rupiah"),
    },
    jobs={"months.turn": lambda _: (actions.turn(), None)[1]},
    stages=(
        Stage(
            Text("Bulan ini dibayar", "This month is paid"),
            Text("giliran bendahara: iuran bulan ini", "the treasury's turn: this month's contribution"),
            queries.paid_now,
        ),
    ),
    letters=letter_kinds.KINDS,
    daily=("months.turn",),
    asks={"decree.freeze": losses.lost},
    checks=proofs.CHECKS,
    covers=Covering(queries.covered_condition, queries.judges),
)
