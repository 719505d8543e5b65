"""Exact intervals against printed tables and against the sums they stand for."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.planning.intervals import binomial_interval, binomial_range, poisson_interval, poisson_range


@pytest.mark.parametrize(
    ("events", "low", "high"),
    [(0, 0.0, 3.6889), (1, 0.0253, 5.5716), (10, 4.7954, 18.3904), (50, 37.1110, 65.9191)],
)
def test_poisson_interval_is_that_of_garwood(events, low, high):
    assert poisson_interval(events) == pytest.approx((low, high), abs=1e-3)


@pytest.mark.parametrize(
    ("events", "trials", "low", "high"),
    [(0, 10, 0.0, 0.3085), (5, 20, 0.0866, 0.4910), (10, 10, 0.6915, 1.0), (66, 10_350, 0.004935, 0.008107)],
)
def test_binomial_interval_is_that_of_clopper_and_pearson(events, trials, low, high):
    assert binomial_interval(events, trials) == pytest.approx((low, high), abs=2e-4)


@given(mean=st.floats(0.01, 300))
def test_poisson_range_misses_at_most_a_fortieth_on_either_side(mean):
    low, high = poisson_range(mean)

    def chance(count):
        return math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))

    assert sum(chance(count) for count in range(low)) <= 0.025 + 1e-9
    assert sum(chance(count) for count in range(high + 1)) >= 0.975 - 1e-9
    assert sum(chance(count) for count in range(high)) < 0.975 + 1e-9


def test_ranges_of_nothing_and_of_certainty():
    assert poisson_range(0) == (0, 0)
    assert binomial_range(7, 0) == (0, 0)
    assert binomial_range(7, 1) == (7, 7)


def test_binomial_range_is_narrower_than_poisson():
    assert binomial_range(100, 0.3) == (21, 39)
    assert poisson_range(30) == (20, 41)
