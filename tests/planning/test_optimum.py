"""The optimiser: never breaks a limit, never worse than greedy, equal to trying everything where that is possible."""

import sys
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from payung.planning.optimum import core, relaxation, solution
from payung.planning.optimum.limits import faults, value
from payung.planning.optimum.prices import Prices, bound
from payung.planning.optimum.problem import NOBODY, Problem
from payung.planning.optimum.rest import greedy

sys.path.insert(0, str(Path(__file__).parent))
from planworld import best_of_all, large, problems, solve_here

MANY = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@MANY
@given(problem=problems())
def test_solve_equals_trying_everything(monkeypatch, problem):
    solution = solve_here(monkeypatch, problem)
    best = best_of_all(problem)
    if best is None:
        assert solution.status == "infeasible"
        return
    assert (solution.value, solution.status) == (best, "optimal")
    assert solution.bound == best
    assert faults(problem, solution.plan) == []


@pytest.mark.slow
@settings(MANY, max_examples=1_000)
@given(problem=problems(people=25, lines=4, months=6))
def test_solve_keeps_every_limit_in_a_thousand_districts(monkeypatch, problem):
    solution = solve_here(monkeypatch, problem)
    if solution.status == "infeasible":
        assert not solution.greedy_keeps
        return
    assert faults(problem, solution.plan) == []
    assert solution.value == value(problem, solution.plan) <= solution.bound
    if solution.greedy_keeps:
        assert solution.value >= value(problem, solution.greedy)


@settings(MANY, max_examples=60)
@given(problem=problems(people=30, lines=3, months=4))
def test_solve_of_a_large_question_keeps_every_limit_too(monkeypatch, problem):
    """The way of large questions, taken by small ones: sample, sifting, edge, rounding."""
    exact = solve_here(monkeypatch, problem)
    monkeypatch.setattr(core, "SMALL_PEOPLE", 0)
    monkeypatch.setattr(core, "EDGE", 5)
    monkeypatch.setattr(relaxation, "SAMPLE", 5)
    rounded = solve_here(monkeypatch, problem)
    if rounded.status == "infeasible":
        assert not rounded.greedy_keeps
        return
    assert faults(problem, rounded.plan) == []
    assert exact.status != "infeasible"
    assert rounded.value <= exact.value <= rounded.bound


@settings(MANY, max_examples=80)
@given(problem=problems(people=25, lines=3, months=5))
def test_relax_of_a_part_is_the_relaxation_of_the_whole(monkeypatch, problem):
    gain = problem.weight * problem.length
    whole = relaxation.relax(problem, gain)
    monkeypatch.setattr(relaxation, "SAMPLE", 4)
    part = relaxation.relax(problem, gain)
    assert part.feasible == whole.feasible
    if whole.feasible:
        assert gain @ part.found.people == pytest.approx(gain @ whole.found.people, abs=1e-3)


@MANY
@given(problem=problems(people=12, lines=3), seed=st.integers(0, 2**31))
def test_bound_holds_at_any_prices(problem, seed):
    """Weak duality: prices drawn at random prove a bound as well, only a worse one."""
    chance = np.random.default_rng(seed)
    kinds, lines = problem.cost.shape[:2]
    prices = Prices(
        chance.random(lines) * 1e-3,
        chance.random(len(problem.floor)) * 3,
        chance.random(len(problem.quota)) * 3,
        0.0,
        chance.random((kinds, lines)) * 1e-4 * problem.shape.capped,
    )
    by_hand = greedy(problem)
    if not faults(problem, by_hand):
        assert value(problem, by_hand) <= bound(problem, prices, problem.weight * problem.length)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda plan: plan.__setitem__((0, 0), 1), "may not"),
        (lambda plan: plan.__setitem__((0, 1), NOBODY), "number of months"),
        (lambda plan: plan.__setitem__((0, slice(None)), [0, NOBODY, 0]), "row"),
        (lambda plan: plan.__setitem__((slice(0, 3), slice(None)), [0, 0, NOBODY]), "overspent"),
        (lambda plan: plan.__setitem__((0, slice(None)), NOBODY), "floor"),
        (lambda plan: plan.__setitem__((1, slice(None)), [NOBODY, 0, 0]), "begins"),
        (lambda plan: plan.__setitem__((1, slice(None)), [0, 0, NOBODY]), "quota"),
    ],
)
def test_faults_names_what_is_broken(spoil, says):
    problem = Problem(
        weight=np.array([3, 2, 1]),
        kind=np.zeros(3, dtype=np.int64),
        village=np.array([0, 1, 1]),
        group=np.array([0, 0, NOBODY]),
        cost=np.array([[[10, 10, 10], [NOBODY, 10, 10]]]),
        starts=np.array([[True, False, False]]),
        length=2,
        budget=np.array([50, 0]),
        cap=np.array([20, NOBODY]),
        floor=np.array([1, 0]),
        quota=np.array([1]),
    )
    plan = np.full((3, 3), NOBODY)
    plan[0] = [0, 0, NOBODY]
    assert faults(problem, plan) == []
    spoil(plan)
    assert any(says in fault for fault in faults(problem, plan))


def test_solve_ends_a_solver_that_takes_too_long():
    problem = large(people=4_000)
    started = time.monotonic()
    found = solution.solve(problem, seconds=0.01)  # no machine starts a Python in that time
    assert time.monotonic() - started < 30
    assert found.status == "feasible"
    assert faults(problem, found.plan) == []
    assert found.value == value(problem, found.greedy)


def test_solve_of_thousands_is_near_its_bound_and_the_same_twice():
    problem = large(people=6_000)
    first, second = solution.solve(problem), solution.solve(problem)
    assert faults(problem, first.plan) == []
    assert (first.plan == second.plan).all()
    assert (first.bound - first.value) <= 1e-4 * first.bound
    assert first.value > value(problem, first.greedy)
