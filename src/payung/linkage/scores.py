"""Splink's arithmetic over our own pairs: settings in, weight of every pair out.

Splink writes the SQL (comparison levels, weights, frequency adjustment) from :mod:`payung.linkage.model`; the
pairs come from :mod:`payung.linkage.blocking`, and are scored in slices so that memory stays bounded.
"""

from __future__ import annotations

import re
from dataclasses import replace
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

from payung.linkage.conditions import PAIR, UNLIKE
from payung.linkage.levels import Comparison, Level
from payung.linkage.model import COMPARISONS


def settings(prior: float, *, alone: bool = False) -> SettingsCreator:
    """Return the model as Splink settings; ``prior`` is the chance of two random records being one person.

    ``alone`` makes settings that Splink runs by itself: without the columns that are worked out once for a pair.
    """
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="rid",
        comparisons=[_comparison(one, alone) for one in COMPARISONS],
        probability_two_random_records_match=prior,
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=True,
        linker_uid="payung",
    )


@lru_cache(maxsize=4)
def _made(dialect: str) -> Settings:
    """Return the model as Splink holds it; made once, for it reads every level as SQL. The prior is another's."""
    return settings(0.5).get_settings(dialect)


@lru_cache(maxsize=4)
def _selected(dialect: str) -> list[str]:
    """Return the columns of both sides that Splink's SQL selects; it reads every level again each time it is asked."""
    return _made(dialect)._columns_to_select_for_blocking


def _comparison(comparison: Comparison, alone: bool) -> CustomComparison:
    return CustomComparison(
        output_column_name=comparison.name,
        comparison_levels=[_level(level, alone) for level in comparison.levels],
    )


def _level(level: Level, alone: bool) -> ComparisonLevelCreator:
    condition = level.when
    for name, expression in reversed(PAIR.items()) if alone else ():
        condition = condition.replace(name, expression)
    made = CustomLevel(condition, level.code or condition) if condition else ElseLevel()
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
    *before, (_, last) = tables(prior, dialect=dialect, pairs=pairs, records=records, at_least=at_least)
    return "WITH " + ",\n".join(f"{name} AS ({sql})" for name, sql in before) + last


def tables(
    prior: float, *, dialect: str, pairs: str, records: str, at_least: float | None
) -> list[tuple[str, str]]:
    """Return the tables of :func:`statement` one by one, each with its name and the query that makes it."""
    made = _made(dialect)
    model = replace(made.core_model_settings, probability_two_random_records_match=prior)
    steps = compute_comparison_vector_values_from_id_pairs_sqls(
        _selected(dialect),
        made._columns_to_select_for_comparison_vector_values,
        input_tablename_l=records,
        input_tablename_r=records,
        source_dataset_input_column=made.column_info_settings.source_dataset_input_column,
        unique_id_input_column=made.column_info_settings.unique_id_input_column,
        link_type=made._link_type,
        sql_dialect_str=dialect,
    ) + predict_from_comparison_vectors_sqls(
        unique_id_input_columns=made.column_info_settings.unique_id_input_columns,
        core_model_settings=model,
        sql_dialect=SplinkDialect.from_string(dialect),
        threshold_match_weight=at_least,
        retain_intermediate_calculation_columns=True,
        training_mode=True,  # keeps the level of every comparison
    )
    chosen = f"SELECT rid_l AS join_key_l, rid_r AS join_key_r, '0' AS match_key FROM {pairs}"
    if at_least is not None:
        chosen = worth_weighing(pairs, records)
    first = [("__splink__blocked_id_pairs", chosen)]
    first += _with_pair_columns(steps[0]["output_table_name"], steps[0]["sql"])
    found = first + [(step["output_table_name"], step["sql"]) for step in steps[1:]]
    # "float8" is the one word of Splink's that Spark does not know.
    return [(name, sql.replace("as float8", "as double")) for name, sql in found]


