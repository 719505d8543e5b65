"""The public check says nothing of itself: it keeps no deeds."""

from __future__ import annotations

from payung.office.face import Face

FACE = Face()
