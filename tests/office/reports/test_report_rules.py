"""Periods, differences and samples: values in, values out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from payung.law import months
from payung.office.reports.rules import MOST, Span, difference, period, periods, sample

MONTHS = st.integers(2000, 2099).flatmap(
    lambda year: st.integers(1, 12).map(lambda month: f"{year}-{month:02d}")
)


@given(MONTHS)
def test_every_month_is_one_month_of_one_quarter_of_one_year(month: str) -> None:
    quarter, year = period(f"{month[:4]}-{(int(month[5:]) + 2) // 3}"), period(month[:4])
    assert quarter is not None
    assert year is not None
    assert month in months.between(quarter.first, quarter.last)
    assert len(months.between(quarter.first, quarter.last)) == 3
    assert year.first <= month <= year.last
    assert quarter.before < quarter.first


@given(st.lists(MONTHS, max_size=30))
def test_a_period_is_there_once_its_last_month_is_closed(closed: list[str]) -> None:
    found = periods(closed)
    assert {one.last for one in found} == set(closed)
    assert {one.key for one in found if one.span is Span.MONTH} == set(closed)
    assert all((one.last[5:] in ("03", "06", "09", "12")) for one in found if one.span is Span.QUARTER)
    assert len({one.key for one in found}) == len(found)


def test_what_is_no_period() -> None:
    for key in ("", "2026-13", "2026-00", "2026-5", "26", "1999", "2026-1-1", "2026-01\n"):
        assert period(key) is None, key


def test_what_counts_from_january_is_compared_within_its_year() -> None:
    assert difference(5, 9, of_the_year=False, same_year=False, span=Span.MONTH) == -4
    assert difference(5, 9, of_the_year=True, same_year=True, span=Span.MONTH) == -4
    assert difference(5, 9, of_the_year=True, same_year=False, span=Span.MONTH) is None
    assert difference(5, 9, of_the_year=True, same_year=False, span=Span.YEAR) == -4
    assert difference(None, 9, of_the_year=False, same_year=True, span=Span.MONTH) is None


@given(st.sets(st.integers(), max_size=60), st.text(max_size=5), st.integers(-1, 70))
def test_the_same_seed_draws_the_same_sample_from_the_same_rows(keys: set[int], seed: str, many: int) -> None:
    drawn = sample(keys, seed, many)
    assert drawn == sample(sorted(keys, reverse=True), seed, many)
    assert len(drawn) == min(max(many, 0), len(keys), MOST)
    assert set(drawn) <= keys
    for gone in list(keys)[:3]:  # a row less changes one place at most
        assert len(set(drawn) - set(sample(keys - {gone}, seed, many))) <= 1
