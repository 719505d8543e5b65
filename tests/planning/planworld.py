"""Small questions for the optimiser, and every answer there is to them."""

import itertools

import numpy as np
from hypothesis import strategies as st

from payung.planning.optimum import solution
from payung.planning.optimum.limits import faults, value
from payung.planning.optimum.problem import NOBODY, Problem
from payung.planning.optimum.search import search

PRICES = (8_400, 10_920, 16_800, 18_800)


def here(problem, seconds):
    """Search in this process: what the child does, without its start."""
    steps = []
    search(problem, steps.append)
    return steps[-1]


def solve_here(monkeypatch, problem):
    monkeypatch.setattr(solution, "ask", here)
    return solution.solve(problem)


@st.composite
def problems(draw, people=4, lines=2, months=3, caps=True):
    count = draw(st.integers(1, people))
    width, height = draw(st.integers(1, lines)), draw(st.integers(1, months))
    length = draw(st.integers(1, height))
    kinds = draw(st.integers(1, 3))
    kind_of = draw(st.lists(st.integers(0, kinds - 1), min_size=count, max_size=count))
    kind_of = np.unique(kind_of, return_inverse=True)[1]
    kinds = int(kind_of.max()) + 1
    prices = draw(st.lists(st.sampled_from(PRICES), min_size=kinds, max_size=kinds))
    pays = draw(st.lists(st.booleans(), min_size=kinds * width * height, max_size=kinds * width * height))
    half = draw(st.lists(st.booleans(), min_size=height, max_size=height))
    price = np.array(prices)[:, None, None] // np.where(half, 2, 1)[None, None, :]
    cost = np.where(
        np.array(pays).reshape(kinds, width, height), np.broadcast_to(price, (kinds, width, height)), NOBODY
    )
    starts = np.array(
        draw(st.lists(st.booleans(), min_size=kinds * height, max_size=kinds * height))
    ).reshape(kinds, height)
    starts[:, height - length + 1 :] = False
    villages = draw(st.integers(1, 2))
    return Problem(
        weight=np.sort(np.array(draw(st.lists(st.integers(1, 9), min_size=count, max_size=count))))[
            ::-1
        ].copy(),
        kind=kind_of.astype(np.int64),
        village=np.array(draw(st.lists(st.integers(0, villages - 1), min_size=count, max_size=count))),
        group=np.array(draw(st.lists(st.integers(-1, 0), min_size=count, max_size=count))),
        cost=cost.astype(np.int64),
        starts=starts,
        length=length,
        budget=np.array(draw(st.lists(st.integers(0, 120_000), min_size=width, max_size=width))),
        cap=np.array(
            draw(
                st.lists(
                    st.sampled_from((NOBODY, 20_000, 35_000) if caps else (NOBODY,)),
                    min_size=width,
                    max_size=width,
                )
            )
        ),
        floor=np.array(draw(st.lists(st.integers(0, 1), min_size=villages, max_size=villages))),
        quota=np.array([draw(st.integers(0, count))]),
    )


def ways(problem, person):
    """Every way to cover ``person``, not at all among them."""
    months = problem.cost.shape[2]
    kind = problem.kind[person]
    yield [NOBODY] * months
    for first in np.nonzero(problem.starts[kind])[0]:
        open_to = [
            np.nonzero(problem.cost[kind, :, month] >= 0)[0] for month in range(first, first + problem.length)
        ]
        for lines in itertools.product(*open_to):
            yield [NOBODY] * first + list(lines) + [NOBODY] * (months - first - problem.length)


def best_of_all(problem):
    """Return the value of the best plan by trying all, or ``None`` where none keeps the limits."""
    best = None
    for rows in itertools.product(*(list(ways(problem, person)) for person in range(problem.people))):
        plan = np.array(rows)
        if not faults(problem, plan):
            worth = value(problem, plan)
            best = worth if best is None or worth > best else best
    return best


def large(people, lines=6, villages=40, seed=1):
    """A district: lines open for some kinds and some months, prices as the law has them, floors and quotas."""
    chance = np.random.default_rng(seed)
    kinds, months = 60, 12
    price = chance.choice(PRICES, kinds)
    cost = np.broadcast_to(price[:, None, None], (kinds, lines, months)).copy()
    cost[chance.random(kinds) < 0.2, 1::2, :3] //= 2
    may = chance.random((kinds, lines)) < 0.5
    may[:, 0] = True
    cost[~may] = NOBODY
    cost[:, 1, 6:] = NOBODY
    cost[:, 2, :6] = NOBODY
    village = chance.integers(0, villages, people)
    starts = np.zeros((kinds, months), dtype=bool)
    starts[:, 0] = True
    return Problem(
        weight=2_000_000 - np.arange(people) * 1_000_000 // people,
        kind=chance.integers(0, kinds, people),
        village=village,
        group=chance.integers(-1, 2, people),
        cost=cost.astype(np.int64),
        starts=starts,
        length=months,
        budget=chance.integers(1_000, 20_000, lines) * people,
        cap=np.full(lines, NOBODY),
        floor=np.full(villages, 3),
        quota=np.array([people // 20, people // 4]),
    )
