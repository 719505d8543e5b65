"""Strictly in order, from what money is left: the greedy plan, and the last rupiah of any other."""

from __future__ import annotations

import numpy as np

from payung.planning.optimum.problem import NOBODY, Bools, Ints, Problem


def money_left(problem: Problem, plan: Ints) -> Ints:
    """Return the rupiah of each line that ``plan`` leaves."""
    person, month = np.nonzero(plan >= 0)
    line = plan[person, month]
    spent = np.zeros(problem.lines, dtype=np.int64)
    np.add.at(spent, line, problem.cost[problem.kind[person], line, month])
    return problem.budget - spent


def greedy(problem: Problem) -> Ints:
    """Return the plan that anybody would make by hand: first the floors, then down the ranking.

    A village's first person comes before any village's second. Each month goes to the cheapest line that may pay it
    and, of equals, the one with most money left.
    """
    plan = np.full((problem.people, problem.cost.shape[2]), NOBODY, dtype=np.int64)
    may = np.nonzero(problem.shape.payable[problem.kind])[0]
    village = problem.village[may]
    by_village = np.argsort(village, kind="stable")
    sorted_villages = village[by_village]
    begins = np.searchsorted(sorted_villages, sorted_villages)
    turn = np.empty(len(may), dtype=np.int64)
    turn[by_village] = np.arange(len(may)) - begins
    on_floor = may[turn < problem.floor[village]]
    turns = turn[turn < problem.floor[village]]
    fill(problem, plan, on_floor[np.argsort(turns, kind="stable")])
    return fill(problem, plan, may)


def fill(problem: Problem, plan: Ints, order: Ints) -> Ints:
    """Cover the people of ``order`` who are not covered yet, one after the other, as far as money and quotas reach.

    Changes ``plan`` and returns it.
    """
    left = money_left(problem, plan)
    covered: Bools = np.any(plan >= 0, axis=1)
    group = problem.group[covered]
    places = problem.quota - np.bincount(group[group >= 0], minlength=len(problem.quota))
    hopeless = ~problem.shape.payable
    for person in order[~covered[order]]:
        kind = problem.kind[person]
        if hopeless[kind]:
            continue
        if problem.group[person] >= 0 and places[problem.group[person]] <= 0:
            continue
        if covered[person]:
            continue
        way = _way(problem, int(kind), left)
        if way is None:
            hopeless[kind] = True  # money only gets less
            if hopeless.all():
                break
            continue
        first, lines = way
        plan[person, first : first + problem.length] = lines
        covered[person] = True
        for month, line in enumerate(lines, start=first):
            left[line] -= problem.cost[kind, line, month]
        if problem.group[person] >= 0:
            places[problem.group[person]] -= 1
    return plan


def _way(problem: Problem, kind: int, left: Ints) -> tuple[int, list[int]] | None:
    """Return the first month and the lines of the earliest cover that the money left pays for one of ``kind``."""
    cost, cap = problem.cost[kind].tolist(), problem.cap.tolist()
    last = problem.cost.shape[2] - problem.length
    for first in np.nonzero(problem.starts[kind, : last + 1])[0].tolist():
        rest, spent = left.tolist(), [0] * problem.lines
        lines: list[int] = []
        for month in range(first, first + problem.length):
            best = None
            for line in range(problem.lines):
                price = cost[line][month]
                if price < 0 or price > rest[line] or (cap[line] >= 0 and spent[line] + price > cap[line]):
                    continue
                key = (price, -rest[line], line)
                if best is None or key < best:
                    best = key
            if best is None:
                break
            price, _, line = best
            rest[line] -= price
            spent[line] += price
            lines.append(line)
        if len(lines) == problem.length:
            return first, lines
    return None
