"""Asks for a plan and believes nothing: every limit is checked again, the bound reckoned again, greedy run beside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from payung.planning.optimum.child import ask
from payung.planning.optimum.limits import faults, value
from payung.planning.optimum.prices import Prices, bound
from payung.planning.optimum.problem import NOBODY, Ints, Problem
from payung.planning.optimum.rest import greedy
from payung.planning.optimum.search import proven_bound

SECONDS = 120.0  # after which the solver is ended and the best answer so far is taken

Status = Literal["optimal", "feasible", "infeasible"]


@dataclass(frozen=True)
class Solution:
    """The answer.

    Fields
        status: ``optimal`` where no plan can be worth more, ``infeasible`` where none keeps all limits.
        plan: the line that pays for [person, month], ``NOBODY`` where none does.
        value: sum over the chosen of weight times months. bound: what no plan exceeds.
        greedy: the plan made strictly in order, and whether it keeps the floors.
        prices: what a rupiah of each line, a place and a floor are worth at the end.
        proven: whether infeasibility is proven and not only "none was found".
    """

    status: Status
    plan: Ints
    value: int
    bound: int
    greedy: Ints
    greedy_keeps: bool
    prices: Prices
    proven: bool = True


def solve(problem: Problem, *, seconds: float = SECONDS) -> Solution:
    """Return the best plan that is found within ``seconds``, never worse than the greedy one."""
    nobody = np.full((problem.people, problem.cost.shape[2]), NOBODY, dtype=np.int64)
    by_hand = greedy(problem) if problem.people else nobody
    keeps = not faults(problem, by_hand)
    nothing = Prices.none(problem)
    if not problem.people:
        status: Status = "infeasible" if problem.floor.any() else "optimal"
        return Solution(status, nobody, 0, 0, by_hand, keeps, nothing)
    step = ask(problem, seconds)
    plans = [by_hand] if keeps else []
    top = bound(problem, nothing, problem.weight * problem.length)
    if step is not None:
        top = min(top, proven_bound(problem, step))
        if step.plan is not None and not faults(problem, step.plan):
            plans.insert(0, step.plan)
    prices = nothing if step is None else step.prices
    if not plans:
        proven = top < 0 or (step is not None and step.impossible)
        return Solution("infeasible", nobody, 0, 0, by_hand, keeps, prices, proven)
    best = max(plans, key=lambda plan: value(problem, plan))
    worth = value(problem, best)
    if step is not None and step.proven and step.plan is not None and worth == value(problem, step.plan):
        top = worth
    return Solution(
        "optimal" if worth >= top else "feasible", best, worth, max(top, worth), by_hand, keeps, prices
    )
