"""Months of lines with caps, handed out to the last one."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from payung.planning.optimum.shares import even_shares


@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_even_shares_hand_out_everything_within_the_caps(data):
    lines, blocks, people = (data.draw(st.integers(1, most)) for most in (5, 4, 12))
    each = data.draw(st.lists(st.integers(1, 6), min_size=blocks, max_size=blocks))
    chance = np.random.default_rng(data.draw(st.integers(0, 2**31)))
    # what some people have, by chance, is what all have together; nobody's most is the line's cap
    having = np.zeros((people, lines, blocks), dtype=np.int64)
    for person in range(people):
        for block, count in enumerate(each):
            having[person, :, block] = np.bincount(chance.integers(0, lines, count), minlength=lines)
    months, most = having.sum(axis=0), having.sum(axis=2).max(axis=0)
    total, number = np.zeros_like(months), 0
    for share, count in even_shares(months, most, people):
        assert (share >= 0).all()
        assert share.sum(axis=0).tolist() == each
        assert (share.sum(axis=1) <= most).all()
        total += share * count
        number += count
    assert number == people
    assert (total == months).all()
