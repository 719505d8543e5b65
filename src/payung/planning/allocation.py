"""Whom the money covers: first a floor in every village, then strictly in the order of the ranking.

Nobody is passed over for being dearer than someone further down: the list stops at the first person whom the
money does not reach, and all after that person are the reserve, in the same order
(docs/decisions/0006-strict-order.md).
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class Allocation:
    """What was decided.

    Fields
        people: the ranked people with ``decision`` ("chosen" or "reserve"), ``floor`` (chosen as one of the
            first of the village), ``list_place`` (from 1 within chosen and within reserve).
        budget, committed, left: rupiah.
        floor: people a village.
        floor_met: whether every village with enough people got its floor.
    """

    people: pl.DataFrame
    budget: int
    committed: int
    left: int
    floor: int
    floor_met: bool


def allocate(ranked: pl.DataFrame, *, budget: int, floor: int) -> Allocation:
    """Choose among ``ranked`` people (columns ``rank``, ``village_key``, ``cost`` in rupiah for the period).

    Raises ``ValueError`` where budget or floor is negative or a cost is null or negative.
    """
    if budget < 0 or floor < 0:
        raise ValueError("budget and floor must not be negative")
    if ranked.height and (ranked["cost"].null_count() or int(ranked["cost"].min()) < 0):  # type: ignore[arg-type]
        raise ValueError("every cost must be a whole, non-negative number of rupiah")
    people = ranked.with_columns(
        pl.col("rank").rank("ordinal").over("village_key").cast(pl.Int64).alias("place_in_village")
    )
    wants_floor = pl.col("place_in_village") <= floor
    # The village's first people in turn: every village's first before any village's second.
    on_floor = people.filter(wants_floor).sort("place_in_village", "rank")
    floor_cost = pl.col("cost").cum_sum()
    on_floor = on_floor.with_columns((floor_cost <= budget).alias("fits"))
    spent = int(on_floor.filter("fits")["cost"].sum())
    floor_met = bool(on_floor["fits"].all()) if on_floor.height else True
    rest = people.filter(~wants_floor).sort("rank")
    within = (floor_cost <= budget - spent) if floor_met else pl.lit(False)
    rest = rest.with_columns(within.alias("fits"))
    both = pl.concat([on_floor.with_columns(floor=pl.lit(True)), rest.with_columns(floor=pl.lit(False))])
    decided = (
        both.with_columns(
            pl.when("fits").then(pl.lit("chosen")).otherwise(pl.lit("reserve")).alias("decision"),
            (pl.col("floor") & pl.col("fits")).alias("floor"),
        )
        .drop("fits", "place_in_village")
        .sort("rank")
        .with_columns(pl.col("rank").rank("ordinal").over("decision").cast(pl.Int64).alias("list_place"))
    )
    committed = int(decided.filter(pl.col("decision") == "chosen")["cost"].sum())
    return Allocation(decided, budget, committed, budget - committed, floor, floor_met)
