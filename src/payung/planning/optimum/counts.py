"""From what the solver said to counts that fit: whole, within every line's money, with every month paid.

What the solver left in fractions is rounded down, and the months that then lack a payer are put on a line with money
left, if need be after another month has moved away from it; only then is somebody let go, the lowest of the ranking
who is not needed for a floor.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from payung.planning.optimum.problem import Bools, Ints, Problem
from payung.planning.optimum.restricted import Found

NEARLY = 1e-6


@dataclass
class Counts:
    """Who is chosen, how many of each kind in which window, and which line pays how many of their months.

    Fields
        chosen: people. windows: people by [kind, window]. months: person-months by [kind, line, block].
        left: rupiah of each line.
    """

    chosen: Bools
    windows: Ints
    months: Ints
    left: Ints


def whole(problem: Problem, found: Found) -> Counts | None:
    """Return counts near ``found`` that fit, or ``None`` where floors stand in the way of letting anybody go."""
    shape = problem.shape
    chosen = found.people > 1 - NEARLY
    number = np.bincount(problem.kind[chosen], minlength=len(problem.cost))
    windows = _share_out(number, found, shape.start >= 0)
    months = np.floor(found.months + NEARLY).astype(np.int64)
    demand = windows @ shape.windows
    _trim(months, months.sum(axis=1) - demand, shape.cost)
    left = problem.budget - (months * np.maximum(shape.cost, 0)).sum(axis=(0, 2))
    counts = Counts(chosen, windows, months, left)
    work = _Mending(problem, counts)
    return counts if work.mend() else None


def _share_out(number: Ints, found: Found, may: Bools) -> Ints:
    """Return the people of every kind by window, adding up to ``number``."""
    windows = np.floor(found.windows + NEARLY).astype(np.int64)
    for kind in np.nonzero(windows.sum(axis=1) != number)[0]:
        part = np.where(may[kind], found.windows[kind] - windows[kind], -1.0)
        while windows[kind].sum() < number[kind]:
            at = int(part.argmax())
            windows[kind, at] += 1
            part[at] -= 1.0 if part[at] > 0 else 0.0
        while windows[kind].sum() > number[kind]:
            windows[kind, np.nonzero(windows[kind])[0][-1]] -= 1
    return windows


def _trim(months: Ints, over: Ints, cost: Ints) -> None:
    """Take months away where more are paid than there are, the dearest first."""
    for kind, block in np.argwhere(over > 0):
        rest = int(over[kind, block])
        for line in np.argsort(-cost[kind, :, block], kind="stable"):
            gone = min(rest, int(months[kind, line, block]))
            months[kind, line, block] -= gone
            rest -= gone


class _Mending:
    def __init__(self, problem: Problem, counts: Counts) -> None:
        self.problem, self.counts, self.cost = problem, counts, problem.shape.cost
        self.missing = counts.windows @ problem.shape.windows - counts.months.sum(axis=1)

    def mend(self) -> bool:
        """Pay what is missing; return whether all fits in the end."""
        counts = self.counts
        for line in np.nonzero(counts.left < 0)[0]:
            self._relieve(int(line))
        while self.missing.any():
            kind, block = (int(one) for one in np.argwhere(self.missing > 0)[0])
            if not (self._pay(kind, block) or self._make_room(kind, block) or self._let_go(kind)):
                return False
        return True

    def _relieve(self, line: int) -> None:
        months, left = self.counts.months, self.counts.left
        while left[line] < 0:
            kind, block = (int(one) for one in np.argwhere(months[:, line] > 0)[-1])
            self._move(kind, block, line, None)

    def _move(self, kind: int, block: int, source: int | None, target: int | None) -> None:
        """Move one month from a line to another; ``None`` is nobody's line, where months are missing."""
        for line, change in ((source, -1), (target, 1)):
            if line is None:
                self.missing[kind, block] += change
            else:
                self.counts.months[kind, line, block] += change
                self.counts.left[line] -= change * self.cost[kind, line, block]

    def _pay(self, kind: int, block: int) -> bool:
        price = self.cost[kind, :, block]
        able = np.nonzero((price >= 0) & (price <= self.counts.left))[0]
        if not len(able):
            return False
        line = min(able, key=lambda one: (price[one], -self.counts.left[one], one))
        self._move(kind, block, None, int(line))
        return True

    def _make_room(self, kind: int, block: int) -> bool:
        months, left, cost = self.counts.months, self.counts.left, self.cost
        for line in np.nonzero(cost[kind, :, block] >= 0)[0]:
            lack = cost[kind, line, block] - left[line]
            leave = (months[:, line] > 0) & (cost[:, line] >= lack)
            for other in range(self.problem.lines):
                if other == line:
                    continue
                can = leave & (cost[:, other] >= 0) & (cost[:, other] <= left[other])
                if can.any():
                    of, at = (int(one) for one in np.argwhere(can)[0])
                    self._move(of, at, int(line), other)
                    self._move(kind, block, None, int(line))
                    return True
        return False

    def _let_go(self, kind: int) -> bool:
        problem, chosen = self.problem, self.counts.chosen
        count = np.bincount(problem.village[chosen], minlength=len(problem.floor))
        spare = chosen & (count > problem.floor)[problem.village]
        own = np.nonzero(spare & (problem.kind == kind))[0]
        anybody = own if len(own) else np.nonzero(spare)[0]
        if not len(anybody):
            return False
        person = int(anybody[np.argmin(problem.weight[anybody])])
        chosen[person] = False
        of = int(problem.kind[person])
        window = int(np.nonzero(self.counts.windows[of])[0][-1])
        self.counts.windows[of, window] -= 1
        for block, months in enumerate(problem.shape.windows[window]):
            for _ in range(int(months)):
                if self.missing[of, block] > 0:
                    self.missing[of, block] -= 1
                    continue
                lines = np.nonzero(self.counts.months[of, :, block])[0]
                line = int(lines[np.argmax(self.cost[of, lines, block])])
                self._move(of, block, line, None)
                self.missing[of, block] -= 1
        return True
