"""Exact ranges against the sums they stand for."""

import math

from hypothesis import given
from hypothesis import strategies as st

from payung.planning.intervals import poisson_range


@given(mean=st.floats(0.01, 300))
def test_poisson_range_misses_at_most_a_fortieth_on_either_side(mean):
    low, high = poisson_range(mean)

    def chance(count):
        return math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))

    assert sum(chance(count) for count in range(low)) <= 0.025 + 1e-9
    assert sum(chance(count) for count in range(high + 1)) >= 0.975 - 1e-9
    assert sum(chance(count) for count in range(high)) < 0.975 + 1e-9


def test_range_of_nothing_and_of_thirty():
    assert poisson_range(0) == (0, 0)
    assert poisson_range(30) == (20, 41)
