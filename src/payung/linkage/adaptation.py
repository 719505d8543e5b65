"""The model meets these lists: how often one person's listings differ, counted here instead of assumed.

Sloppy lists misspell more names and lose more digits than careful ones. After a first scoring, the pairs are counted
at every level, each pair by its chance of being one person; where a difference between listings of one person turns
out commoner than the model's ``m`` says, it speaks less against. Counts are mixed with the model's own ``m`` as if
that had been seen on :data:`SEEN` pairs, so that short lists hardly move it. Nothing is ever made stricter.
"""

from __future__ import annotations

import math

import polars as pl

from payung.linkage.levels import Comparison
from payung.linkage.model import COMPARISONS

SEEN = 300
MOST = 1.5  # bits that a level may gain
COUNTED = -6.0  # pairs of less weight are not counted

Gains = dict[str, dict[int, float]]


def gains(scored: pl.DataFrame) -> Gains:
    """Return for each comparison the bits that each level gains, by Splink's number of the level."""
    chance = 1 / (1 + 2.0 ** (-pl.col("match_weight")).clip(-30, 30))
    counted = scored.filter(pl.col("match_weight") >= COUNTED).with_columns(chance.alias("chance"))
    return {comparison.name: _of(comparison, counted) for comparison in COMPARISONS}


def _of(comparison: Comparison, counted: pl.DataFrame) -> dict[int, float]:
    level = f"gamma_{comparison.name}"
    seen = dict(
        counted.filter(pl.col(level) >= 0)
        .sort("rid_l", "rid_r")
        .group_by(level)
        .agg(pl.col("chance").sum())
        .iter_rows()
    )
    speaking = comparison.speaking()
    total, assumed = sum(seen.values()), sum(level.m for level in speaking.values())
    found: dict[int, float] = {}
    for number, one in speaking.items():
        m = one.m / assumed
        here = (SEEN * m + seen.get(number, 0.0)) / (SEEN + total)
        # Hundredths of a bit: the last digits of a sum differ from engine to engine.
        found[number] = round(min(max(math.log2(here / m), 0.0), MOST), 2)
    return found


def adapted(scored: pl.DataFrame, gained: Gains) -> pl.DataFrame:
    """Return ``scored`` with the gains added to ``match_weight``."""
    more = pl.lit(0.0)
    for name, by_level in gained.items():
        numbers = pl.Series(list(by_level), dtype=pl.Int32)
        bits = pl.Series(list(by_level.values()), dtype=pl.Float64)
        more = more + pl.col(f"gamma_{name}").replace_strict(
            numbers, bits, default=0.0, return_dtype=pl.Float64
        )
    return scored.with_columns((pl.col("match_weight") + more).round(6).alias("match_weight"))
