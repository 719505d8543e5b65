"""What reported deaths come to beside those that were to expect."""

from __future__ import annotations

from payung.codes import Code


class Standing(Code):
    """How reported deaths stand beside those to expect."""

    BELOW = "di_bawah", "Jauh di bawah perkiraan", "Far below what to expect", "bad"
    WITHIN = "sesuai", "Dalam rentang", "Within the range", "good"
    ABOVE = "di_atas", "Di atas perkiraan", "Above what to expect", "warn"
    FEW = "sedikit", "Terlalu sedikit untuk disimpulkan", "Too few to tell", "neutral"
