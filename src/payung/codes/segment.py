"""How somebody is insured: on a wage, or on their own account."""

from __future__ import annotations

from payung.codes.code import Code


class Segment(Code):
    """PU (penerima upah, with a wage) or BPU (bukan penerima upah, without). The law's text calls PU "ppu" as well."""

    BPU = "bpu", "BPU (bukan penerima upah)", "BPU (no wage)"
    PU = "pu", "PU (penerima upah)", "PU (wage)", "neutral", ("ppu",)
