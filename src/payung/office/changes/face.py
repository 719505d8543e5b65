"""What the changes say of themselves."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from payung.office.changes import ddl
from payung.office.changes.states import ChangeKind
from payung.office.face import Face, Finding
from payung.office.guards import missing, names
from payung.text import Text


def _guards() -> Iterable[Finding]:
    for name in missing(names(ddl.guards(connection.vendor))):
        yield Finding(
            "changes.guard",
            name,
            Text(f"Penjaga {name} hilang.", f"The guard {name} is gone."),
        )


FACE = Face(
    deeds={
        "change.report": Text("Perubahan dilaporkan", "Change reported"),
        "change.approve": Text("Perubahan berlaku", "Change in effect"),
        "change.refuse": Text("Laporan perubahan ditolak", "Report of a change refused"),
        "change.withdraw": Text("Perubahan ditarik kembali", "Change withdrawn"),
    },
    names={
        "change": (Text("perubahan", "change"), ChangeKind),
        "on": Text("tanggal", "day"),
        "evidence": Text("bukti", "evidence"),
        "stops": Text("tidak ditagih mulai", "not billed from"),
    },
    checks=(_guards,),
)
