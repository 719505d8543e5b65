"""How good linking is on generated lists of 10,000 rows a side: floors, a little below what is measured."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import polars as pl
import pytest

from payung.linkage import link
from payung.linkage.evaluation import Quality, evaluate

AS_OF = dt.date(2026, 11, 21)


def quality(made: dict[str, pl.DataFrame]) -> Quality:
    linkage = link(made["roster"], made["insurer"], as_of=AS_OF)
    sides = pl.concat(
        [
            made["roster"].select("record", pl.lit(False).alias("known")),
            made["insurer"].select("record", pl.lit(True).alias("known")),
        ]
    )
    return evaluate(linkage.pairs, linkage.persons, made["truth"], sides=sides)


@pytest.mark.slow
def test_default_lists_reach_the_floor(generated: Callable[[str, int, int], dict[str, pl.DataFrame]]) -> None:
    measured = quality(generated("default", 10_000, 41))
    assert measured.f1 >= 0.992
    assert measured.precision >= 0.993
    assert measured.review_rows < 0.02
    assert measured.f1_reviewed >= 0.9955
    assert measured.wrongly_offered is not None
    assert measured.wrongly_offered < 0.007
    assert measured.wrongly_dropped is not None
    assert measured.wrongly_dropped < 0.0035


@pytest.mark.slow
def test_harsh_lists_reach_the_floor(generated: Callable[[str, int, int], dict[str, pl.DataFrame]]) -> None:
    measured = quality(generated("harsh", 10_000, 42))
    assert measured.f1 >= 0.972
    assert measured.review_rows < 0.05
    assert measured.f1_reviewed >= 0.984


@pytest.mark.slow
def test_clean_lists_are_nearly_perfect(
    generated: Callable[[str, int, int], dict[str, pl.DataFrame]],
) -> None:
    measured = quality(generated("clean", 10_000, 43))
    assert measured.f1 >= 0.997


NOISE = 0.005  # of F1, at these sizes: some ten pairs of two thousand


@pytest.mark.slow
@pytest.mark.parametrize("profile", ["default", "harsh"])
@pytest.mark.parametrize("seed", [61, 62, 63])
def test_a_list_of_sound_numbers_beside_it_never_makes_the_rest_worse(
    generated: Callable[[str, int, int], dict[str, pl.DataFrame]], profile: str, seed: int
) -> None:
    made, more = generated(profile, 2_000, seed), generated("clean", 2_000, seed + 100)
    other = more["roster"].with_columns(
        pl.lit("lain").alias("file"), (pl.lit("lain-") + pl.col("record")).alias("record")
    )
    alone = link(made["roster"], made["insurer"], as_of=AS_OF)
    beside = link(pl.concat([made["roster"], other]), made["insurer"], as_of=AS_OF)
    ours = pl.concat([made["roster"]["record"], made["insurer"]["record"]]).implode()
    kept = beside.pairs.filter(pl.col("left").is_in(ours) & pl.col("right").is_in(ours))
    before = evaluate(alone.pairs, alone.persons, made["truth"])
    after = evaluate(kept, beside.persons.filter(pl.col("record").is_in(ours)), made["truth"])
    assert after.true_pairs == before.true_pairs
    assert after.f1 >= before.f1 - NOISE
    assert after.f1_reviewed >= before.f1_reviewed - NOISE
