"""Words that may be one word share a key, and are told from those that are two."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.people.alike import SHORTEST, alike, keys

WORDS = st.text(string.ascii_lowercase, min_size=1, max_size=14)


@st.composite
def _slips(draw: st.DrawFn) -> tuple[str, str]:
    """A word, and the word with one slip of a finger."""
    word = draw(st.text(string.ascii_lowercase, min_size=SHORTEST, max_size=14))
    place = draw(st.integers(0, len(word) - 1))
    letter = draw(st.sampled_from(string.ascii_lowercase))
    kind = draw(st.sampled_from(["wrong", "more", "less", "swap"]))
    if kind == "swap":
        return word, word[:place] + word[place : place + 2][::-1] + word[place + 2 :]
    if kind == "more":
        return word, word[:place] + letter + word[place:]
    return word, word[:place] + (letter if kind == "wrong" else "") + word[place + 1 :]


@given(_slips())
def test_one_slip_is_forgiven_and_shares_a_key(pair: tuple[str, str]) -> None:
    word, typed = pair
    assert alike(typed, word)
    assert alike(word, typed)
    assert keys(word) & keys(typed)


@given(WORDS, WORDS)
def test_what_is_alike_shares_a_key_whichever_comes_first(one: str, other: str) -> None:
    assert alike(one, other) == alike(other, one)
    if alike(one, other):
        assert keys(one) & keys(other)


@pytest.mark.parametrize(
    ("typed", "known", "same"),
    [
        ("arsyd", "arsyad", True),
        ("ahmat", "achmad", True),
        ("moh", "muhammad", True),
        ("joesoef", "yusuf", True),
        ("aminha", "aminah", True),
        ("siti", "sati", True),
        ("budi", "badu", False),
        ("ali", "adi", False),
        ("rahmawati", "rahman", False),
    ],
)
def test_names_as_people_type_them(typed: str, known: str, same: bool) -> None:
    assert alike(typed, known) is same
