"""The linear relaxation of any size: solve a small part, price everything, let in what the prices ask for, again.

Most people are clearly in or clearly out, and most lines clearly too dear, at prices that a sample of the people
already tells. The end is the optimum of the whole programme, proven by the bound on its prices.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from payung.planning.optimum.prices import Prices, bound, cheapest, margins
from payung.planning.optimum.problem import Bools, Floats, Ints, Problem
from payung.planning.optimum.restricted import Found, Part, solve

SAMPLE = 1_500  # people who tell the first prices
FIRST_BAND, BAND = 0.04, 0.002  # how near to the edge people and ways to pay are let in, as a share
ROUNDS = 40
CLOSE = 1e-8  # between what was found and its bound, as a share
PENALTY = 1e4  # of one unit of a limit overstepped, in largest gains


@dataclass(frozen=True)
class Relaxed:
    """The relaxation: its answer, the part that it was found in, the bound that its prices prove, and whether all
    limits can be kept at all (in fractions of people)."""

    found: Found
    part: Part
    bound: int
    feasible: bool


def relax(problem: Problem, gain: Ints, *, limit: int | None = None, penalty: float = PENALTY) -> Relaxed:
    """Return the relaxation that maximises the sum of ``gain`` over the chosen."""
    part = _everybody(problem)
    if problem.people <= SAMPLE:
        found = _must(solve(problem, part, gain, limit=limit, penalty=penalty))
        return _relaxed(problem, part, found, gain, limit)
    prices = _guess(problem, gain, limit, penalty)
    part = replace(
        part,
        active=np.zeros(problem.people, dtype=bool),
        pays=np.zeros_like(part.pays),
        looks=np.zeros_like(part.looks),
    )
    band = FIRST_BAND
    best: Relaxed | None = None
    for _ in range(ROUNDS):
        part = _let_in(problem, part, prices, gain, band)
        found = _must(solve(problem, part, gain, limit=limit, penalty=penalty))
        now = _relaxed(problem, part, found, gain, limit)
        best = now if best is None or now.bound < best.bound else replace(now, bound=best.bound)
        worth = float(gain @ found.people) - penalty * max(1, int(gain.max())) * found.short
        if best.bound - worth <= CLOSE * abs(best.bound) + 1e-6 * int(gain.max()):
            break
        prices, band = found.prices, BAND
    assert best is not None
    return best


def _must(found: Found | None) -> Found:
    if found is None:
        raise ArithmeticError("the linear programme has limits that may be overstepped, so it has an answer")
    return found


def _relaxed(problem: Problem, part: Part, found: Found, gain: Ints, limit: int | None) -> Relaxed:
    return Relaxed(found, part, bound(problem, found.prices, gain, limit), found.short < 1e-6)


def _everybody(problem: Problem) -> Part:
    shape = problem.shape
    return Part(
        active=shape.payable[problem.kind],
        fixed=np.zeros(problem.people, dtype=bool),
        pays=shape.cost >= 0,
        looks=shape.start >= 0,
        kinds=shape.payable,
        spent=np.zeros(problem.lines, dtype=np.int64),
        floors=np.zeros(len(problem.floor), dtype=np.int64),
        places=np.zeros(len(problem.quota), dtype=np.int64),
    )


def _guess(problem: Problem, gain: Ints, limit: int | None, penalty: float) -> Prices:
    """Return the prices of a sample: every so manyth person, and as small a share of the money."""
    step = -(-problem.people // SAMPLE)
    some = np.arange(step // 2, problem.people, step)
    share = len(some) / problem.people
    used, kind = np.unique(problem.kind[some], return_inverse=True)
    small = replace(
        problem,
        weight=problem.weight[some],
        kind=kind,
        village=problem.village[some],
        group=problem.group[some],
        cost=problem.cost[used],
        starts=problem.starts[used],
        budget=np.rint(problem.budget * share).astype(np.int64),
        floor=np.zeros_like(problem.floor),
        quota=np.rint(problem.quota * share).astype(np.int64),
    )
    few = None if limit is None else max(1, round(limit * share))
    found = _must(solve(small, _everybody(small), gain[some], limit=few, penalty=penalty)).prices
    cap = np.zeros((len(problem.cost), problem.lines))
    cap[used] = found.cap
    return replace(found, floor=np.zeros(len(problem.floor)), cap=cap)


def _let_in(problem: Problem, part: Part, prices: Prices, gain: Ints, band: float) -> Part:
    shape = problem.shape
    month, window = cheapest(problem, prices)
    least = window.min(axis=1)
    margin = margins(problem, prices, least, gain)
    may = shape.payable[problem.kind]
    active = part.active | (may & (np.abs(margin) <= band * gain))
    # who stood on one side and by these prices belongs on the other
    active |= may & ((part.fixed & (margin < 0)) | (~part.active & ~part.fixed & (margin > 0) & _seen(part)))
    active |= _first_of_floors(problem, margin, may)
    price = shape.cost * (prices.money[None, :] + prices.cap)[:, :, None]
    near = (shape.cost >= 0) & (price <= (month * (1 + band) + 1e-9)[:, None, :])
    with_caps: Bools = np.any(shape.capped, axis=1)
    near |= with_caps[:, None, None] & (shape.cost >= 0)
    slack = np.abs(np.where(np.isfinite(least), least, 0.0)) * band + 1e-9
    looks = (shape.start >= 0) & (window <= (least + slack)[:, None])
    looks |= with_caps[:, None] & (shape.start >= 0)
    return replace(
        part,
        active=active,
        fixed=may & ~active & (margin > 0),
        pays=part.pays | near,
        looks=part.looks | looks,
    )


def _seen(part: Part) -> bool:
    """Return whether this part was solved before: only then did anybody stand on a side."""
    return bool(part.pays.any())


def _first_of_floors(problem: Problem, margin: Floats, may: Bools) -> Bools:
    """Return the people of every village with a floor who would be its first choice."""
    found = np.zeros(problem.people, dtype=bool)
    if not problem.floor.any():
        return found
    who = np.nonzero(may & (problem.floor[problem.village] > 0))[0]
    order = who[np.lexsort((-margin[who], problem.village[who]))]
    village = problem.village[order]
    first = np.concatenate([[True], village[1:] != village[:-1]]) if len(order) else np.zeros(0, dtype=bool)
    begins = np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))
    found[order[np.arange(len(order)) - begins < problem.floor[village] + 1]] = True
    return found
