"""Telephone numbers as lists write them, to ``+62…``."""

from __future__ import annotations

import re

import polars as pl

from payung.people.values import by_distinct

SHORTEST, LONGEST = 8, 12  # digits after the country code; landlines have eight or more


def read(text: str) -> str | None:
    """Return the first number in ``text`` as ``+62`` and its digits, or ``None``.

    >>> read("0812 0000 0001"), read("8120000001"), read("62812-0000-0001 / 0813")
    ('+6281200000001', '+628120000001', '+6281200000001')
    """
    for part in re.split(r"[/;,|]| atau | dan ", text.lower()):
        digits = re.sub(r"\D", "", part.removesuffix(".0"))
        digits = digits.removeprefix("0062") if digits.startswith("0062") else digits
        if digits.startswith("62"):
            digits = digits[2:].removeprefix("0")
        elif digits.startswith("0"):
            digits = digits[1:]
        elif not digits.startswith("8"):
            continue
        if SHORTEST <= len(digits) <= LONGEST and digits[0] != "0":
            return "+62" + digits
    return None


def read_column(column: pl.Series) -> pl.Series:
    """Return the numbers of a text column; what is no number is null."""
    return by_distinct(column, read, pl.String)
