"""Leaving out what cannot be alike changes nothing that difflib finds."""

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.rosters.headings import _INDEX
from payung.rosters.letters import Letters

KNOWN = [phrase for phrase in _INDEX if len(phrase) >= 5]
LIKE = Letters(KNOWN)
words = st.one_of(
    st.text(max_size=40),
    st.builds(
        lambda phrase, at, letter: phrase[:at] + letter + phrase[at + 1 :],
        st.sampled_from(KNOWN),
        st.integers(0, 30),
        st.text(max_size=3),
    ),
)


@given(word=words, cutoff=st.sampled_from([0.6, 0.8, 0.86, 0.95]))
def test_near_keeps_everything_that_is_alike(word, cutoff):
    wanted = difflib.get_close_matches(word, KNOWN, n=3, cutoff=cutoff)
    assert difflib.get_close_matches(word, LIKE.near(word, cutoff), n=3, cutoff=cutoff) == wanted


@pytest.mark.parametrize("word", ["nama lengkap", "tgl lahr", "alamat rumahh", "jenis klamin", "pekerjan"])
def test_near_leaves_most_phrases_out(word):
    assert 1 <= len(LIKE.near(word, 0.86)) < len(KNOWN) / 10


def test_near_of_nothing_is_nothing():
    assert LIKE.near("", 0.86) == []
    assert LIKE.near("日本語日本語", 0.86) == []
