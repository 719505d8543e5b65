"""The way to a plan: relaxation, rounding and repair, a decision at the edge, and a limit on heads where it helps."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np

from payung.planning.optimum.core import decide_all, decide_edge, is_small
from payung.planning.optimum.counts import whole
from payung.planning.optimum.handout import hand_out
from payung.planning.optimum.limits import faults, value
from payung.planning.optimum.prices import Prices, bound
from payung.planning.optimum.problem import Bools, Ints, Problem
from payung.planning.optimum.relaxation import Relaxed, relax
from payung.planning.optimum.rest import fill
from payung.planning.optimum.restricted import Found, ImpossibleError

HIGHER = 1e8  # a penalty that outweighs all there is to gain
WANTED = 5e-5  # gap from which a limit on the number of people is tried


@dataclass(frozen=True)
class Step:
    """What is known so far.

    Fields
        plan: the best so far, or ``None``.
        prices, limit, head_prices: the prices that prove the bound; where a limit on the number of people was used,
        that limit and the prices that prove it.
        proven: the plan was shown to be the best by trying everything.
        impossible: nothing keeps all limits; where the bound is negative its prices prove it.
    """

    plan: Ints | None
    prices: Prices
    limit: int | None = None
    head_prices: Prices | None = None
    proven: bool = False
    impossible: bool = False


def search(problem: Problem, tell: Callable[[Step], None]) -> None:
    """Look for the best plan; ``tell`` hears of every better answer, so that nothing is lost when time is up."""
    problem = _one_by_one(problem)
    gain = problem.weight * problem.length
    relaxed = relax(problem, gain)
    step = Step(None, relaxed.found.prices)
    if not relaxed.feasible:
        if relaxed.bound >= 0:
            relaxed = relax(problem, gain, penalty=HIGHER)
        if relaxed.bound < 0:
            tell(Step(None, relaxed.found.prices, impossible=True))
            return
        step = Step(None, relaxed.found.prices)
    step = _better(problem, step, relaxed.found)
    tell(step)
    if is_small(problem):
        try:
            found = decide_all(problem, relaxed, gain)
        except ImpossibleError:
            tell(replace(step, impossible=True))
            return
        step = _better(problem, step, found)
        best = None if found is None or not found.solved else round(float(gain @ found.people))
        if step.plan is not None and value(problem, step.plan) == best:
            tell(replace(step, proven=True))
            return
        tell(step)
    with suppress(ImpossibleError):  # the edge alone, the others as they are
        step = _better(problem, step, decide_edge(problem, relaxed, gain))
    tell(step)
    top = relaxed.bound
    if step.plan is not None and top - value(problem, step.plan) > WANTED * top:
        _with_fewer_heads(problem, step, relaxed, gain, tell)


def _with_fewer_heads(
    problem: Problem, step: Step, relaxed: Relaxed, gain: Ints, tell: Callable[[Step], None]
) -> None:
    """Cut off the last part of a person: no plan has more people than the whole part of the most there can be."""
    heads = relax(problem, np.ones_like(gain))
    if heads.bound >= float(relaxed.found.people.sum()) - 1e-6:
        return
    again = relax(problem, gain, limit=heads.bound)
    step = replace(step, prices=again.found.prices, limit=heads.bound, head_prices=heads.found.prices)
    tell(step)
    step = _better(problem, step, again.found)
    with suppress(ImpossibleError):
        step = _better(problem, step, decide_edge(problem, again, gain, heads.bound))
    tell(step)


def _better(problem: Problem, step: Step, found: Found | None) -> Step:
    """Return ``step`` with the plan that ``found`` leads to, where it is a better one."""
    counts = None if found is None else whole(problem, found)
    if counts is None:
        return step
    plan = hand_out(problem, counts)
    fill(problem, plan, np.arange(problem.people))
    if faults(problem, plan):
        return step
    if step.plan is not None and value(problem, plan) <= value(problem, step.plan):
        return step
    return replace(step, plan=plan)


def _one_by_one(problem: Problem) -> Problem:
    """Return ``problem`` with a kind for each person where caps may bind and people are few.

    Counts by kind can then be handed out whatever the caps.
    """
    capped: Bools = np.any(problem.shape.capped, axis=1)[problem.kind]
    if not capped.any() or not is_small(problem):
        return problem
    return replace(
        problem,
        kind=np.arange(problem.people),
        cost=problem.cost[problem.kind],
        starts=problem.starts[problem.kind],
    )


def proven_bound(problem: Problem, step: Step) -> int:
    """Return the bound that the prices of ``step`` prove, reckoned here."""
    problem = _one_by_one(problem)
    gain = problem.weight * problem.length
    if step.limit is None or step.head_prices is None:
        return bound(problem, step.prices, gain)
    most = bound(problem, step.head_prices, np.ones_like(gain))
    return bound(problem, step.prices, gain, most)
