"""Amounts as people write them: whole rupiah, with or without dots, never a fraction."""

from __future__ import annotations

import re

from payung.errors import InputError
from payung.text import Text

MOST_MONEY = 10**15  # rupiah; more than all districts together spend in a year


def parse_rupiah(text: str) -> int:
    """Return whole rupiah from ``250000000``, ``250.000.000`` or ``Rp250.000.000,-``; never a fraction."""
    bare = re.sub(r"^(rp\.?)?\s*|,(-|00)$", "", text.strip(), flags=re.IGNORECASE)
    if re.fullmatch(r"[0-9]+|[0-9]{1,3}([.,_][0-9]{3})+", bare):
        amount = int(re.sub(r"[.,_]", "", bare))
        if amount <= MOST_MONEY:
            return amount
    raise InputError(
        Text(
            f"Jumlah uang '{text}' tidak dikenal: tulis rupiah bulat, misalnya 250000000 atau 250.000.000, paling "
            "banyak 1.000.000.000.000.000.",
            f"The amount '{text}' is not one: write whole rupiah, for example 250000000, 10^15 at most.",
        )
    )
