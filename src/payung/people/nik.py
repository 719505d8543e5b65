"""The national identity number (NIK): what its sixteen digits say, and whether they can be true.

``RRRRRR DDMMYY SSSS``: six digits of the sub-district of first registration, the birth date with 40 added to
the day for women, and a serial from 0001 (PP 37/2007 art. 36-37; UU 23/2006 art. 13). The number is for life:
moving house or correcting a birth date does not change it, so a contradiction is a note, never a refusal.
The century is not in the number; it follows from the date that the number is read on.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

LENGTH = 16
WOMAN_DAY_OFFSET = 40
_DIGITS = re.compile(r"[0-9]{16}")

Sex = Literal["L", "P"]


@dataclass(frozen=True, slots=True)
class Nik:
    """A NIK whose parts can all be true.

    Fields
        text: the sixteen digits.
        region: six digits, the Kemendagri code of the sub-district of first registration.
        birth_date: the date that the number carries, in the latest century that is not in the future.
        sex: ``L`` (man) or ``P`` (woman).
        serial: 1 to 9999, counted within region and date.
    """

    text: str
    region: str
    birth_date: dt.date
    sex: Sex
    serial: int


def parse(text: str, *, on: dt.date) -> Nik | None:
    """Return the parts of ``text`` as seen on the date ``on``, or ``None`` where it cannot be a NIK.

    ``text`` must be sixteen ASCII digits: a day and month that exist, a region that does not begin with 0,
    and a serial above zero. The birth date falls on or before ``on``.
    """
    if not _DIGITS.fullmatch(text):
        return None
    region, serial = text[:6], int(text[12:])
    if region[0] == "0" or region[2:4] == "00" or region[4:] == "00" or serial == 0:
        return None
    day, month, year = int(text[6:8]), int(text[8:10]), int(text[10:12])
    sex: Sex = "L"
    if day > WOMAN_DAY_OFFSET:
        day, sex = day - WOMAN_DAY_OFFSET, "P"
    for century in (on.year // 100 * 100, on.year // 100 * 100 - 100):
        try:
            birth_date = dt.date(century + year, month, day)
        except ValueError:
            continue
        if birth_date <= on:
            return Nik(text, region, birth_date, sex, serial)
    return None


def build(region: str, birth_date: dt.date, sex: Sex, serial: int) -> str:
    """Return the sixteen digits for these parts.

    ``region`` is six digits, ``serial`` 1 to 9999. Raises ``ValueError`` where a part does not fit its place.
    """
    if not re.fullmatch(r"[0-9]{6}", region):
        raise ValueError(f"region must be six digits, not {region!r}")
    if not 1 <= serial <= 9999:
        raise ValueError(f"serial must be 1 to 9999, not {serial}")
    day = birth_date.day + (WOMAN_DAY_OFFSET if sex == "P" else 0)
    return f"{region}{day:02d}{birth_date.month:02d}{birth_date.year % 100:02d}{serial:04d}"


def mask(text: str) -> str:
    """Return the number as most roles may see it: the first six digits, the rest dots.

    Of a NIK or KK that is the place and nothing more: beside a birth date and a sex the last digits would give the
    whole number away. Shorter numbers (KPJ, phone) hold no date and keep their last two digits, to tell them apart.
    """
    if len(text) >= 16:
        return text[:6] + "•" * (len(text) - 6)
    return text if len(text) < 8 else text[:6] + "•" * (len(text) - 8) + text[-2:]
