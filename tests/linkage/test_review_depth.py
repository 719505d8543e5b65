"""How deep the review goes: the poorer the lists, the deeper."""

from __future__ import annotations

import importlib

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

resolving = importlib.import_module("payung.linkage.link")


def _frame(sound: int, absent: int, cut: int) -> pl.DataFrame:
    numbers = ["6203990101800001"] * sound + [None] * absent + ["6203990101800010"] * cut
    marks = [False] * (sound + absent) + [True] * cut
    return pl.DataFrame({"nik": numbers, "nik_cut": marks}, schema={"nik": pl.String, "nik_cut": pl.Boolean})


@given(st.integers(1, 60), st.integers(0, 60), st.integers(0, 60))
def test_one_more_record_without_number_never_lifts_the_limit(sound: int, absent: int, cut: int) -> None:
    limit = resolving.doubtful_from(_frame(sound, absent, cut))
    assert resolving.REVIEW_LOWEST <= limit <= resolving.REVIEW < resolving.SAME
    assert resolving.doubtful_from(_frame(sound, absent + 1, cut)) <= limit
    assert resolving.doubtful_from(_frame(sound, absent, cut + 1)) <= limit


def test_lists_without_any_number_are_asked_deepest() -> None:
    assert resolving.doubtful_from(_frame(0, 5, 0)) == resolving.REVIEW_LOWEST
    assert resolving.doubtful_from(_frame(5, 0, 0)) == resolving.REVIEW
