"""What the handbook says of itself."""

from __future__ import annotations

from payung.office.face import Face

FACE = Face()
