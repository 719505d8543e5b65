"""Whether somebody lives here still."""

from __future__ import annotations

from payung.codes.code import Code


class Life(Code):
    """The life status of a person, as lists and the civil registry say it."""

    ALIVE = "hidup", "hidup", "alive", "good"
    DEAD = "meninggal", "meninggal", "died", "bad", ("mati", "wafat", "almarhum")
    MOVED = "pindah", "pindah", "moved away", "warn", ("pindah_keluar",)
