"""Money ahead: what lines will still be billed, when their money ends, and the alarm under one month."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from billsworld import EACH, bill_of, decree, line_of
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from officeworld import listing

from payung.law import months
from payung.office.bills.forecast import forecasts, walked
from payung.office.changes import actions as changes
from payung.office.changes.states import ChangeKind

TODAY = dt.date(2026, 11, 28)


@given(
    st.integers(0, 1_000_000),
    st.dictionaries(st.integers(1, 12), st.integers(1, 300_000), max_size=12),
    st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
)
def test_money_is_exhausted_exactly_where_the_sum_passes_it(
    left: int, costs: dict[int, int], on: dt.date
) -> None:
    ahead = {f"2026-{number:02d}": amount for number, amount in costs.items()}
    due = {month: dt.date(2026, int(month[5:]), 15) for month in ahead}
    found = walked(1, left, ahead, due, on)
    assert found.end == left - sum(ahead.values())
    assert (found.exhausted is None) == (found.end >= 0)
    if found.exhausted is not None:
        before = sum(amount for month, amount in ahead.items() if month < found.unpaid_from)
        assert before <= left < before + ahead[found.unpaid_from]
        assert found.exhausted == max(due[found.unpaid_from], on)
        assert found.alarm == (found.exhausted < months.add_to_date(on, 1))
    else:
        assert not found.alarm


@pytest.mark.django_db
def test_forecast_to_december_by_decree_law_and_changes(make_people: Any) -> None:
    people = make_people(*(listing(number) for number in range(1, 5)))
    line = line_of(ceiling=4 * EACH * 10)  # enough for ten months of four people
    decree(line, people)
    bill_of(line, "2026-01", "2026-06")
    found = forecasts([line], dt.date(2026, 7, 1))[line.pk]
    assert found.left == 4 * EACH * 4
    assert found.ahead == {f"2026-{month:02d}": 4 * EACH for month in range(7, 13)}
    assert (found.end, found.unpaid_from) == (-2 * 4 * EACH, "2026-11")
    assert (found.exhausted, found.alarm) == (dt.date(2026, 11, 16), False)
    assert forecasts([line], dt.date(2026, 10, 20))[line.pk].alarm
    change = changes.report(
        by="a", person=people[0], kind=ChangeKind.PINDAH, on=dt.date(2026, 6, 3), evidence="SKPWNI"
    ).change
    changes.approve(by="b", change=change)
    found = forecasts([line], dt.date(2026, 7, 1))[line.pk]
    assert set(found.ahead.values()) == {3 * EACH}
    assert found.exhausted == dt.date(2026, 12, 15)


@pytest.mark.django_db
def test_page_figure_and_costs(make_people: Any, make_user: Any, sign_in: Any) -> None:
    client = sign_in(make_user("bkad"))
    counts = []
    for number in (0, 0, 1):
        for place in range(1 + 3 * number):
            line = line_of(ceiling=EACH * 3 // 2, name=f"Dana sempit {len(counts)}{place}")
            decree(line, make_people(listing(50 + 10 * len(counts) + place)))
            bill_of(line, "2026-11")
        with CaptureQueriesContext(connection) as seen:
            page = client.get("/tagihan/perkiraan/?habis=sebulan").content.decode()
        counts.append(len(seen))
        assert "Dana sempit 00" in page
        assert "15 Des 2026" in page
        assert "Rp8.400" in page
    assert counts[1] == counts[2]
    assert "Baris dana yang habis dalam sebulan" in client.get("/").content.decode()
