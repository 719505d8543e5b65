"""What this app says of itself."""

from __future__ import annotations

from payung.office.access.permissions import Permission
from payung.office.face import Entry, Face
from payung.text import Text

FACE = Face(
    menu=(Entry(425, "scenarios", Text("Pilihan dana", "Choices"), "board", (Permission.QUOTA_VIEW,)),),
)
