"""What the register of months says of itself."""

from __future__ import annotations

from payung.office.face import Covering, Deed, Face
from payung.office.months import actions, proofs, queries
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
    checks=proofs.CHECKS,
    covers=Covering(queries.covered_condition, queries.judges),
)
