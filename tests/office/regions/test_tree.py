"""The region tree by codes alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from payung.office.regions.tree import contains, following

PAIR = st.integers(1, 99).map("{:02d}".format)
FOUR = st.integers(1001, 9999).map(str)
CODES = st.one_of(
    st.tuples(st.integers(11, 98).map(str), PAIR).map(".".join),
    st.tuples(st.integers(11, 98).map(str), PAIR, PAIR).map(".".join),
    st.tuples(st.integers(11, 98).map(str), PAIR, PAIR, FOUR).map(".".join),
)


@given(CODES, CODES)
def test_range_of_a_code_is_its_subtree_and_nothing_else(code: str, other: str) -> None:
    assert (code <= other < following(code)) == contains(code, other)


def test_following_carries_over_nines() -> None:
    assert following("62.03") == "62.04"
    assert following("62.03.99") == "62.04"
    assert following("62.03.01.9999") == "62.03.02"
