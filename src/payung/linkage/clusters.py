"""From pairs to persons: records that are one person share a number.

Two groups become one person only where their records agree on average, so that one doubtful row cannot tie a
father to his son. Weights are bounded for this: no single pair outvotes the rest.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

import polars as pl

BOUND = 15.0
# The weight of a pair on which a person has decided; nothing else is as heavy.
CERTAIN = 1000.0
# More records of one person than this are not compared each with each: their pairs grow with the square.
LARGEST = 2000


def components(records: int, same: pl.DataFrame) -> list[int]:
    """Return for each record 0 … ``records`` - 1 the smallest record that it hangs together with.

    ``same`` has the pairs ``rid_l, rid_r, match_weight``. What would hang together in more than :data:`LARGEST`
    records does so only where each pair alone is certain (:data:`BOUND`).
    """
    roots = _hanging(records, same)
    size = Counter(roots)
    if max(size.values(), default=0) <= LARGEST:
        return roots
    large = {record for record, root in enumerate(roots) if size[root] > LARGEST}
    weak = pl.col("rid_l").is_in(large) & (pl.col("match_weight") < BOUND)
    return _hanging(records, same.filter(~weak))


def _hanging(records: int, same: pl.DataFrame) -> list[int]:
    root = list(range(records))
    for left, right in same.select("rid_l", "rid_r").iter_rows():
        one, other = _find(root, left), _find(root, right)
        if one != other:
            root[max(one, other)] = min(one, other)
    return [_find(root, record) for record in range(records)]


def inner_pairs(roots: list[int]) -> pl.DataFrame:
    """Return all pairs ``rid_l`` < ``rid_r`` within the components of three records and more.

    Larger components than :data:`LARGEST` have none: :func:`components` lets only certain pairs make those.
    """
    frame = pl.DataFrame({"root": roots}, schema={"root": pl.Int32}).with_row_index("rid")
    frame = frame.with_columns(pl.col("rid").cast(pl.Int32)).filter(
        pl.len().over("root").is_between(3, LARGEST)
    )
    return (
        frame.join(frame, on="root", suffix="_r")
        .filter(pl.col("rid") < pl.col("rid_r"))
        .select(pl.col("rid").alias("rid_l"), "rid_r")
        .sort("rid_l", "rid_r")
    )


def persons(
    roots: list[int], inner: pl.DataFrame, *, at_least: float, places: Mapping[int, int] | None = None
) -> pl.Series:
    """Return the person number of each record, from 1, in the order of first records.

    ``inner`` has ``rid_l, rid_r, match_weight, apart`` of all pairs within components of three records and more. There
    groups are joined from the strongest pair down, while the mean weight between them is ``at_least`` or more and no
    pair between them must stay ``apart``; where a person has joined records of a group, such pairs do not count. Of
    pairs that are equally strong those come first whose records have the lower ``places`` (else the lower numbers).
    """
    root = list(range(len(roots)))
    weights: dict[tuple[int, int], float] = {}
    apart: set[tuple[int, int]] = set()
    settled: set[int] = set()  # records that a person has put together with others
    rows: list[tuple[float, int, int, int, int]] = []
    place = places or {}
    for left, right, weight, never in inner.select("rid_l", "rid_r", "match_weight", "apart").iter_rows():
        weights[left, right] = weight if abs(weight) == CERTAIN else min(max(weight, -BOUND), BOUND)
        low, high = sorted((place.get(left, left), place.get(right, right)))
        rows.append((-weight, low, high, left, right))
        if never:
            apart.add((left, right))
        if weight == CERTAIN:
            settled |= {left, right}
    loose = {record for pair in weights for record in pair}
    for record, first in enumerate(roots):
        if record not in loose:
            root[record] = first
    members: defaultdict[int, list[int]] = defaultdict(list)
    for record in sorted(loose):
        members[record].append(record)
    for negative, _, _, left, right in sorted(rows):
        if -negative < at_least:
            break
        one, other = _find(root, left), _find(root, right)
        if one == other:
            continue
        between = [(min(a, b), max(a, b)) for a in members[one] for b in members[other]]
        free = [pair for pair in between if pair not in apart]
        if len(free) < len(between):
            if not free or settled.isdisjoint(members[one] + members[other]):
                continue
            between = free
        if sum(weights[pair] for pair in between) / len(between) >= at_least:
            low, high = min(one, other), max(one, other)
            root[high] = low
            members[low] += members.pop(high)
    found = pl.Series("root", [_find(root, record) for record in range(len(root))], dtype=pl.Int64)
    return found.rank("dense").cast(pl.Int64).alias("person")


def _find(root: list[int], record: int) -> int:
    while root[record] != record:
        root[record] = root[root[record]]
        record = root[record]
    return record
