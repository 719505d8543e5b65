"""The programme over a part of the people and of the ways to pay; the rest stands fixed.

A kind of which only one way to pay is let in needs no rows of its own: its people lie directly on the lines' money.
The others have a count, a row a block of months, and a row for each cap that can bind.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from payung.planning.optimum.linear import INFINITE, Answer, Linear
from payung.planning.optimum.prices import Prices
from payung.planning.optimum.problem import Bools, Floats, Ints, Problem

MONEY = 10_000.0  # rupiah of one unit in the programme, so that its numbers are near one


@dataclass(frozen=True)
class Part:
    """What is let in.

    Fields
        active: people who may or may not be chosen. fixed: people who are (never active as well).
        pays: whether [kind, line, block] may be used. looks: whether [kind, window] may be.
        kinds: which kinds are asked about at all; the people of others are nobody's concern here.
        spent: rupiah of each line that are gone already.
        floors, places: people by village, and places by group, that others have filled already.
    """

    active: Bools
    fixed: Bools
    pays: Bools
    looks: Bools
    kinds: Bools
    spent: Ints
    floors: Ints
    places: Ints


class ImpossibleError(Exception):
    """The solver proved that no whole answer keeps all limits."""


@dataclass(frozen=True)
class Found:
    """An answer in the terms of the problem.

    Fields
        people: share of each person that is chosen. windows: people by [kind, window].
        months: person-months by [kind, line, block]. short: how far limits were overstepped (units of the programme).
        solved: whether the solver ended as asked.
    """

    people: Floats
    windows: Floats
    months: Floats
    prices: Prices
    short: float
    solved: bool


def solve(
    problem: Problem,
    part: Part,
    gain: Ints,
    *,
    limit: int | None = None,
    whole: bool = False,
    penalty: float = 0.0,
    gap: float = 0.0,
    nodes: int | None = None,
) -> Found | None:
    """Return the best answer within ``part``, or ``None`` where the solver gave none in time.

    With a ``penalty`` (a multiple of the largest gain) every limit may be overstepped at that price. ``gap`` (units of
    weight) and ``nodes`` say when to be content with whole people, and when to give up.

    Raises :class:`ImpossibleError` where the solver proves that nothing keeps all limits.
    """
    return _Build(problem, part, gain, limit, whole, penalty).solve(gap, nodes)


class _Build:
    def __init__(
        self, problem: Problem, part: Part, gain: Ints, limit: int | None, whole: bool, penalty: float
    ) -> None:
        self.problem, self.part, self.whole, self.penalty = problem, part, whole, penalty
        self.unit = float(max(1, int(gain.max(initial=1))))
        self.gain, self.limit = gain, limit
        shape = problem.shape
        self.programme = Linear()
        self.who = np.nonzero(part.active & part.kinds[problem.kind])[0]
        inside = part.fixed & part.kinds[problem.kind]
        self.held = np.bincount(problem.kind[inside], minlength=len(problem.cost))
        self.inside = inside
        pays = part.pays & (shape.cost >= 0)
        ways, looks = pays.sum(axis=1), part.looks & (shape.start >= 0)
        wanted = np.zeros(len(problem.cost), dtype=bool)
        wanted[problem.kind[self.who]] = True
        wanted |= self.held > 0
        self.pays, self.looks = pays, looks
        one_way = (looks.sum(axis=1) == 1) & ((looks @ (shape.windows > 0)) <= (ways == 1)).all(axis=1)
        self.simple = wanted & one_way & ~shape.capped.any(axis=1)
        self.complex = np.nonzero(wanted & ~self.simple)[0]
        self._simple_months()
        self._rows()
        self._columns()

    def _simple_months(self) -> None:
        """Months by [line, block] that a person of each simple kind takes."""
        shape = self.problem.shape
        only = np.where(self.simple, self.looks.argmax(axis=1), 0)
        self.taken = np.where(self.pays, shape.windows[only][:, None, :], 0)
        self.taken[~self.simple] = 0
        self.price = (self.taken * np.maximum(shape.cost, 0)).sum(axis=2)

    def _rows(self) -> None:
        problem, part, programme = self.problem, self.part, self.programme
        gone = part.spent + self.held @ self.price
        self.money = programme.rows(-INFINITE, (problem.spendable - gone) / MONEY, problem.lines)
        filled = part.floors + np.bincount(problem.village[self.inside], minlength=len(problem.floor))
        self.towns = np.nonzero(problem.floor > filled)[0]
        self.floor = programme.rows(
            (problem.floor - filled)[self.towns].astype(float), INFINITE, len(self.towns)
        )
        grouped = problem.group[self.inside & (problem.group >= 0)]
        held = part.places + np.bincount(grouped, minlength=len(problem.quota))
        self.quota = programme.rows(-INFINITE, (problem.quota - held).astype(float), len(problem.quota))
        self.people = programme.rows(
            -INFINITE, INFINITE if self.limit is None else float(self.limit - self.inside.sum()), 1
        )
        some = self.complex
        self.count = programme.rows(self.held[some].astype(float), self.held[some].astype(float), len(some))
        blocks = len(problem.shape.months)
        self.block = programme.rows(0.0, 0.0, len(some) * blocks).reshape(len(some), blocks)
        self.capped = np.argwhere(problem.shape.capped[some])
        self.cap = programme.rows(-INFINITE, 0.0, len(self.capped))

    def _columns(self) -> None:
        problem, programme, shape = self.problem, self.programme, self.problem.shape
        who, kind = self.who, self.problem.kind[self.who]
        place = np.full(len(problem.cost), -1)
        place[self.complex] = np.arange(len(self.complex))
        self.z = programme.columns(self.gain[who] / self.unit, 1.0, whole=self.whole)
        programme.add(np.full(len(who), self.people[0]), self.z, 1.0)
        lines_of = self.price[kind]
        row, line = np.nonzero(lines_of)
        programme.add(self.money[line], self.z[row], lines_of[row, line] / MONEY)
        town = np.full(len(problem.floor), -1)
        town[self.towns] = self.floor
        of = town[problem.village[who]]
        programme.add(of[of >= 0], self.z[of >= 0], 1.0)
        grouped = problem.group[who] >= 0
        programme.add(self.quota[problem.group[who[grouped]]], self.z[grouped], 1.0)
        hard = place[kind] >= 0
        programme.add(self.count[place[kind[hard]]], self.z[hard], -1.0)
        self.window_at = np.argwhere(self.looks[self.complex])
        self.n = programme.columns(np.zeros(len(self.window_at)), INFINITE, whole=self.whole)
        at, window = self.window_at.T
        programme.add(self.count[at], self.n, 1.0)
        some, block = np.nonzero(shape.windows[window])
        programme.add(
            self.block[at[some], block], self.n[some], -shape.windows[window[some], block].astype(float)
        )
        self.month_at = np.argwhere(self.pays[self.complex])
        at, line, block = self.month_at.T
        cost = shape.cost[self.complex[at], line, block]
        self.y = programme.columns(np.zeros(len(at)), INFINITE, whole=self.whole)
        programme.add(self.block[at, block], self.y, 1.0)
        programme.add(self.money[line], self.y, cost / MONEY)
        self._caps(at, line, cost)
        if self.penalty:
            self._slack()

    def _caps(self, at: Ints, line: Ints, cost: Ints) -> None:
        problem, programme = self.problem, self.programme
        row = np.full((len(self.complex), problem.lines), -1)
        row[self.capped[:, 0], self.capped[:, 1]] = self.cap
        of = row[at, line]
        programme.add(of[of >= 0], self.y[of >= 0], cost[of >= 0] / MONEY)
        for number, (kind, capped) in enumerate(self.capped):
            mine = self.n[self.window_at[:, 0] == kind]
            programme.add(
                np.full(len(mine), self.cap[number]),
                mine,
                -float(problem.shape.cap[self.complex[kind], capped]) / MONEY,
            )

    def _slack(self) -> None:
        programme = self.programme
        self.slack = []
        limits = (
            (self.money, -1.0),
            (self.floor, 1.0),
            (self.quota, -1.0),
            (self.people, -1.0),
            (self.cap, -1.0),
        )
        for rows, sign in limits:
            columns = programme.columns(np.full(len(rows), -self.penalty), INFINITE)
            programme.add(rows, columns, sign)
            self.slack.append(columns)

    def solve(self, gap: float, nodes: int | None) -> Found | None:
        answer = self.programme.solve(
            solver="choose" if self.whole else "simplex", gap=gap / self.unit, nodes=nodes
        )
        if answer.impossible:
            raise ImpossibleError
        if not len(answer.values):
            return None
        problem, shape = self.problem, self.problem.shape
        values = np.rint(answer.values) if self.whole else answer.values
        people = np.where(self.inside, 1.0, 0.0)
        people[self.who] = values[self.z]
        windows = np.zeros(shape.start.shape)
        months = np.zeros(shape.cost.shape)
        windows[self.complex[self.window_at[:, 0]], self.window_at[:, 1]] = values[self.n]
        months[self.complex[self.month_at[:, 0]], self.month_at[:, 1], self.month_at[:, 2]] = values[self.y]
        number = np.bincount(problem.kind, weights=people, minlength=len(problem.cost))
        easy = np.nonzero(self.simple)[0]
        windows[easy, self.looks[easy].argmax(axis=1)] = number[easy]
        months[easy] = self.taken[easy] * number[easy][:, None, None]
        short = sum(float(values[columns].sum()) for columns in self.slack) if self.penalty else 0.0
        return Found(people, windows, months, self._prices(answer), short, answer.solved)

    def _prices(self, answer: Answer) -> Prices:
        problem = self.problem
        prices = Prices.none(problem)
        if not len(answer.duals):
            return prices
        duals = answer.duals * self.unit
        floor, cap = prices.floor, prices.cap
        floor[self.towns] = np.maximum(-duals[self.floor], 0.0)
        cap[self.complex[self.capped[:, 0]], self.capped[:, 1]] = np.maximum(duals[self.cap], 0.0) / MONEY
        return Prices(
            np.maximum(duals[self.money], 0.0) / MONEY,
            floor,
            np.maximum(duals[self.quota], 0.0),
            float(max(duals[self.people[0]], 0.0)),
            cap,
        )
