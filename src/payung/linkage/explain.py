"""Why two listings are, or may be, one person: the waterfall of a pair in plain Indonesian."""

from __future__ import annotations

import polars as pl

from payung.linkage.levels import Asks, Comparison
from payung.linkage.model import COMPARISONS

# The order in which a person at a desk would say it.
SPOKEN = ("nik", "name", "birth", "sex", "place", "household", "mother", "birth_place")
# What agrees so often that saying it helps nobody: only said where it speaks against.
QUIET = {"sex", "birth_place"}
# Where a contradiction is worth a second look, and how much rarer than chance it must be.
STRONG = ("nik", "birth", "sex")
CONTRADICTS = 16


def sayings(comparison: Comparison) -> dict[int, str]:
    """Return what each level says, by Splink's number of the level (0 is the last one; silent levels have none)."""
    return {
        number: level.why
        for number, level in comparison.speaking().items()
        if level.why and (comparison.name not in QUIET or level.m < level.u)
    }


def why() -> pl.Expr:
    """Return the expression that says a scored pair in words: ``"NIK beda satu angka; nama sama; desa sama"``."""
    by_name = {comparison.name: comparison for comparison in COMPARISONS}
    return pl.concat_str(
        (
            pl.col(f"gamma_{name}").replace_strict(
                sayings(by_name[name]), default=None, return_dtype=pl.String
            )
            for name in SPOKEN
        ),
        separator="; ",
        ignore_nulls=True,
    )


def against() -> pl.Expr:
    """Return the expression that says what in a scored pair speaks strongly against one person; "" where nothing."""
    by_name = {comparison.name: comparison for comparison in COMPARISONS}
    parts = []
    for name in STRONG:
        comparison = by_name[name]
        said = {
            number: level.why
            for number, level in comparison.speaking().items()
            if not level.rarity and level.m * CONTRADICTS < level.u
        }
        parts.append(pl.col(f"gamma_{name}").replace_strict(said, default=None, return_dtype=pl.String))
    return pl.concat_str(parts, separator="; ", ignore_nulls=True)


def asks(*kinds: Asks) -> pl.Expr:
    """Return the expression that is true of a scored pair at a level that asks so (see :class:`Level`)."""
    return pl.any_horizontal(
        pl.col(f"gamma_{comparison.name}").is_in(numbers)
        for comparison in COMPARISONS
        if (numbers := [number for number, level in comparison.speaking().items() if level.asks in kinds])
    )
