"""What the regions say of themselves: their deed in the history."""

from __future__ import annotations

from payung.office.face import Face
from payung.text import Text

FACE = Face(
    deeds={"regions.load": Text("Wilayah dimuat", "Regions loaded")},
    names={
        "village": Text("desa", "village"),
        "region": Text("wilayah", "region"),
        "places": Text("wilayah", "places"),
    },
)
