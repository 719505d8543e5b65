"""What a plan buys, in figures that can stand beside those of another plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from payung.law import Book
from payung.planning.clocks import clocks
from payung.planning.projection import expected_deaths
from payung.planning.wishes import Line

ROWS: dict[str, type[pl.DataType]] = {
    "id": pl.String,
    "line": pl.String,
    "month": pl.String,
    "amount": pl.Int64,
}
EXTRA = 100_000_000  # rupiah: "Rp100 million more buys …"


def figures(
    people: pl.DataFrame,
    rows: pl.DataFrame,
    months: Sequence[str],
    *,
    floor: int = 0,
    horizon: str | None = None,
    book: Book | None = None,
) -> dict[str, Any]:
    """Return the figures of the plan ``rows`` (columns of :data:`ROWS`) for ``people`` who were candidates.

    ``people`` has ``id, village_code, segment, birth_date, sex, covered_until, paid_months``; ``horizon`` is the month
    up to which a membership may break (default: the last of ``months``). Money is whole rupiah.
    """
    covers = {
        one: (first, count)
        for one, first, count in rows.group_by("id")
        .agg(pl.col("month").min(), pl.len().alias("n"))
        .sort("id")
        .iter_rows()
    }
    found = clocks(people, covers, horizon or months[-1], book=book)
    chosen = people.filter(pl.col("id").is_in(list(covers)))
    return {
        "people": len(covers),
        "person_months": rows.height,
        "person_months_full_jkm": found.full_months,
        "clocks_broken": len(found.broken),
        "clocks_broken_who": [{"id": one, "month": month} for one, month in found.broken],
        "clocks_unclear": len(found.unclear),
        "clocks_unclear_who": list(found.unclear),
        "milestones_36": len(found.milestones),
        "milestones_36_lost": len(found.lost),
        "milestones_36_lost_who": list(found.lost),
        "deaths_covered": _deaths(chosen, covers),
        "cost": int(rows["amount"].sum()),
        "cost_by_line": _by(rows, "line"),
        "cost_by_line_and_month": {
            line: _by(rows.filter(pl.col("line") == line), "month")
            for line in rows["line"].unique().sort().to_list()
        },
        "below_floor": below_floor(people, rows, floor),
    }


def below_floor(people: pl.DataFrame, rows: pl.DataFrame, floor: int) -> list[str]:
    """Return the villages of ``people`` with fewer than ``floor`` chosen, sorted."""
    chosen = pl.col("id").is_in(rows["id"].unique().to_list())
    counted = people.group_by("village_code").agg(chosen.sum().alias("n"))
    return counted.filter(pl.col("n") < floor)["village_code"].sort().to_list()


def _by(rows: pl.DataFrame, column: str) -> dict[str, int]:
    return dict(rows.group_by(column).agg(pl.col("amount").sum()).sort(column).iter_rows())


def _deaths(chosen: pl.DataFrame, covers: dict[str, tuple[str, int]]) -> dict[str, Any]:
    """Return the deaths to expect within the months of cover; a cover counts from its own first month."""
    if not covers:
        return {"expected": 0.0, "low": 0, "high": 0}
    known = chosen.filter(pl.col("birth_date").is_not_null())
    first = min(month for month, _ in covers.values())
    months = max(count for _, count in covers.values())
    return expected_deaths(known, first, months)


def more_money(
    reserve: pl.DataFrame,
    lines: Sequence[Line],
    left: dict[str, int],
    price: np.ndarray,
    length: int,
) -> dict[str, dict[str, int]]:
    """Return what :data:`EXTRA` rupiah more on each line would buy from the reserve, in its order, that line alone.

    ``reserve`` is in the order of the ranking; ``price`` is what a whole cover of [person, line] takes, negative where
    the line alone cannot pay it.
    """
    found = {}
    for at, line in enumerate(lines):
        able = price[:, at][price[:, at] >= 0]
        reached = int((np.cumsum(able) <= EXTRA + left[line.id]).sum())
        found[line.id] = {"people": reached, "person_months": reached * length}
    assert reserve.height == len(price)
    return found
