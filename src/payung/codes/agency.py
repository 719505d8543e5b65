"""Who answers about a person."""

from __future__ import annotations

from payung.codes.code import Code


class Agency(Code):
    """An agency whose answer is asked for, and the staff lists of the same-KK rule."""

    DUKCAPIL = "dukcapil", "Dukcapil", "Civil registry (Dukcapil)"
    DTSEN = "dtsen", "DTSEN", "Welfare data (DTSEN)"
    BPJS = "bpjs", "BPJS Ketenagakerjaan", "Insurer (BPJS)"
    STAFF = "pegawai", "Daftar pegawai", "Staff lists"
