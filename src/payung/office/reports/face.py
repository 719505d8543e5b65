"""What reports say of themselves."""

from __future__ import annotations

from payung.office.access.permissions import Permission
from payung.office.face import Deed, Entry, Face
from payung.office.letters.pages import beside
from payung.office.reports import letter_kinds
from payung.text import Text

FACE = Face(
    menu=(Entry(16, "report_list", Text("Laporan", "Reports"), "print", (Permission.INSIGHT_READ,)),),
    deeds={
        "exceptions.export": Deed(
            Text("Paket pengecualian diunduh", "Pack of exceptions taken out"),
            {
                "rows": (Text("temuan", "findings"), "number"),
                "seed": Text("benih sampel", "seed of the sample"),
                "papers": (Text("surat", "letters"), "number"),
            },
        ),
    },
    letters=letter_kinds.KINDS,
    beside={noun: beside(noun) for noun in ("report", "dossier", "exceptions", "line")},
)
