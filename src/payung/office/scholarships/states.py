"""Levels of school and why a scholarship ends."""

from __future__ import annotations

from payung.codes import Code


class Level(Code):
    """A level of school, in order; what each pays is a parameter of the law (``scholarship_rate``)."""

    TK = "tk", "TK", "Kindergarten"
    SD = "sd", "SD", "Primary school"
    SMP = "smp", "SMP", "Junior secondary school"
    SMA = "sma", "SMA", "Senior secondary school"
    PT = "pt", "Perguruan tinggi atau pelatihan", "University or training"


class Ending(Code):
    """Why a scholarship ended."""

    AGE = "umur", "Mencapai batas umur", "Reached the age"
    MARRIED = "menikah", "Menikah", "Married"
    WORKS = "bekerja", "Bekerja", "Works"
    FINISHED = "tamat", "Tamat atau jatah habis", "Finished, or no years left"
    LEFT = "berhenti", "Berhenti sekolah", "Left school", "warn"
