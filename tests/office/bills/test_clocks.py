"""The same month wherever the machine stands; leap years; Idul Fitri; the cohort of October 2023."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from billsworld import EACH, arrive, decree, findings, line_of
from django.db import transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from monthsworld import pay, take_back
from officeworld import VILLAGE, listing

from payung.law import due_date, months
from payung.law.calendar import holiday, is_working_day
from payung.office.access.scope import Area, Scope
from payung.office.arrears import actions as arrears
from payung.office.arrears.models import Rung
from payung.office.bills.actions import draw_up, send
from payung.office.bills.models import Bill
from payung.office.months import queries
from payung.office.months.actions import places
from payung.office.months.models import Month, Posting
from payung.office.months.states import Protection

ZONES = ("UTC", "Asia/Jakarta", "Asia/Jayapura", "America/Los_Angeles")
WIB = ZoneInfo("Asia/Jakarta")
MIDNIGHT = dt.datetime(2026, 1, 1, tzinfo=WIB)
BEFORE, AFTER = MIDNIGHT - dt.timedelta(seconds=1), MIDNIGHT + dt.timedelta(seconds=1)


@pytest.fixture(params=ZONES)
def machine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A machine in another zone; call it with a moment to set its clock."""
    zone = ZoneInfo(request.param)
    former = os.environ.get("TZ")
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment.astimezone(zone))
    if former is None:
        monkeypatch.delenv("TZ")
    else:
        monkeypatch.setenv("TZ", former)
    time.tzset()


@pytest.mark.django_db
def test_turn_of_the_year_is_that_of_the_office_on_a_machine_anywhere(make_people: Any, machine: Any) -> None:
    line = line_of(from_month="2025-12", until_month="2026-12")
    people = make_people(listing(1), listing(2))
    decree(line, people)
    machine(BEFORE)
    assert timezone.localdate() == dt.date(2025, 12, 31)
    (bill,) = draw_up(by="t", month=f"{timezone.localdate():%Y-%m}", line=line).bills
    bill = send(by="t", bill=bill)
    arrive(2 * EACH, bill, on="2025-12-31")
    machine(AFTER)
    assert timezone.localdate() == dt.date(2026, 1, 1)
    assert draw_up(by="t", month="2025-12", line=line).bills == ()  # not a second time
    (following,) = draw_up(by="t", month=f"{timezone.localdate():%Y-%m}", line=line).bills
    arrive(2 * EACH, send(by="t", bill=following), on="2026-01-01")
    rows = list(Month.objects.order_by("month", "person").values_list("month", "person", "seq"))
    first, second = months.index("2025-12"), months.index("2026-01")
    assert rows == [(month, person.pk, 1) for month in (first, second) for person in people]
    days = list(Posting.objects.order_by("pk").values_list("paid_on", flat=True))
    assert days == [dt.date(2025, 12, 31), dt.date(2026, 1, 1)]
    known = [paid.month for paid in queries.paid_months(people[0].pk, known=dt.date(2025, 12, 31))]
    assert known == ["2025-12"]  # what was written one second after midnight was not known on that day
    assert findings() == []


@pytest.mark.django_db
def test_nobody_is_warned_in_the_last_second_of_the_due_day(make_people: Any, machine: Any) -> None:
    line = line_of(region_code=VILLAGE, source="apbdes")
    decree(line, make_people(listing(1)))
    machine(dt.datetime(2026, 10, 1, tzinfo=WIB))
    (draft,) = draw_up(by="t", month="2026-10", line=line).bills
    bill = send(by="t", bill=draft)
    assert bill.due_on == dt.date(2026, 10, 15)
    machine(dt.datetime(2026, 10, 15, 23, 59, 59, tzinfo=WIB))
    assert arrears.climb() == 0
    machine(dt.datetime(2026, 10, 16, 0, 0, 1, tzinfo=WIB))
    assert arrears.climb() == 1
    assert Rung.objects.get().on == dt.date(2026, 10, 16)


@given(st.integers(2024, 2047), st.integers(1, 12))
def test_due_day_lies_in_its_month_or_right_after_also_in_leap_years(year: int, number: int) -> None:
    month = f"{year}-{number:02d}"
    due = due_date(month, "bpu").date
    assert due >= months.first_day(month) + dt.timedelta(days=14)
    assert due <= months.first_day(month) + dt.timedelta(days=14 + 20)
    assert is_working_day(due)


