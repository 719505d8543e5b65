"""What this app says of itself."""

from __future__ import annotations

from payung.office.face import Face
from payung.office.programme.states import EntryKind
from payung.text import Text

FACE = Face(
    deeds={"money.book": Text("Buku dana", "Money booked")},
    names={
        "entry": (Text("Gerak", "Move"), EntryKind),
        "line": Text("Baris dana", "Line"),
        "subject": Text("Untuk", "For"),
    },
)
