"""What became of a suggestion."""

from __future__ import annotations

from payung.codes import Code


class SuggestionState(Code):
    """Where a suggestion stands."""

    WAITING = "menunggu", "menunggu desa", "waits for the village", "warn"
    TAKEN = "masuk", "masuk usulan", "on a list", "good"
    REFUSED = "ditolak", "tidak dimasukkan", "not taken", "bad"