@pytest.mark.django_db
@pytest.mark.parametrize(("year", "days"), [(2023, 28), (2024, 29)])
def test_february_counts_as_one_month_whether_it_has_28_or_29_days(year: int, days: int) -> None:
    last = dt.date(year, 2, days)
    assert months.month_of(last + dt.timedelta(days=1)) == f"{year}-03"
    for number in (1, 2):
        pay([7], [f"{year}-{number:02d}"], f"{year}-{number:02d}-05")
    (answer,) = queries.cover_on(7, last)
    assert (answer.cover.state, answer.cover.paid_months) == (Protection.AKTIF, 2)
    (answer,) = queries.cover_on(7, last + dt.timedelta(days=1))
    assert (answer.cover.state, answer.cover.paid_months) == (Protection.AKTIF, 2)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("due", "first"),
    [("2024-04-09", "2024-04-12"), ("2025-03-30", "2025-04-02"), ("2026-03-20", "2026-03-23")],
)
def test_nobody_is_warned_on_idul_fitri(regions: None, due: str, first: str) -> None:
    line = line_of(from_month="2024-01", until_month="2026-12", region_code=VILLAGE, source="apbdes")
    bill = Bill.objects.create(
        line=line,
        segment="bpu",
        from_month=due[:7],
        until_month=due[:7],
        region_code=VILLAGE,
        due_on=dt.date.fromisoformat(due),
        people=1,
        amount=EACH,
        drawn_by="t",
    )
    Bill.objects.filter(pk=bill.pk).update(state="sent", digest="0" * 64, sent_by="t")
    day = dt.date.fromisoformat(due)
    feasts = []
    while not arrears.climb(on=day):
        day += dt.timedelta(days=1)
        found = holiday(day)
        feasts += [day] if found and "Idulfitri" in found.name.id else []
    assert day == dt.date.fromisoformat(first)
    assert len(feasts) == 2


# The cohort of Gunung Mas: funded from October 2023 on


COHORT = months.between("2023-10", "2026-09")
END = dt.date(2026, 9, 30)


def scholarship_from(person: int) -> str:
    """Return the first month at whose end the person's scholarship clock is full, if every month goes on being paid."""
    full = queries.cover_on(person, END)[0].cover
    if full.scholarship:
        return next(
            month for month in COHORT if queries.cover_on(person, months.last_day(month))[0].cover.scholarship
        )
    return months.add("2026-09", 36 - full.paid_months)


@pytest.mark.django_db
def test_cohort_of_october_2023_is_through_in_september_2026_exactly_when_unbroken() -> None:
    with transaction.atomic():
        (place,) = places({(VILLAGE, "rentan")}).values()
    for month in COHORT:
        paid_on = f"{month}-05"
        pay([1], [month], paid_on, place=place)  # never broken
        if month != "2024-06":
            pay([2], [month], paid_on, place=place)  # one month never paid, within grace
        if month not in ("2025-01", "2025-02", "2025-03", "2025-04"):
            pay([3], [month], paid_on, place=place)  # four months: begins from zero in May 2025
        if month not in ("2026-02", "2026-03"):
            pay([4], [month], paid_on, place=place)
        if month == "2026-04":
            pay([4], ["2026-02", "2026-03"], "2026-04-06", place=place)  # paid back within grace
        pay([5], [month], paid_on, place=place)
    take_back([5], ["2026-09"], place=place)  # the last one turned out to be paid by mistake
    assert len(COHORT) == 36
    said = {person: queries.cover_on(person, END)[0].cover for person in (1, 2, 3, 4, 5)}
    assert {person: one.paid_months for person, one in said.items()} == {1: 36, 2: 35, 3: 17, 4: 36, 5: 35}
    assert [person for person, one in said.items() if one.scholarship] == [1, 4]
    assert not queries.cover_on(1, dt.date(2026, 8, 31))[0].cover.scholarship
    assert {person: scholarship_from(person) for person in said} == {
        1: "2026-09",
        2: "2026-10",
        3: "2028-04",
        4: "2026-09",
        5: "2026-10",
    }
    assert findings() == []
    assert queries.states(Scope((Area(""),)), END)
