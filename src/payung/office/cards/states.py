"""The codes of cards."""

from __future__ import annotations

from payung.codes import Code


class CardKind(Code):
    """On paper, or in the member's phone."""

    PAPER = "kertas", "kartu kertas", "paper card"
    DIGITAL = "digital", "kartu digital", "digital card"
