"""Periods of reports, differences between two of them, and samples that anybody can draw again. Values in and out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from payung.codes import Code
from payung.law import months
from payung.text import Text

Key = TypeVar("Key", bound=Hashable)
QUARTERS = ("I", "II", "III", "IV")
MOST = 500  # rows of a sample


class Span(Code):
    """How long the time of a report is."""

    MONTH = "bulan", "Bulanan", "Monthly"
    QUARTER = "triwulan", "Triwulan", "Quarterly"
    YEAR = "tahun", "Tahunan", "Yearly"


@dataclass(frozen=True, slots=True)
class Period:
    """The time of a report. ``key``: ``2026-10``, ``2026-4`` (a quarter) or ``2026``; ``first``, ``last``: months."""

    key: str
    span: Span
    first: str
    last: str

    @property
    def name(self) -> Text:
        """What it is called."""
        year = self.first[:4]
        if self.span is Span.QUARTER:
            number = QUARTERS[int(self.key[-1]) - 1]
            return Text(f"Triwulan {number} {year}", f"Quarter {number} of {year}")
        return Text(f"Tahun {year}", f"Year {year}") if self.span is Span.YEAR else Text(self.key, self.key)

    @property
    def before(self) -> str:
        """The last month before it."""
        return months.add(self.first, -1)


def period(key: str) -> Period | None:
    """Return the period that ``key`` names, ``None`` where it names none."""
    if re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", key):
        return Period(key, Span.MONTH, key, key)
    if re.fullmatch(r"20[0-9]{2}-[1-4]", key):
        first = f"{key[:4]}-{int(key[-1]) * 3 - 2:02d}"
        return Period(key, Span.QUARTER, first, months.add(first, 2))
    if re.fullmatch(r"20[0-9]{2}", key):
        return Period(key, Span.YEAR, f"{key}-01", f"{key}-12")
    return None


def periods(closed: Iterable[str]) -> list[Period]:
    """Return the periods whose last month is one of ``closed``, the latest first, the longer before the shorter."""
    keys: list[str] = []
    for month in sorted(set(closed), reverse=True):
        year, number = month.split("-")
        keys += [year] if number == "12" else []
        keys += [f"{year}-{int(number) // 3}"] if int(number) % 3 == 0 else []
        keys.append(month)
    return [found for key in keys if (found := period(key)) is not None]


def difference(
    now: int | None, before: int | None, *, of_the_year: bool, same_year: bool, span: Span
) -> int | None:
    """Return how much more ``now`` is than ``before``; ``None`` where one is not told or they are of two years.

    What counts from the first of January is compared within its year, or whole year with whole year.
    """
    if now is None or before is None:
        return None
    if of_the_year and not same_year and span is not Span.YEAR:
        return None
    return now - before


def sample(keys: Iterable[Key], seed: str, many: int) -> list[Key]:
    """Return ``many`` of ``keys`` as ``seed`` draws them: those with the smallest SHA-256 of seed and key.

    The same seed and rows give the same sample on every machine, so that whoever is audited can draw it again; a row
    more or less changes at most one place of it. In the order of the draw.
    """

    def drawn(key: Key) -> tuple[bytes, str]:
        return hashlib.sha256(f"{seed}|{key}".encode()).digest(), str(key)

    return sorted(keys, key=drawn)[: min(max(many, 0), MOST)]