# What besides the name decides whether a pair is worth weighing.
_DECISIVE = {"birth", "birth_year", "birth_day", "birth_text", "nik_date", "nik15", "digits", "sound"}


def worth_weighing(pairs: str, records: str) -> str:
    """Return the query for the pairs that can reach a review at all.

    Most candidates have nothing in common but a key. Names unlike, or not the same while year and day of birth differ,
    and neither date nor number in common: such pairs are left out before all columns of both sides are fetched, which
    takes most of the time.
    """
    asked = sorted((_asked() | _DECISIVE) - {name.removesuffix("_l") for name in PAIR})
    both = ", ".join(f"{side}.{column} AS {column}_{side}" for column in asked for side in ("l", "r"))
    query = (
        f"SELECT p.rid_l, p.rid_r, {both} FROM {pairs} p"
        f" JOIN {records} l ON l.rid = p.rid_l JOIN {records} r ON r.rid = p.rid_r"
    )
    for name, expression in PAIR.items():
        query = f"SELECT *, {expression} AS {name} FROM ({query}) AS before_{name}"
    return (
        f"SELECT rid_l AS join_key_l, rid_r AS join_key_r, '0' AS match_key FROM ({query}) AS seen"
        f" WHERE NOT coalesce({UNLIKE} OR sound_l <> sound_r AND birth_year_l <> birth_year_r"
        " AND birth_day_l <> birth_day_r, FALSE) OR birth_l = birth_r OR nik15_l = nik15_r OR digits_l = digits_r"
        " OR birth_text_l = nik_date_r OR birth_text_r = nik_date_l"
    )


def _with_pair_columns(table: str, joined: str) -> list[tuple[str, str]]:
    """Return Splink's join of both sides, with what is worked out once for a pair, as tables up to ``table``."""
    ours = {name.removesuffix("_l") for name in PAIR}
    for column in sorted(ours):
        joined = re.sub(rf"[\"`][lr][\"`]\.[\"`]{column}[\"`] AS [\"`]{column}_[lr][\"`],", "", joined)
    there = set(re.findall(r"AS [\"`](\w+)[\"`]", joined))
    more = "".join(
        f"{side}.{column} AS {column}_{side}, "
        for column in sorted(_asked() - ours)
        for side in ("l", "r")
        if f"{column}_{side}" not in there
    )
    joined = joined.replace("select", f"select {more}", 1)
    steps, before = [("joined", joined)], "joined"
    for number, (name, expression) in enumerate(PAIR.items(), start=1):
        after = table if number == len(PAIR) else f"joined_{number}"
        steps.append((after, f"SELECT *, {expression} AS {name} FROM {before}"))
        before = after
    return steps


@lru_cache(maxsize=1)
def columns() -> tuple[str, ...]:
    """Return the columns of the features that the model compares, and ``rid``."""
    named = {column.split('"')[3] for column in _selected("duckdb")}
    return tuple(sorted((named | _asked()) - {name.removesuffix("_l") for name in PAIR}))


def _asked() -> set[str]:
    """Return the columns that the expressions of :data:`PAIR` ask for."""
    return {word.removesuffix("_l") for text in PAIR.values() for word in re.findall(r"\b[a-z_]+_l\b", text)}


def tidy(scored: pl.DataFrame) -> pl.DataFrame:
    """Return what an engine answered with the columns and types that all engines share."""
    return scored.select(
        pl.col("rid_l", "rid_r").cast(pl.Int32),
        pl.col("match_weight").round(6),
        *(pl.col(f"gamma_{comparison.name}").cast(pl.Int32) for comparison in COMPARISONS),
    )


def nothing() -> pl.DataFrame:
    """Return the answer of an engine to no pairs."""
    levels = {f"gamma_{comparison.name}": pl.Int32 for comparison in COMPARISONS}
    return pl.DataFrame(schema={"rid_l": pl.Int32, "rid_r": pl.Int32, "match_weight": pl.Float64, **levels})
