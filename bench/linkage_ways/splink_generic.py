"""Splink with the settings of its tutorial, trained on these lists."""

from __future__ import annotations

import logging
import warnings

import polars as pl
import splink.comparison_library as cl
from prepared import lists, write
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")
records, out = lists()
words = pl.col("name").str.to_lowercase().str.replace_all(r"[^a-z ]", "").str.split(" ")
records = records.with_columns(
    words.list.first().alias("first"), words.list.last().alias("last"), pl.col("birth_date").cast(pl.String)
).rename({"record": "unique_id"})
rules = [
    block_on("nik"),
    block_on("birth_date", "first"),
    block_on("birth_date", "last"),
    block_on("name", "village"),
    block_on("birth_date", "district", "sex"),
]
settings = SettingsCreator(
    link_type="dedupe_only",
    comparisons=[
        cl.JaroWinklerAtThresholds("first", [0.9, 0.7]).configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("last", [0.9, 0.7]).configure(term_frequency_adjustments=True),
        cl.DateOfBirthComparison("birth_date", input_is_string=True),
        cl.LevenshteinAtThresholds("nik", [1, 2]),
        cl.ExactMatch("sex"),
        cl.LevenshteinAtThresholds("village", [2]),
    ],
    blocking_rules_to_generate_predictions=rules,
)
linker = Linker(DuckDBAPI().register(records.to_arrow()), settings)
linker.training.estimate_probability_two_random_records_match([block_on("nik", "birth_date")], recall=0.6)
linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
linker.training.estimate_parameters_using_expectation_maximisation(block_on("nik"))
linker.training.estimate_parameters_using_expectation_maximisation(block_on("birth_date", "first"))
found = linker.inference.predict(threshold_match_weight=-2).as_duckdbpyrelation().pl()
write(
    found.select(pl.col("unique_id_l").alias("left"), pl.col("unique_id_r").alias("right"), "match_weight"),
    out,
)
