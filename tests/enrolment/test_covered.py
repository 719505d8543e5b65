"""The main job's question about a whole list is the law's definition of "covered", row by row."""

from __future__ import annotations

import datetime as dt

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from payung.enrolment.memberships import covers
from payung.law.covered import ENDED_STATUSES, covers_on

STATUS = st.sampled_from([None, "active", *ENDED_STATUSES])
DAY = st.dates(dt.date(2025, 12, 25), dt.date(2026, 1, 10))


@given(rows=st.lists(st.tuples(STATUS, st.none() | DAY), min_size=1, max_size=20), day=DAY)
def test_a_whole_list_is_covered_as_the_law_says_of_each_row(
    rows: list[tuple[str | None, dt.date | None]], day: dt.date
) -> None:
    frame = pl.DataFrame(
        {"member_status": [status for status, _ in rows], "member_until": [until for _, until in rows]},
        schema={"member_status": pl.String, "member_until": pl.Date},
    )
    found = frame.select(covers(day).alias("covered"))["covered"].to_list()
    assert found == [covers_on(day, until=until, status=status) for status, until in rows]
