"""The sectors that the law prices apart (rules of contributions)."""

from __future__ import annotations

from payung.codes.code import Code


class Sector(Code):
    """What somebody's work belongs to, where that changes the contribution."""

    TRANSPORT = "transport", "Angkutan", "Transport"
    OTHER = "other", "Lainnya", "Other"
    LABOUR_INTENSIVE = "labour-intensive", "Padat karya", "Labour-intensive"
