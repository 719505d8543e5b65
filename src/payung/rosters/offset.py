"""Lists of report programs whose headings and data do not stand in the same columns: each heading goes to its data."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import polars as pl

from payung.rosters.content import Profile

LEAST_SHARE = 0.3  # of the fullest column: what holds less is a page number


def beside_their_data(
    cells: pl.DataFrame, named: Mapping[int, str], profiles: Mapping[int, Profile]
) -> tuple[pl.DataFrame, dict[int, str]]:
    """Return the cells below a heading, and the headings by the columns of their data.

    Headings over nothing and data below nothing, between two columns that have both, belong to each other in order
    where they are equally many; else all stays where it is. A heading that is repeated further down goes along.
    """
    least = max(2, max((seen.filled for seen in profiles.values()), default=0) * LEAST_SHARE)
    has_data = {at for at, seen in profiles.items() if seen.filled >= least}
    vacant = [at for at in sorted(named) if at not in has_data]
    orphans = [at for at in sorted(has_data) if at not in named]
    if not vacant or not orphans:
        return cells, dict(named)
    edges = [-1, *(at for at in sorted(named) if at in has_data), max(*profiles, *named) + 1]
    moved: dict[int, int] = {}
    for left, right in pairwise(edges):
        without_data = [at for at in vacant if left < at < right]
        without_heading = [at for at in orphans if left < at < right]
        if len(without_heading) == len(without_data):
            moved.update(zip(without_data, without_heading, strict=True))
        elif without_heading:
            return cells, dict(named)
    for old, new in moved.items():
        again = pl.col(f"c{old}").is_in([named[old], *named[old].split(" / ")]).fill_null(False)
        cells = cells.with_columns(
            pl.when(again).then(f"c{old}").otherwise(f"c{new}").alias(f"c{new}"),
            pl.when(~again).then(f"c{old}").alias(f"c{old}"),
        )
    return cells, {moved.get(at, at): heading for at, heading in sorted(named.items())}
