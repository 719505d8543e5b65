"""Why two listings are, or may be, one person: the waterfall of a pair as codes, and its words."""

from __future__ import annotations

import polars as pl

from payung.linkage.levels import Asks, Comparison
from payung.linkage.model import COMPARISONS
from payung.said import Said, joined
from payung.text import Language

# The order in which a person at a desk would say it.
SPOKEN = ("nik", "name", "birth", "sex", "place", "household", "mother", "birth_place")
# What agrees so often that saying it helps nobody: only said where it speaks against.
QUIET = {"sex", "birth_place"}
# Where a contradiction is worth a second look, and how much rarer than chance it must be.
STRONG = ("nik", "birth", "sex")
CONTRADICTS = 16
BETWEEN = " "  # between the codes of a ``why``


def said(why: str) -> list[Said]:
    """Return the sentences of a ``why``, the waterfall of a pair as codes."""
    return [Said(f"linkage.{code}") for code in why.split()]


def in_words(frame: pl.DataFrame, language: Language = "id") -> pl.DataFrame:
    """Return ``frame`` with its column ``why`` in words: ``"NIK beda satu angka; nama sama; desa sama"``."""
    found = frame["why"].drop_nulls().unique(maintain_order=True).to_list()
    words = {why: joined(said(why), language) for why in found}
    return frame.with_columns(pl.col("why").replace_strict(words, default=None, return_dtype=pl.String))


def sayings(comparison: Comparison) -> dict[int, str]:
    """Return the code of what each level says, by Splink's number of the level (0 is the last one)."""
    return {
        number: level.code
        for number, level in comparison.speaking().items()
        if level.code and (comparison.name not in QUIET or level.m < level.u)
    }


def why() -> pl.Expr:
    """Return the expression that says a scored pair as codes: ``"nik_one_digit same_name same_village"``."""
    by_name = {comparison.name: comparison for comparison in COMPARISONS}
    return pl.concat_str(
        (
            pl.col(f"gamma_{name}").replace_strict(
                sayings(by_name[name]), default=None, return_dtype=pl.String
            )
            for name in SPOKEN
        ),
        separator=BETWEEN,
        ignore_nulls=True,
    )


def against() -> pl.Expr:
    """Return the expression that says (in codes) what in a scored pair speaks strongly against one person; "" for
    nothing."""
    by_name = {comparison.name: comparison for comparison in COMPARISONS}
    parts = []
    for name in STRONG:
        comparison = by_name[name]
        said = {
            number: level.code
            for number, level in comparison.speaking().items()
            if not level.rarity and level.m * CONTRADICTS < level.u
        }
        parts.append(pl.col(f"gamma_{name}").replace_strict(said, default=None, return_dtype=pl.String))
    return pl.concat_str(parts, separator=BETWEEN, ignore_nulls=True)


def asks(*kinds: Asks) -> pl.Expr:
    """Return the expression that is true of a scored pair at a level that asks so (see :class:`Level`)."""
    return pl.any_horizontal(
        pl.col(f"gamma_{comparison.name}").is_in(numbers)
        for comparison in COMPARISONS
        if (numbers := [number for number, level in comparison.speaking().items() if level.asks in kinds])
    )
