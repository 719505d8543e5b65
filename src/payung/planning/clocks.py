"""What a plan does to the clocks of the law: full JKM, the 36 months of the scholarship, memberships that break."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from payung.law import Book, load
from payung.law.months import first_day, from_index, index, whole_months
from payung.law.rules.membership import gap_keeps_membership, jkm_is_full
from payung.planning.optimum.problem import Bools, Ints
from payung.planning.standing import NO_COVER, covered_until

NEVER = 10**6


@dataclass(frozen=True)
class Clocks:
    """Of people who were candidates and of those whom a plan covers.

    Fields
        full_months: person-months with full JKM.
        broken: ids of running memberships that end within the horizon, with the month in which they do.
        unclear: ids of those whose gap the law's readings judge differently.
        milestones, lost: ids that complete the months of the scholarship within the plan; that would have if their
        membership had gone on through the whole horizon, or had them and lose them.
    """

    full_months: int
    broken: tuple[tuple[str, str], ...]
    unclear: tuple[str, ...]
    milestones: tuple[str, ...]
    lost: tuple[str, ...]


def clocks(
    people: pl.DataFrame, covers: Mapping[str, tuple[str, int]], last: str, *, book: Book | None = None
) -> Clocks:
    """Return what ``covers`` (id → first month, months in a row) does to ``people`` up to the month ``last``.

    ``people`` has ``id, segment, covered_until, paid_months``. A membership before the plan is taken to have no
    holes: it began ``paid_months`` before ``covered_until`` ends.
    """
    base = book or load()
    until = covered_until(people)
    paid = people["paid_months"].to_numpy().astype(np.int64)
    ids = people["id"].to_list()
    found = [covers.get(one) for one in ids]
    first = np.array([index(one[0]) if one else NEVER for one in found], dtype=np.int64)
    length = np.array([one[1] if one else 0 for one in found], dtype=np.int64)
    end = index(last)
    law = base.on(first_day(last))
    member = (until > NO_COVER) & (paid > 0)
    verdicts = _gaps(np.where(member & (first < NEVER), np.maximum(first - until - 1, 0), NEVER), law)
    goes_on = member & (verdicts == "yes")
    since = np.where(goes_on, until - paid + 1, first)
    before = np.where(goes_on, paid, 0)
    full = _full_months(people["segment"].to_numpy(), since, before, first, length, base)
    wanted = int(law.scholarship_months)
    milestone = (before < wanted) & (before + length >= wanted)
    breaks = _breaks(until, first, length, member, verdicts, int(law.grace_months))
    broken = member & (breaks <= end)
    # what the months would have come to had the membership gone on to the end of the horizon
    might = paid + np.maximum(end - until, 0)
    reached = np.where(goes_on, before + length, 0)
    lost = broken & (might >= wanted) & ((paid >= wanted) | (reached < wanted))
    new = (first < NEVER) & ~member & (first + length - 1 + law.grace_months + 1 <= end)
    broken, breaks = broken | new, np.where(new, first + length + law.grace_months, breaks)
    return Clocks(
        full,
        tuple((ids[at], from_index(int(breaks[at]))) for at in np.nonzero(broken)[0]),
        tuple(ids[at] for at in np.nonzero(member & (verdicts == "periksa"))[0]),
        tuple(ids[at] for at in np.nonzero(milestone)[0]),
        tuple(ids[at] for at in np.nonzero(lost)[0]),
    )


def member_until(people: pl.DataFrame, rows: pl.DataFrame, *, book: Book | None = None) -> pl.DataFrame:
    """Return ``people`` as they stand after the plan ``rows`` (``id, month``): ``covered_until`` and ``paid_months``.

    Months before a gap count only where the law says that the membership goes on.
    """
    spans = rows.group_by("id").agg(
        pl.col("month").min().alias("_first"), pl.col("month").max().alias("_last"), pl.len().alias("_months")
    )
    joined = people.join(spans, on="id", how="left", maintain_order="left")
    if rows.is_empty():
        return people
    until, paid = covered_until(people), people["paid_months"].to_numpy().astype(np.int64)
    first = np.array(
        [NEVER if one is None else index(one) for one in joined["_first"].to_list()], dtype=np.int64
    )
    law = (book or load()).on(first_day(str(rows["month"].min())))
    member = (until > NO_COVER) & (paid > 0) & (first < NEVER)
    goes_on = member & (_gaps(np.where(member, np.maximum(first - until - 1, 0), NEVER), law) == "yes")
    before = pl.Series("_before", np.where(goes_on, paid, 0), dtype=pl.Int64)
    covered = pl.col("_months").is_not_null()
    return (
        joined.with_columns(
            before,
            pl.when(covered).then("_last").otherwise("covered_until").alias("covered_until"),
        )
        .with_columns(
            pl.when(covered)
            .then(pl.col("_before") + pl.col("_months"))
            .otherwise("paid_months")
            .cast(pl.Int64)
            .alias("paid_months")
        )
        .select(people.columns)
    )


def _gaps(gap: Ints, law: object) -> np.ndarray:
    """Return what the law says of each gap of months: yes, periksa or no."""
    short = np.minimum(gap, 1200)
    values, at = np.unique(short, return_inverse=True)
    return np.array([gap_keeps_membership(law, int(one)) for one in values])[at]  # type: ignore[arg-type]


def _breaks(until: Ints, first: Ints, length: Ints, member: Bools, verdicts: object, grace: int) -> Ints:
    """Return the month in which each running membership has more unpaid months than the grace."""
    again = member & (np.asarray(verdicts) != "no")
    last_paid = np.where(again, first + length - 1, until)
    return np.where(member, last_paid + grace + 1, NEVER)


def _full_months(segments: object, since: Ints, before: Ints, first: Ints, length: Ints, book: Book) -> int:
    """Return the months of cover on whose first day JKM is full by every reading."""
    names, segment = np.unique(np.asarray(segments), return_inverse=True)
    some = length > 0
    if not some.any():
        return 0
    rows = np.stack([segment[some], since[some], before[some], first[some], length[some]], axis=1)
    kinds, count = np.unique(rows, axis=0, return_counts=True)
    total = 0
    for (kind, begin, paid, start, months), people in zip(kinds.tolist(), count.tolist(), strict=True):
        day_one = first_day(from_index(begin))
        for at in range(months):
            day = first_day(from_index(start + at))
            law = book.on(day)
            done = whole_months(day_one, day)
            total += people * jkm_is_full(law, str(names[kind]), paid + at + 1, done, (day - day_one).days)
    return total
