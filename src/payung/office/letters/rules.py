"""How a letter is numbered, and what its code looks like."""

from __future__ import annotations

import datetime as dt
import re

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
CODE = 16  # digits of a code: a guess hits one of a million letters once in 10^13
_DIGITS = re.compile(r"[^0-9a-f]")


def number(serial: int, kind: int, office: str, region_code: str, on: dt.date) -> str:
    """Return the number of a letter as it is printed: ``007/20/DINSOS/62.03/XI/2026``.

    ``serial`` counts within place, office, year and kind; ``kind`` is the kind's number in the list of forms.
    """
    return f"{serial:03d}/{kind:02d}/{office.upper()}/{region_code}/{ROMAN[on.month - 1]}/{on.year}"


def grouped(code: str) -> str:
    """Return a code as it is printed: four groups of four, upper case."""
    upper = code.upper()
    return "-".join(upper[at : at + 4] for at in range(0, len(upper), 4))


def plain(typed: str) -> str:
    """Return the digits of a code that somebody typed; empty where it cannot be one."""
    digits = _DIGITS.sub("", typed.lower())
    return digits if len(digits) == CODE else ""
