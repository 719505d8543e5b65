"""From counts to names: which line pays for which person in which month.

A plan is a table: the line that pays for [person, month], ``NOBODY`` where none does.
"""

from __future__ import annotations

import numpy as np

from payung.planning.optimum.counts import Counts
from payung.planning.optimum.problem import NOBODY, Ints, Problem


def hand_out(problem: Problem, counts: Counts) -> Ints:
    """Return the plan: people of a kind in the order of the ranking, the lines one after the other.

    So at most one person between two lines passes from one to the other within a block of months. Somebody whom the
    caps of the lines leave with a month unpaid is left out altogether.
    """
    shape = problem.shape
    plan = np.full((problem.people, problem.cost.shape[2]), NOBODY, dtype=np.int64)
    chosen = np.nonzero(counts.chosen)[0]
    if not len(chosen):
        return plan
    order = chosen[np.argsort(problem.kind[chosen], kind="stable")]
    kinds, first = np.unique(problem.kind[order], return_index=True)
    for kind, people in zip(kinds, np.split(order, first[1:]), strict=True):
        number = counts.windows[kind]
        looks = np.repeat(np.arange(len(number)), number)
        begin = shape.start[kind, looks]
        order_of_start = np.argsort(begin, kind="stable")
        begin = begin[order_of_start]
        if shape.capped[kind].any():
            _with_caps(problem, plan, people, begin, counts.months[kind])
            continue
        for block, months in enumerate(shape.months):
            inside = (months >= begin[:, None]) & (months < begin[:, None] + problem.length)
            row, column = np.nonzero(inside)
            lines = counts.months[kind, :, block]
            plan[people[row], months[column]] = np.repeat(np.arange(problem.lines), lines)
    return plan


def _with_caps(problem: Problem, plan: Ints, people: Ints, begin: Ints, months: Ints) -> None:
    """Give everybody first the line with a cap of which most is left for what one person can take of it."""
    rest = months.copy()
    block_of = np.zeros(plan.shape[1], dtype=np.int64)
    for block, numbers in enumerate(problem.shape.months):
        block_of[numbers] = block
    kind = int(problem.kind[people[0]])
    share = np.maximum(problem.shape.cap[kind], 1)
    for person, first in zip(people, begin, strict=True):
        spent = np.zeros(problem.lines, dtype=np.int64)
        cost = problem.cost[kind]
        for month in range(first, first + problem.length):
            block = block_of[month]
            price = cost[:, month]
            fits = (rest[:, block] > 0) & ((problem.cap < 0) | (spent + price <= problem.cap))
            able = np.nonzero(fits)[0]
            if not len(able):
                for back in range(first, month):
                    rest[plan[person, back], block_of[back]] += 1
                plan[person] = NOBODY
                break
            urgent = np.where(problem.shape.capped[kind], rest.sum(axis=1) * price / share, -1.0)
            line = min(able, key=lambda one: (-urgent[one], -rest[one, block], one))
            plan[person, month] = line
            spent[line] += price[line]
            rest[line, block] -= 1
