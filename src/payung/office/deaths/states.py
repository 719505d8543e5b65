"""The codes of deaths."""

from __future__ import annotations

from payung.codes import Code


class Origin(Code):
    """Who wrote the list."""

    REGISTRY = "registry", "Dukcapil", "Civil registry", "good", ("dukcapil",)
    VILLAGE = "village", "Desa", "Village", "info", ("desa",)
    ALLOWANCE = (
        *("allowance", "Tunjangan dihentikan (siltap, bantuan)", "Stopped allowances", "info"),
        ("tunjangan", "siltap", "bansos"),
    )


class Match(Code):
    """How a row of the list and the register belong together."""

    NIK = "nik", "NIK cocok", "NIK fits", "good"
    LINKED = "linked", "Orang yang sama", "The same person", "good"
    DOUBT = "doubt", "Perlu dilihat", "Needs a look", "warn"
    UNKNOWN = "unknown", "Tidak ada dalam register", "Not in the register", "neutral"
    NO_DEATH = "no_death", "Bukan kematian", "No death", "neutral"
    FAULTY = "faulty", "Tidak dapat dibaca", "Cannot be read", "bad"


KNOWN = (Match.NIK, Match.LINKED)  # somebody of the register


class Follows(Code):
    """What a death still asks for."""

    STOP = "stop", "Hentikan tagihan", "Stop billing", "bad"
    REFUND = "refund", "Minta kembali iuran", "Ask the contribution back", "warn"
    CLAIM = "claim", "Buka klaim", "Open a claim", "info"
