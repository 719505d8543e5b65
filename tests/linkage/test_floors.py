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
