"""Whole people and months: the relaxation leaves few undecided; they and whoever stands at the edge are decided here.

Everybody else keeps what the relaxation says, which is whole already. A question small enough is decided whole.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from payung.planning.optimum.prices import cheapest, margins
from payung.planning.optimum.problem import Bools, Floats, Ints, Problem
from payung.planning.optimum.relaxation import Relaxed
from payung.planning.optimum.restricted import Found, Part, solve

SMALL_PEOPLE, SMALL_WAYS = 400, 6_000  # up to here everything is decided at once
FEW_PEOPLE = 40  # up to here with patience: such a question is always decided
EDGE, FEWER_AT_EDGE = 90, 40  # people nearest to the edge who are decided again: of many, of a small question
WIDE = 1.6  # how much dearer than the cheapest a line may be to be tried for them
NODES_FEW, NODES_SMALL, NODES = (
    20_000,
    150,
    400,
)  # limits of nodes, not of seconds: the same answer every time
CONTENT = 1e-5  # of the bound: nearer than this no time is spent
WHOLE = 1e-6


def is_small(problem: Problem) -> bool:
    """Return whether everything can be decided at once."""
    return problem.people <= SMALL_PEOPLE and int((problem.shape.cost >= 0).sum()) <= SMALL_WAYS


def decide_all(problem: Problem, relaxed: Relaxed, gain: Ints) -> Found | None:
    """Return whole people, windows and months of a small question, ``None`` where the solver found none in time.

    Where the answer is ``solved`` there is no better one. Raises :class:`ImpossibleError` where there is none.
    """
    nodes = NODES_FEW if problem.people <= FEW_PEOPLE else NODES_SMALL
    return solve(problem, relaxed.part, gain, whole=True, nodes=nodes)


def decide_edge(problem: Problem, relaxed: Relaxed, gain: Ints, limit: int | None = None) -> Found | None:
    """Return whole people, windows and months within all limits, or ``None`` where the solver found none."""
    found = relaxed.found
    part, kinds = _edge(problem, relaxed, gain)
    answer = solve(problem, part, gain, limit=limit, whole=True, gap=CONTENT * relaxed.bound, nodes=NODES)
    if answer is None:
        return None
    mine = kinds[problem.kind]
    return replace(
        answer,
        people=np.where(mine, answer.people, np.rint(found.people)),
        windows=np.where(kinds[:, None], answer.windows, np.rint(found.windows)),
        months=np.where(kinds[:, None, None], answer.months, np.rint(found.months)),
    )


def _edge(problem: Problem, relaxed: Relaxed, gain: Ints) -> tuple[Part, Bools]:
    """Return the part that is decided, and its kinds."""
    shape, found = problem.shape, relaxed.found
    month, window = cheapest(problem, found.prices)
    margin = margins(problem, found.prices, window.min(axis=1), gain)
    margin = np.where(shape.payable[problem.kind], np.abs(margin), np.inf)
    undecided = _broken(found.people)
    margin[undecided] = 0.0
    edge = FEWER_AT_EDGE if is_small(problem) else EDGE
    nearest = np.argsort(margin, kind="stable")[: edge + int(undecided.sum())]
    active = np.zeros(problem.people, dtype=bool)
    active[nearest] = np.isfinite(margin[nearest])
    kinds = np.zeros(len(problem.cost), dtype=bool)
    kinds[problem.kind[active]] = True
    kinds |= _broken(found.windows).any(axis=1) | _broken(found.months).any(axis=(1, 2))
    chosen = (found.people > 0.5) & ~active
    others = chosen & ~kinds[problem.kind]
    elsewhere = np.where(kinds[:, None, None], 0.0, np.rint(found.months))
    price = shape.cost * (found.prices.money[None, :] + found.prices.cap)[:, :, None]
    near = (shape.cost >= 0) & (price <= (month * WIDE + 1e-9)[:, None, :])
    return (
        Part(
            active=active,
            fixed=chosen,
            pays=relaxed.part.pays | near | (found.months > 0),
            looks=shape.start >= 0,
            kinds=kinds,
            spent=(elsewhere * np.maximum(shape.cost, 0)).sum(axis=(0, 2)).astype(np.int64),
            floors=np.bincount(problem.village[others], minlength=len(problem.floor)),
            places=np.bincount(problem.group[others & (problem.group >= 0)], minlength=len(problem.quota)),
        ),
        kinds,
    )


def _broken(values: Floats) -> Bools:
    found: Bools = np.abs(values - np.rint(values)) > WHOLE
    return found
