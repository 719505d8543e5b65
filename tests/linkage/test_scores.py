"""Our pairs, Splink's arithmetic: the weights are those of Splink's own run of the same settings."""

from __future__ import annotations

import datetime as dt
import logging
import warnings
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from payung.linkage import features, frequencies, scores
from payung.linkage.conditions import PAIR
from payung.linkage.duck import DuckDB
from payung.linkage.model import COMPARISONS

AS_OF = dt.date(2026, 11, 21)


@pytest.mark.slow
def test_weights_equal_those_of_splink(generated: Callable[[str, int, int], dict[str, pl.DataFrame]]) -> None:
    from splink import DuckDBAPI, Linker

    made = generated("default", 300, 3)
    bare = features.build(made["roster"], made["insurer"], as_of=AS_OF)
    records = frequencies.with_frequencies(bare)
    block = "l.village_key = r.village_key"
    settings = scores.settings(0.001, alone=True)
    settings.blocking_rules_to_generate_predictions = [block]
    logging.getLogger("splink").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        database = DuckDBAPI()
        linker = Linker(database.register(records.select(scores.columns()).to_arrow()), settings)
        theirs = linker.inference.predict().as_duckdbpyrelation().pl()
    theirs = theirs.select("rid_l", "rid_r", pl.col("match_weight").alias("theirs"))
    with DuckDB().open(records, prior=0.001) as scorer:
        ours = scorer.score(theirs.select("rid_l", "rid_r"), at_least=None)
    both = ours.join(theirs, on=["rid_l", "rid_r"])
    assert both.height == theirs.height > 1000
    assert (both["match_weight"] - both["theirs"]).abs().max() < 1e-5  # type: ignore[operator]


@pytest.mark.parametrize("comparison", COMPARISONS, ids=lambda one: one.name)
def test_levels_are_chances_and_end_with_the_rest(comparison: Any) -> None:
    speaking = [level for level in comparison.levels if not level.silent]
    assert speaking[-1].when == ""
    assert all(level.when for level in comparison.levels[:-1])
    assert all(0 < level.m <= 1 for level in speaking)
    assert all(0 < level.u <= 1 or level.rarity for level in speaking)
    assert all(level.code for level in speaking)


def test_pair_columns_are_not_asked_of_records() -> None:
    assert not {name.removesuffix("_l") for name in PAIR} & set(scores.columns())
