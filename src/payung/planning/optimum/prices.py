"""Prices on the limits, and the bound that they prove: no plan whatever can be worth more.

For any prices that are not negative, what is sold (money, places under a quota) less what is bought (floors) and the
gain of everybody whom it pays to cover is at least the value of every plan: weak duality. So the bound needs no trust
in the solver; it is reckoned here in whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from payung.planning.optimum.problem import Bools, Floats, Ints, Problem

SHIFT = (
    60  # a price is kept in parts of at most 2^60 of one unit of weight; fewer where sums would be too large
)
ROOM = 1 << 61  # what a sum over the months of one person must stay below
NEVER = np.int64(1 << 62)


@dataclass(frozen=True)
class Prices:
    """Prices in units of weight, none negative.

    Fields
        money: of a rupiah of [line]. floor: of a person short in [village]. quota: of a place in [group].
        people: of a place under a limit on the number of all chosen, where there is one.
        cap: of a rupiah under the cap of [kind, line].
    """

    money: Floats
    floor: Floats
    quota: Floats
    people: float
    cap: Floats

    @classmethod
    def none(cls, problem: Problem) -> Prices:
        """Return prices of nothing."""
        kinds, lines = problem.cost.shape[:2]
        return cls(
            np.zeros(lines),
            np.zeros(len(problem.floor)),
            np.zeros(len(problem.quota)),
            0.0,
            np.zeros((kinds, lines)),
        )


def cheapest(problem: Problem, prices: Prices) -> tuple[Floats, Floats]:
    """Return what a month of [kind, block] costs on the cheapest line, and what [kind, window] costs in all."""
    shape = problem.shape
    money = shape.cost * (prices.money[None, :] + prices.cap)[:, :, None]
    month: Floats = np.where(shape.cost >= 0, money, np.inf).min(axis=1)
    known = np.where(np.isfinite(month), month, 0.0)
    window: Floats = known @ shape.windows.T.astype(np.float64)
    window = window - (prices.cap * shape.cap).sum(axis=1)[:, None]
    return month, np.where(shape.start >= 0, window, np.inf)


def margins(problem: Problem, prices: Prices, least: Floats, gain: Ints) -> Floats:
    """Return what covering each person is worth at ``prices``; ``least`` is the cheapest window of each kind."""
    quota = np.append(prices.quota, 0.0)[problem.group]
    found: Floats = gain + prices.floor[problem.village] - quota - prices.people - least[problem.kind]
    return found


def bound(problem: Problem, prices: Prices, gain: Ints, limit: int | None = None) -> int:
    """Return a whole number that no plan's sum of ``gain`` over the chosen exceeds.

    ``limit`` is the most people that any plan can choose, where that is known; ``prices.people`` is its price.
    """
    shape = problem.shape
    shift = SHIFT
    dearest = float(np.where(shape.cost > 0, shape.cost, 0).max(initial=0))
    top = float((prices.money + prices.cap).max(initial=0.0))
    most = max(
        dearest * top * (problem.length + 1),
        top,
        float(gain.max(initial=0)),
        float(prices.floor.max(initial=0.0)),
        float(prices.quota.max(initial=0.0)),
        float((prices.cap * shape.cap).sum(axis=1).max(initial=0.0)),
        prices.people,
        1.0,
    )
    while shift > 0 and most * 2.0**shift > ROOM / 8:
        shift -= 1
    scale = 2.0**shift

    def whole(values: Floats) -> Ints:
        return np.rint(np.maximum(values, 0.0) * scale).astype(np.int64)

    money, floor, quota, cap = (
        whole(values) for values in (prices.money, prices.floor, prices.quota, prices.cap)
    )
    people = round(max(prices.people, 0.0) * scale) if limit is not None else 0
    month = np.where(shape.cost >= 0, shape.cost * (money[None, :] + cap)[:, :, None], NEVER).min(axis=1)
    window = np.where(month == NEVER, 0, month) @ shape.windows.T
    window = window - (cap * shape.cap).sum(axis=1)[:, None]
    least = np.where(shape.start >= 0, window, NEVER).min(axis=1)
    may: Bools = shape.payable[problem.kind]
    gains = (gain << shift) + floor[problem.village] - np.append(quota, 0)[problem.group] - people
    won = np.where(may, gains - np.where(may, least[problem.kind], 0), 0)
    total = _sum(np.maximum(won, 0)) + people * (limit or 0)
    for price, amount in ((money, problem.spendable), (quota, problem.quota)):
        total += sum(int(one) * int(many) for one, many in zip(price, amount, strict=True))
    total -= sum(int(one) * int(many) for one, many in zip(floor, problem.floor, strict=True))
    return total >> shift


def _sum(values: Ints) -> int:
    """Return the sum, however large."""
    low = int((values & 0xFFFFFFFF).sum())
    return (int((values >> 32).sum()) << 32) + low
