"""Whether a plan keeps every limit, asked of the plan itself and of nothing that made it."""

from __future__ import annotations

import numpy as np

from payung.planning.optimum.problem import NOBODY, Ints, Problem


def faults(problem: Problem, plan: Ints) -> list[str]:
    """Return what ``plan`` breaks, in English for the log; nothing where it keeps every limit."""
    found: list[str] = []
    covered = plan >= 0
    number = covered.sum(axis=1)
    if not np.isin(number, (0, problem.length)).all():
        found.append("somebody has another number of months")
    chosen = np.nonzero(number)[0]
    first = covered[chosen].argmax(axis=1)
    span = plan.shape[1] - covered[chosen, ::-1].argmax(axis=1) - first
    if not (span == problem.length).all():
        found.append("somebody's months are not in a row")
    if not problem.starts[problem.kind[chosen], first].all():
        found.append("somebody begins in a month that is not allowed")
    person, month = np.nonzero(covered)
    line = plan[person, month]
    price = problem.cost[problem.kind[person], line, month]
    if (price == NOBODY).any():
        found.append("a line pays where it may not")
        return found
    spent = np.zeros((problem.people, problem.lines), dtype=np.int64)
    np.add.at(spent, (person, line), price)
    if (spent.sum(axis=0) > problem.budget).any():
        found.append("a line is overspent")
    if ((problem.cap >= 0) & (spent > problem.cap)).any():
        found.append("a line pays more for somebody than its cap")
    if (np.bincount(problem.village[chosen], minlength=len(problem.floor)) < problem.floor).any():
        found.append("a village is below its floor")
    group = problem.group[chosen]
    if (np.bincount(group[group >= 0], minlength=len(problem.quota)) > problem.quota).any():
        found.append("a quota is overstepped")
    return found


def value(problem: Problem, plan: Ints) -> int:
    """Return the sum over the chosen of weight times months."""
    return int(problem.weight @ (plan >= 0).sum(axis=1))
