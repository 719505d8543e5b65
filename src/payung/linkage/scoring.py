"""Splink's arithmetic over our own pairs: settings in, weight of every pair out.

Splink writes the SQL (comparison levels, weights, frequency adjustment) from :mod:`payung.linkage.model`; the
pairs come from :mod:`payung.linkage.blocking`, and are scored in slices so that memory stays bounded.
"""

from __future__ import annotations

from functools import lru_cache

import polars as pl
from splink.internals.comparison_level_creator import ComparisonLevelCreator
from splink.internals.comparison_level_library import CustomLevel, ElseLevel
from splink.internals.comparison_library import CustomComparison
from splink.internals.comparison_vector_values import compute_comparison_vector_values_from_id_pairs_sqls
from splink.internals.dialects import SplinkDialect
from splink.internals.predict import predict_from_comparison_vectors_sqls
from splink.internals.settings import Settings
from splink.internals.settings_creator import SettingsCreator

from payung.linkage.model import COMPARISONS, Comparison, Level


def settings(prior: float) -> SettingsCreator:
    """Return the model as Splink settings; ``prior`` is the chance of two random records being one person."""
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="rid",
        comparisons=[_comparison(one) for one in COMPARISONS],
        probability_two_random_records_match=prior,
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=True,
        linker_uid="payung",
    )


def _comparison(comparison: Comparison) -> CustomComparison:
    return CustomComparison(
        output_column_name=comparison.name, comparison_levels=[_level(level) for level in comparison.levels]
    )


def _level(level: Level) -> ComparisonLevelCreator:
    made = CustomLevel(level.when, level.why or level.when) if level.when else ElseLevel()
    if level.silent:
        return made.configure(is_null_level=True)
    if not level.rarity:
        return made.configure(m_probability=level.m, u_probability=level.u)
    # Splink puts the frequency in the place of u, so that what u says besides must go into m.
    return made.configure(
        m_probability=level.m / level.u,
        u_probability=1.0,
        tf_adjustment_column=level.rarity,
        disable_tf_exact_match_detection=True,
    )


@lru_cache(maxsize=32)
def statement(prior: float, *, dialect: str, pairs: str, records: str, at_least: float | None) -> str:
    """Return one SQL statement that scores the table ``pairs`` (rid_l, rid_r) over the table ``records``.

    Its rows: ``rid_l, rid_r, match_weight``, a ``gamma_`` and an ``mw_`` column for each comparison; only pairs
    of weight ``at_least`` (log2 of the odds) or more, all pairs where it is None.
    """
    made: Settings = settings(prior).get_settings(dialect)
    steps = compute_comparison_vector_values_from_id_pairs_sqls(
        made._columns_to_select_for_blocking,
        made._columns_to_select_for_comparison_vector_values,
        input_tablename_l=records,
        input_tablename_r=records,
        source_dataset_input_column=made.column_info_settings.source_dataset_input_column,
        unique_id_input_column=made.column_info_settings.unique_id_input_column,
        link_type=made._link_type,
        sql_dialect_str=dialect,
    ) + predict_from_comparison_vectors_sqls(
        unique_id_input_columns=made.column_info_settings.unique_id_input_columns,
        core_model_settings=made.core_model_settings,
        sql_dialect=SplinkDialect.from_string(dialect),
        threshold_match_weight=at_least,
        retain_intermediate_calculation_columns=True,
        training_mode=True,  # keeps the level of every comparison
    )
    chosen = f"SELECT rid_l AS join_key_l, rid_r AS join_key_r, '0' AS match_key FROM {pairs}"
    tables = [f"__splink__blocked_id_pairs AS ({chosen})"]
    tables += [f"{step['output_table_name']} AS ({step['sql']})" for step in steps[:-1]]
    # "float8" is the one word of Splink's that Spark does not know.
    return ("WITH " + ",\n".join(tables) + steps[-1]["sql"]).replace("as float8", "as double")


@lru_cache(maxsize=1)
def columns() -> tuple[str, ...]:
    """Return the columns of the features that the model compares, and ``rid``."""
    made: Settings = settings(0.5).get_settings("duckdb")
    named = [column.split('"')[3] for column in made._columns_to_select_for_blocking]
    return tuple(sorted(set(named)))


def tidy(scored: pl.DataFrame) -> pl.DataFrame:
    """Return what an engine answered with the columns and types that all engines share."""
    return scored.select(
        pl.col("rid_l", "rid_r").cast(pl.Int32),
        pl.col("match_weight").round(6),
        *(pl.col(f"gamma_{comparison.name}").cast(pl.Int32) for comparison in COMPARISONS),
    )
