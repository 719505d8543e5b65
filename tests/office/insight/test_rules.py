"""Shares that add up to the tenth, and small numbers that nobody can work out."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from payung.office.insight.rules import LEAST, hidden, share, shares, small

numbers = st.lists(st.integers(min_value=0, max_value=10**12), max_size=30)


@given(numbers)
def test_shares_add_up_to_one_hundred_percent(parts: list[int]) -> None:
    found = shares(parts)
    assert len(found) == len(parts)
    assert sum(found) == (1000 if sum(parts) else 0)
    for part, tenth in zip(parts, found, strict=True):
        if sum(parts):
            assert abs(Fraction(part * 1000, sum(parts)) - tenth) < 1
            assert tenth == 0 or part > 0


@given(numbers)
def test_a_larger_part_never_has_the_smaller_share(parts: list[int]) -> None:
    pairs = sorted(zip(parts, shares(parts), strict=True))
    assert [tenth for _, tenth in pairs] == sorted(tenth for _, tenth in pairs)


def test_thirds() -> None:
    assert shares([1, 1, 1]) == [334, 333, 333]
    assert share(1, 3) == 333
    assert share(0, 0) == 0
    assert (share(1, 10_000), share(9_999, 10_000), share(7, 7)) == (1, 999, 1000)


cells = st.dictionaries(st.integers(0, 40), st.integers(min_value=0, max_value=30), max_size=20)


@given(cells)
def test_no_small_number_is_shown_or_follows_from_the_total(parts: dict[int, int]) -> None:
    gone = hidden(parts)
    assert not any(small(number) for key, number in parts.items() if key not in gone)
    if gone and len(gone) < len([number for number in parts.values() if number]):
        assert len(gone) >= 2
        assert sum(parts[key] for key in gone) >= LEAST  # what the total gives away is no small number either


@given(cells, st.data())
def test_a_cell_is_small_where_a_number_beside_it_is(parts: dict[int, int], data: st.DataObject) -> None:
    beside = {key: [data.draw(st.integers(0, number)), number] for key, number in parts.items()}
    gone = hidden(parts, siblings=beside)
    for key, (part, _) in beside.items():
        assert key in gone or not small(part)


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    assert hidden({"a": 0, "b": LEAST, "c": 900}) == frozenset()
    assert hidden({"a": 1, "b": 7, "c": 900}) == {"a", "b"}
