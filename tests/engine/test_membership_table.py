"""The membership of many is the membership of each."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payung.engine.membership import cover_table
from payung.errors import InputError
from payung.law import months
from payung.law.history import Payment
from payung.law.membership import cover

MONTHS = st.integers(months.index("2022-06"), months.index("2026-12")).map(months.from_index)
HISTORIES = st.lists(st.lists(MONTHS, min_size=1, max_size=45), min_size=1, max_size=30)
DAYS = st.dates(dt.date(2023, 1, 1), dt.date(2027, 6, 30))


@settings(deadline=None, max_examples=60)
@given(HISTORIES, DAYS, st.sampled_from([("bpu", None), ("pu", None), ("pu", "private"), ("pu", "state")]))
def test_the_table_says_what_one_person_is_told(
    histories: list[list[str]], day: dt.date, payer: tuple[str, str | None]
) -> None:
    segment, employer = payer
    rows = [(person, month) for person, history in enumerate(histories) for month in history]
    found = cover_table(
        pl.DataFrame(rows, schema=["person", "month"], orient="row"), day, segment, employer=employer
    )
    assert found["person"].to_list() == list(range(len(histories)))
    for row, history in zip(found.iter_rows(named=True), histories, strict=True):
        one = cover([Payment(month) for month in history], day, segment, employer=employer)
        assert row == {
            "person": row["person"],
            "state": one.state,
            "standing": one.standing,
            "paid_months": one.paid_months,
            "jkm_full": one.jkm_full,
            "scholarship": one.scholarship,
            "since": months.month_of(one.since) if one.since else None,
            "unpaid": len(one.unpaid),
            "not_due": len(one.not_due),
            "law": one.law,
        }


def test_a_cohort_completes_its_36_months() -> None:
    """Gunung Mas: enrolled from October 2023; whoever was never interrupted has 36 paid months after 2026-09."""
    whole = months.between("2023-10", "2026-09")
    holed = [month for month in whole if month not in months.between("2024-05", "2024-08")]
    rows = [(person, month) for person, history in ((1, whole), (2, holed)) for month in history]
    found = cover_table(
        pl.DataFrame(rows, schema=["person", "month"], orient="row"), dt.date(2026, 9, 30), "bpu"
    )
    assert found.select("paid_months", "scholarship").rows() == [(36, True), (25, False)]


def test_a_month_that_cannot_be_is_refused() -> None:
    with pytest.raises(InputError):
        cover_table(pl.DataFrame({"person": [1], "month": ["2025-13"]}), dt.date(2026, 9, 30), "bpu")
