"""From counts to names: which line pays for which person in which month.

A plan is a table: the line that pays for [person, month], ``NOBODY`` where none does.
"""

from __future__ import annotations

import numpy as np

from payung.planning.optimum.counts import Counts
from payung.planning.optimum.problem import NOBODY, Ints, Problem
from payung.planning.optimum.shares import even_shares


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
            if not _with_caps(problem, plan, people, begin, counts.months[kind]):
                _evenly(problem, plan, people, begin, counts.months[kind])
            continue
        for block, months in enumerate(shape.months):
            inside = (months >= begin[:, None]) & (months < begin[:, None] + problem.length)
            row, column = np.nonzero(inside)
            lines = counts.months[kind, :, block]
            plan[people[row], months[column]] = np.repeat(np.arange(problem.lines), lines)
    return plan


def _with_caps(problem: Problem, plan: Ints, people: Ints, begin: Ints, months: Ints) -> bool:
    """Give everybody first the line with a cap of which most is left for what one person can take of it.

    Return whether nobody was left out.
    """
    rest, all_in = months.copy(), True
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
                all_in = False
                break
            urgent = np.where(problem.shape.capped[kind], rest.sum(axis=1) * price / share, -1.0)
            line = min(able, key=lambda one: (-urgent[one], -rest[one, block], one))
            plan[person, month] = line
            spent[line] += price[line]
            rest[line, block] -= 1
    return all_in


def _evenly(problem: Problem, plan: Ints, people: Ints, begin: Ints, months: Ints) -> None:
    """Give everybody as near as whole months allow the same of every line, where that can be reckoned.

    It can where all begin together and a cap is a number of months; else what was handed out stays as it is.
    """
    kind = int(problem.kind[people[0]])
    cost, capped = problem.shape.cost[kind], problem.shape.capped[kind]
    most = np.where(capped, problem.cap // np.maximum(cost.max(axis=1), 1), problem.length)
    if len(np.unique(begin)) > 1 or (months.sum(axis=1) > most * len(people)).any():
        return
    at = 0
    for share, number in even_shares(months, most, len(people)):
        some = people[at : at + number]
        plan[some] = NOBODY
        for block, column in enumerate(problem.shape.months):
            inside = column[(column >= begin[0]) & (column < begin[0] + problem.length)]
            plan[np.ix_(some, inside)] = np.repeat(np.arange(problem.lines), share[:, block])
        at += number
