"""Kemendagri region codes: dotted and undotted forms, and what their length says."""

from __future__ import annotations

import re
from typing import Literal

Level = Literal["province", "regency", "subdistrict", "village"]
Kind = Literal["desa", "kelurahan", "kabupaten", "kota"]

#: Level by the number of digits in the code.
LEVELS: dict[int, Level] = {2: "province", 4: "regency", 6: "subdistrict", 10: "village"}

_FIRST_KOTA = "71"
_CODE = re.compile(r"[1-9][0-9](?:\.?[0-9]{2}(?:\.?[0-9]{2}(?:\.?[0-9]{4})?)?)?")


def dotted(code: str) -> str | None:
    """Return ``code`` as ``62.03.09.2001``, or ``None`` where it does not have the shape of a region code.

    Accepts the code with or without dots and with spaces around it. Whether the place exists is not asked.
    """
    text = code.strip()
    if not _CODE.fullmatch(text):
        return None
    digits = text.replace(".", "")
    parts = [digits[:2], digits[2:4], digits[4:6], digits[6:]]
    return ".".join(part for part in parts if part)


def undotted(code: str) -> str:
    """Return ``code`` without its dots."""
    return code.replace(".", "")


def level_of(code: str) -> Level:
    """Return the level of a code, dotted or not. Raises ``KeyError`` where its length fits no level."""
    return LEVELS[len(undotted(code))]


def parent(code: str) -> str:
    """Return the dotted code one level up, or an empty string for a province."""
    return code.rpartition(".")[0]


def kind_of(code: str) -> Kind | None:
    """Return the kind that a dotted code tells: desa or kelurahan, kabupaten or kota; ``None`` at other levels.

    The last group of a kelurahan starts with 1, of a desa with 2 (or 3: a desa adat); a kota has a number from 71.
    """
    last = code.rpartition(".")[2]
    if level_of(code) == "village":
        return "kelurahan" if last.startswith("1") else "desa"
    if level_of(code) == "regency":
        return "kota" if last >= _FIRST_KOTA else "kabupaten"
    return None
