"""The question as arrays: who may be covered, which line pays what for whom in which month, and the limits."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

MANY_SUMS = 20_000
NOBODY = -1  # the group of people without a quota; also: a line that may not pay, a line without a cap


@dataclass(frozen=True)
class Problem:
    """What is asked. Months, lines, kinds of people, villages and quotas are numbers from 0.

    Fields
        weight: of each person, a positive whole number. People stand in the order of the ranking.
        kind: of each person; people of one kind cost the same on every line and may begin in the same months.
        village, group: of each person; ``group`` is the number of the quota or ``NOBODY``.
        cost: rupiah that [kind, line, month] takes, ``NOBODY`` where the line may not pay.
        starts: whether a person of [kind] may begin in [month].
        length: months that a chosen person is covered, in a row.
        budget: rupiah of each line.
        cap: most rupiah of [line] for one person, ``NOBODY`` without a cap.
        floor: people that [village] must have at least.
        quota: people that [group] may have at most.
    """

    weight: Ints
    kind: Ints
    village: Ints
    group: Ints
    cost: Ints
    starts: Bools
    length: int
    budget: Ints
    cap: Ints
    floor: Ints
    quota: Ints

    @property
    def people(self) -> int:
        """How many may be chosen."""
        return len(self.weight)

    @property
    def lines(self) -> int:
        """How many lines of money there are."""
        return int(self.cost.shape[1])

    @cached_property
    def shape(self) -> Shape:
        """The months of equal prices, and what a cover can look like in them."""
        return Shape.of(self)

    @cached_property
    def spendable(self) -> Ints:
        """Rupiah of each line that contributions can add up to.

        Never more than everybody together can take, and rounded down to the greatest common divisor of the prices.
        """
        each = np.where(self.cost > 0, self.cost, 0).sum(axis=2)
        found: Ints = np.minimum(self.budget, np.bincount(self.kind, minlength=len(self.cost)) @ each)
        for line in range(self.lines):
            prices = np.unique(self.cost[:, line])
            step = math.gcd(*(int(price) for price in prices if price > 0))
            found[line] = found[line] // step * step if step else 0
        return found

    def save(self, path: Path) -> None:
        """Write the arrays to ``path``."""
        arrays: dict[str, Any] = {field.name: getattr(self, field.name) for field in fields(self)}
        np.savez(path, **arrays)

    @classmethod
    def load(cls, path: Path) -> Problem:
        """Read the arrays of :meth:`save`."""
        with np.load(path) as found:
            arrays = {field.name: found[field.name] for field in fields(cls)}
        return cls(**{**arrays, "length": int(arrays["length"])})


@dataclass(frozen=True)
class Shape:
    """Months in which every line asks the same of everybody are one block; covers that take equally many months of
    every block are one window. A plan needs no more detail until people are written down.

    Fields
        months: the months of each block, rising.
        cost: rupiah a month that [kind, line, block] takes, ``NOBODY`` where the line may not pay.
        windows: months of [block] in [window].
        start: first month of the earliest cover of [kind] that looks like [window], ``NOBODY`` where none may.
        capped: whether the cap of [line] can bind for somebody of [kind].
        cap: the most rupiah up to it that whole months of [kind, line] add up to; 0 where no cap can bind.
    """

    months: tuple[Ints, ...]
    cost: Ints
    windows: Ints
    start: Ints
    capped: Bools
    cap: Ints

    @classmethod
    def of(cls, problem: Problem) -> Shape:
        """Return the shape of ``problem``."""
        count = problem.cost.shape[2]
        cost = np.where(
            (problem.cap[None, :, None] >= 0) & (problem.cost > problem.cap[None, :, None]),
            NOBODY,
            problem.cost,
        )
        blocks: dict[bytes, list[int]] = {}
        for month in range(count):
            blocks.setdefault(np.ascontiguousarray(cost[:, :, month]).tobytes(), []).append(month)
        months = tuple(np.array(block, dtype=np.int64) for block in blocks.values())
        block_of = np.zeros(count, dtype=np.int64)
        for number, block in enumerate(months):
            block_of[block] = number
        payable: Bools = np.any(cost >= 0, axis=1)
        seen: dict[bytes, int] = {}
        windows: list[Ints] = []
        starts: list[tuple[int, int]] = []
        for first in range(count - problem.length + 1):
            taken = np.bincount(block_of[first : first + problem.length], minlength=len(months))
            number = seen.setdefault(taken.tobytes(), len(windows))
            if number == len(windows):
                windows.append(taken)
            starts.append((first, number))
        start = np.full((len(cost), len(windows)), NOBODY, dtype=np.int64)
        for first, number in starts:
            may = problem.starts[:, first] & payable[:, first : first + problem.length].all(axis=1)
            start[:, number] = np.where(may & (start[:, number] < 0), first, start[:, number])
        by_block = np.stack([cost[:, :, block[0]] for block in months], axis=2)
        most = np.where(cost >= 0, cost, 0).sum(axis=2)
        capped = (problem.cap >= 0)[None, :] & (most > problem.cap[None, :])
        cap = np.zeros_like(most)
        for kind, line in np.argwhere(capped):
            cap[kind, line] = _most_below(cost[kind, line], int(problem.cap[line]))
        return cls(months, by_block, np.array(windows, dtype=np.int64), start, capped, cap)

    @cached_property
    def payable(self) -> Bools:
        """Whether somebody of [kind] can be covered at all, money aside."""
        found: Bools = np.any(self.start >= 0, axis=1)
        return found


def _most_below(prices: Ints, cap: int) -> int:
    """Return the largest sum of some of ``prices`` (those that are not ``NOBODY``) that is not above ``cap``."""
    sums = {0}
    for price in prices[prices >= 0].tolist():
        sums |= {one + price for one in sums if one + price <= cap}
        if len(sums) > MANY_SUMS:  # as many prices as months: the cap itself will do
            return cap
    return max(sums)
