"""The numbers of a run: each counted once from the same two frames, the rows and the people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from payung.enrolment.decisions import STATES
from payung.planning.eligibility import Rule

UNPROTECTED = ("refused", "review", "chosen", "reserve", "returned")
_VILLAGE = ["village_code", "village_name", "district_name"]


def per_village(rows: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Return one row a village: rows read and returned there, and its people by state, with the cost in rupiah.

    ``rows`` and ``people`` carry village_code, village_name and district_name; a row without a known village is
    counted under the name as written.
    """
    row_counts = rows.group_by(_VILLAGE).agg(
        pl.len().alias("rows"), (pl.col("outcome") == "returned").sum().alias("rows_returned")
    )
    counts = [(pl.col("state") == state).sum().alias(state) for state in STATES]
    people_counts = people.group_by(_VILLAGE).agg(
        pl.len().alias("people"),
        *counts,
        pl.col("state").is_in(UNPROTECTED).sum().alias("unprotected"),
        pl.col("cost").filter(pl.col("state") == "chosen").sum().alias("cost"),
    )
    joined = row_counts.join(people_counts, on=_VILLAGE, how="full", coalesce=True, nulls_equal=True)
    numbers = [name for name in joined.columns if name not in _VILLAGE]
    return joined.with_columns(pl.col(numbers).fill_null(0).cast(pl.Int64)).sort(_VILLAGE, nulls_last=True)


def per_file(rows: pl.DataFrame, files: Sequence[str], corrected: dict[str, str]) -> pl.DataFrame:
    """Return one row a roster: rows read, accepted, noted, returned, and its corrected workbook."""
    verdicts = ("accepted", "noted", "returned")
    counts = rows.group_by("file").agg(
        pl.len().cast(pl.Int64).alias("read"),
        *[(pl.col("verdict") == verdict).sum().cast(pl.Int64).alias(verdict) for verdict in verdicts],
    )
    all_files = pl.DataFrame({"file": list(files)}, schema={"file": pl.String})
    return (
        all_files.join(counts, on="file", how="left", maintain_order="left")
        .with_columns(pl.col("read", *verdicts).fill_null(0))
        .with_columns(
            pl.col("file").replace_strict(corrected, default=None, return_dtype=pl.String).alias("corrected")
        )
    )


def per_reason(row_reasons: pl.DataFrame, people: pl.DataFrame, meanings: dict[str, str]) -> pl.DataFrame:
    """Return one row a reason code: rows that carry it (judging the workbook) and people (deciding on them)."""
    of_rows = _each(row_reasons.lazy().select("reasons"), "code", "rows")
    decided = people.lazy().filter(pl.col("state") != "returned")
    of_people = _each(decided.select("codes"), "code", "people")
    return (
        of_rows.join(of_people, on="code", how="full", coalesce=True)
        .with_columns(pl.col("rows", "people").fill_null(0))
        .with_columns(
            pl.col("code").replace_strict(meanings, default=None, return_dtype=pl.String).alias("meaning")
        )
        .sort("code")
    )


def per_rule(people: pl.DataFrame, rules: Sequence[Rule], used: Sequence[Rule]) -> pl.DataFrame:
    """Return one row a rule: what it asks, its basis, whether it was on, and how many usable people it refused."""
    refused = people.lazy().filter(pl.col("state") == "refused")
    refusals = _each(refused.select("refused_by"), "name", "refused")
    on = {rule.name for rule in used}
    table = pl.DataFrame(
        {
            "name": [rule.name for rule in rules],
            "title": [rule.title.id for rule in rules],
            "basis": [rule.basis for rule in rules],
            "used": ["ya" if rule.name in on else "tidak" for rule in rules],
        }
    )
    return table.join(refusals, on="name", how="left", maintain_order="left").with_columns(
        pl.col("refused").fill_null(0)
    )


def _each(lists: pl.LazyFrame, item: str, count: str) -> pl.DataFrame:
    """Return how often each ``item`` occurs in the one column of ``lists``; alike lists are taken apart once."""
    (column,) = lists.collect_schema().names()
    return (
        lists.group_by(column)
        .agg(pl.len().cast(pl.Int64).alias(count))
        .explode(column, empty_as_null=False, keep_nulls=False)
        .group_by(pl.col(column).alias(item))
        .agg(pl.col(count).sum())
        .collect()
    )


def totals(rows: pl.DataFrame, people: pl.DataFrame) -> dict[str, Any]:
    """Return the counts of rows by verdict and by outcome, and of people by state; each adds up to its total."""
    verdicts = {"accepted": 0, "noted": 0, "returned": 0}
    verdicts |= dict(rows.group_by("verdict").len().sort("verdict").iter_rows())
    outcomes = dict(rows.group_by("outcome").len().sort("outcome").iter_rows())
    states = dict.fromkeys(STATES, 0) | dict(people.group_by("state").len().sort("state").iter_rows())
    return {
        "rows": {"read": rows.height, **verdicts},
        "rows_by_outcome": outcomes,
        "people": {
            "total": people.height,
            **states,
            "unprotected": sum(states[state] for state in UNPROTECTED),
        },
    }
