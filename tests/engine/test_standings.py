"""Many memberships at once stand where the law puts each of them."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payung.engine.standings import STATES, standings
from payung.errors import InputError
from payung.law import Payment, cover, months

FIRST = months.index("2023-11")
LENGTH = 30
LAST = months.first_day(months.from_index(FIRST + LENGTH))
DAYS = st.dates(dt.date(2023, 10, 1), LAST + dt.timedelta(days=90))


@st.composite
def histories(draw: st.DrawFn) -> dict[int, dt.date]:
    """Most months paid about when they are due, some skipped, several at once, far too late or long before."""
    found: dict[int, dt.date] = {}
    start = draw(st.integers(0, LENGTH - 1))
    for place in range(start, LENGTH):
        how = draw(st.sampled_from("iiiiillsbawx"))
        month = months.first_day(months.from_index(FIRST + place))
        if how == "s":
            continue
        if how == "x":
            break
        day = {
            "i": month + dt.timedelta(days=draw(st.integers(-3, 30))),
            "l": month + dt.timedelta(days=draw(st.integers(31, 170))),
            "a": month - dt.timedelta(days=draw(st.integers(1, 200))),
            "b": dt.date(2025, 3, 15),
            "w": draw(DAYS),
        }[how]
        found[place] = day
    return found


def judged(people: list[dict[int, dt.date]], on: dt.date, segment: str) -> list[tuple[object, ...]]:
    """Return what the columns say of each, a tuple a person."""
    reach = max(
        (place + 1 for paid in people for place in paid), default=0
    )  # as far as anybody paid, not further
    days = np.zeros((reach, len(people)), dtype=np.int32)
    for column, paid in enumerate(people):
        for place, day in paid.items():
            days[place, column] = day.toordinal()
    found = standings(FIRST, days, on, segment)
    listed = (found.state, found.unpaid, found.paid_months, found.jkm_full, found.scholarship)
    return [tuple(int(value) for value in row) for row in zip(*listed, strict=True)]


@settings(max_examples=150, deadline=None)
@given(people=st.lists(histories(), min_size=1, max_size=12), on=DAYS, segment=st.sampled_from(["bpu", "pu"]))
def test_everybody_stands_where_the_law_puts_them(
    people: list[dict[int, dt.date]], on: dt.date, segment: str
) -> None:
    expected = []
    for paid in people:
        payments = [Payment(months.from_index(FIRST + place), day) for place, day in paid.items()]
        one = cover(payments, on, segment)
        told = (STATES.index(one.state), len(one.unpaid), one.paid_months, one.jkm_full, one.scholarship)
        expected.append(tuple(map(int, told)))
    assert judged(people, on, segment) == expected


def test_a_month_paid_back_counts_by_what_had_counted_before_that_day() -> None:
    in_time = {place: months.first_day(months.from_index(FIRST + place + 1)) for place in (0, 1)}
    at_once = in_time | dict.fromkeys(
        range(2, 9), dt.date(2024, 8, 20)
    )  # the fourth month is past: none of the old
    (told,) = judged([at_once], dt.date(2024, 8, 25), "bpu")
    one = cover(
        [Payment(months.from_index(FIRST + place), day) for place, day in at_once.items()],
        dt.date(2024, 8, 25),
        "bpu",
    )
    assert told[2] == one.paid_months < 9


@pytest.mark.parametrize(
    "on", [dt.date(2024, 5, 1), dt.date(2024, 5, 20), dt.date(2024, 9, 1), dt.date(2026, 3, 1)]
)
def test_months_that_nobody_paid_count_as_unpaid(on: dt.date) -> None:
    paid = {place: months.first_day(months.from_index(FIRST + place)) for place in range(4)}
    one = cover([Payment(months.from_index(FIRST + place), day) for place, day in paid.items()], on, "bpu")
    (told,) = judged([paid], on, "bpu")
    assert told[:2] == (STATES.index(one.state), len(one.unpaid))


def test_nobody_and_a_day_before_the_first_month() -> None:
    assert judged([], dt.date(2025, 1, 1), "bpu") == []
    assert judged([{3: dt.date(2024, 2, 3)}], dt.date(2023, 10, 5), "bpu") == [(2, 0, 0, 0, 0)]
    with pytest.raises(InputError):
        judged([{}], dt.date(1990, 1, 1), "bpu")
