"""What the checks say of a row of a list."""

from __future__ import annotations

from payung.codes.code import Code


class Verdict(Code):
    """A row is usable, usable with a note, or goes back to the village. Read = the three together, always."""

    ACCEPTED = "accepted", "siap", "ready", "good"
    NOTED = "noted", "siap, dengan catatan", "ready, with a note", "info"
    RETURNED = "returned", "perlu diperbaiki", "to mend", "bad"
