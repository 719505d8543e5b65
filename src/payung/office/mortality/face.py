"""What mortality says of itself."""

from __future__ import annotations

from payung.office.access.permissions import Permission
from payung.office.face import Entry, Face
from payung.text import Text

FACE = Face(
    menu=(
        Entry(
            340,
            "mortality",
            Text("Kematian: perkiraan", "Deaths to expect"),
            "board",
            (Permission.CASE_VIEW, Permission.CASE_COUNT),
        ),
    ),
)
