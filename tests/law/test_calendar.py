"""Working days, due dates and deadlines."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.errors import InputError
from payung.law import load
from payung.law.calendar import (
    add_working_days,
    answer_deadline,
    claim_expiry,
    due_date,
    holiday_name,
    holiday_note,
    is_working_day,
    next_working_day,
    payment_deadline,
    report_deadline,
)

D = dt.date


@pytest.mark.parametrize(
    ("month", "segment", "due"),
    [
        ("2026-04", "bpu", D(2026, 4, 15)),  # PP 44/2015 Ps 24(3): within the month itself
        ("2025-11", "bpu", D(2025, 11, 17)),  # a Saturday
        ("2024-06", "bpu", D(2024, 6, 18)),  # a Saturday, and Monday the 17th is Idul Adha
        ("2020-08", "bpu", D(2020, 8, 31)),  # PP 49/2020: the 30th, a Sunday
        ("2021-02", "bpu", D(2021, 2, 15)),
        ("2026-01", "pu", D(2026, 2, 16)),  # 15 February 2026 is a Sunday
        ("2025-10", "pu", D(2025, 11, 17)),  # a Saturday
        ("2020-07", "pu", D(2020, 8, 17 + 1)),  # the 15th is a Saturday and Monday the 17th a holiday
        ("2020-08", "pu", D(2020, 9, 30)),  # PP 49/2020
        ("2021-01", "pu", D(2021, 3, 1)),  # the 30th of February: its last day, a Sunday
        ("2021-02", "pu", D(2021, 3, 15)),
    ],
)
def test_due_date_moves_to_the_next_working_day(month: str, segment: str, due: dt.date) -> None:
    assert due_date(month, segment).date == due


def test_a_year_without_a_list_says_so() -> None:
    due = due_date("2027-04", "pu")
    assert due.date == D(2027, 5, 17)
    assert any("2027" in note.id for note in due.notes)
    assert due.mark == "believed"
    assert holiday_note(2026) is None
    assert holiday_note(2031) is not None
    assert not any("2026" in note.id for note in due_date("2026-04", "pu").notes)


def test_the_due_date_of_a_village_or_office_is_a_policy_and_says_so() -> None:
    private = due_date("2026-04", "pu", employer="private")
    for employer in ("state", None):
        found = due_date("2026-04", "pu", employer=employer)
        assert (found.date, found.mark) == (private.date, "believed")
        assert any("kebijakan Payung" in note.id for note in found.notes)
    assert private.mark == "read"
    assert not private.notes
    read = load().parameters["due_day"]
    assert [value.mark for value in read.values] == ["confirmed", "read", "confirmed", "read"]


def test_holidays_of_fixed_date_are_known_in_every_year() -> None:
    assert holiday_name(D(2033, 8, 17)) is not None
    assert holiday_name(D(2033, 8, 18)) is None
    assert holiday_name(D(2026, 3, 19)) is not None
    assert not is_working_day(D(2026, 3, 19))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (D(2015, 8, 17), "Independence Day"),
        (D(2015, 12, 25), "Christmas"),
        (D(2016, 1, 1), "New Year"),
        (D(2016, 5, 1), "Labour Day"),
        (D(2016, 6, 1), None),  # Pancasila Day is a holiday from 2017
        (D(2017, 6, 1), "Pancasila Day"),
    ],
)
def test_holidays_of_fixed_date_hold_from_the_beginning(day: dt.date, name: str | None) -> None:
    found = holiday_name(day)
    assert (found.en if found else None) == name


def test_a_deadline_is_no_surer_than_the_holidays_it_skipped() -> None:
    plain = payment_deadline("jkm", D(2026, 2, 2))
    assert plain.mark == "confirmed"
    christmas = payment_deadline("jkm", D(2026, 12, 24))
    assert (christmas.date, christmas.mark) == (D(2026, 12, 30), "confirmed")
    nyepi = payment_deadline("jkm", D(2026, 3, 16))  # Nyepi on the 19th is believed
    assert (nyepi.date, nyepi.mark) == (D(2026, 3, 20), "believed")
    assert any("Nyepi 2026-03-19" in note.id for note in nyepi.notes)
    after = payment_deadline("jkm", D(2026, 3, 19))  # the holiday itself is not counted, nor skipped
    assert not any("Nyepi" in note.id for note in after.notes)


@pytest.mark.parametrize(
    "when", ["2026-05-01T08:00Z", "2026-05-01T08:00+07:00", "2026-05-01T24:00", "2026-05-01T8:00"]
)
def test_hours_are_local_and_in_full(when: str) -> None:
    with pytest.raises(InputError, match="zona waktu"):
        answer_deadline("report", when)


def test_good_friday_and_ascension_follow_easter() -> None:
    """A second opinion on the movable Christian dates, by the Gregorian computus."""
    for year in (2024, 2025, 2026):
        a, b, c = year % 19, year // 100, year % 100
        d = (19 * a + b - b // 4 - ((b - (b + 8) // 25 + 1) // 3) + 15) % 30
        e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - (c % 4)) % 7
        f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
        easter = D(year, f // 31, f % 31 + 1)
        for shift, word in ((-2, "Good Friday"), (0, "Easter"), (39, "Ascension")):
            name = holiday_name(easter + dt.timedelta(days=shift))
            assert name is not None
            assert name.en == word


def test_working_days_skip_week_ends_and_holidays() -> None:
    assert add_working_days(D(2026, 12, 24), 3) == D(2026, 12, 30)
    assert payment_deadline("jkm", D(2026, 12, 24)).date == D(2026, 12, 30)
    assert payment_deadline("jkk", D(2026, 2, 2)).date == D(2026, 2, 11)


def test_reports_count_hours_straight_through() -> None:
    assert report_deadline(dt.datetime(2026, 5, 1, 22, 30)).until == "2026-05-03T22:30"  # noqa: DTZ001


def test_claims_expire_by_the_law_of_the_event() -> None:
    assert claim_expiry("jkk", D(2019, 12, 1)).date == D(2021, 12, 1)
    assert claim_expiry("jkk", D(2019, 12, 2)).date == D(2024, 12, 2)
    assert claim_expiry("jkm", D(2024, 2, 29)).date == D(2029, 2, 28)
    assert claim_expiry("jkm", D(2024, 2, 29)).mark == "believed"
    with pytest.raises(InputError):
        claim_expiry("jkm", D(2018, 1, 1))


def test_deadlines_in_the_words_of_a_person() -> None:
    assert answer_deadline("due", "2026-04", segment="pu").until == "2026-05-15"
    assert answer_deadline("report", "2026-05-01T08:00").until == "2026-05-03T08:00"
    assert answer_deadline("claim", "2026-05-01", programme="jkk").until == "2031-05-01"
    for kind, when in (
        ("when", "2026-04"),
        ("due", "2026-4"),
        ("report", "2026-05-01"),
        ("payment", "2026-02-30"),
    ):
        with pytest.raises(InputError):
            answer_deadline(kind, when)


@given(st.dates(D(2017, 1, 1), D(2035, 1, 1)), st.integers(0, 30))
def test_working_days_are_working_days(day: dt.date, count: int) -> None:
    assert is_working_day(next_working_day(day))
    later = add_working_days(day, count)
    between = [day + dt.timedelta(days=step) for step in range(1, (later - day).days + 1)]
    assert sum(is_working_day(each) for each in between) == count
