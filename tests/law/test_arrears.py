"""Months in arrears: grace up to three, the end after more, and what lies between (PP 44/2015 art. 24, 38-42)."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.errors import InputError
from payung.law import months, position
from payung.law.calendar import due_date, is_working_day
from payung.law.covered import covered_by_standing, covers_in, covers_on
from payung.law.history import Payment
from payung.law.membership import Cover, cover, parse_paid

D = dt.date
YEAR = "2025-01..2025-12"


def on(paid: str, date: str, segment: str = "bpu", **more: object) -> Cover:
    return cover(parse_paid(paid), dt.date.fromisoformat(date), segment, **more)  # type: ignore[arg-type]


def says(found: Cover, words: str) -> bool:
    return any(words in reason.id for reason in found.reasons)


@pytest.mark.parametrize(
    ("day", "standing", "late", "early"),
    [
        ("2025-12-31", "active", 0, 0),
        ("2026-01-01", "not_yet_due", 0, 1),
        ("2026-01-15", "not_yet_due", 0, 1),  # the due day itself
        ("2026-01-16", "grace", 1, 0),  # 16 January 2026 is Isra Mikraj: the 15th was a working day
        ("2026-02-01", "grace", 1, 1),
        ("2026-02-16", "grace", 1, 1),  # 15 February 2026 is a Sunday: due on Monday the 16th
        ("2026-02-17", "grace", 2, 0),
        ("2026-03-16", "grace", 2, 1),  # 15 March 2026 is a Sunday
        ("2026-03-17", "grace", 3, 0),
        ("2026-03-31", "grace", 3, 0),  # exactly three months are grace
        ("2026-04-01", "periksa", 3, 1),  # the fourth month, unpaid and not due
        ("2026-04-15", "periksa", 3, 1),
        ("2026-04-16", "ended", 4, 0),
        ("2027-06-01", "ended", 17, 1),
    ],
)
def test_the_standing_of_a_bpu_to_the_day(day: str, standing: str, late: int, early: int) -> None:
    found = on(YEAR, day)
    assert (found.standing, len(found.unpaid), len(found.not_due)) == (standing, late, early)


def test_holidays_move_the_due_day_and_with_it_the_end_of_the_right() -> None:
    """15 June 2024 is a Saturday, Monday the 17th Idul Adha: due on the 18th."""
    found = [on("2024-01..2024-02", f"2024-06-{day}").standing for day in (17, 18, 19)]
    assert found == ["periksa", "periksa", "ended"]


def test_three_months_in_arrears_say_what_to_pay_for_what_by_whom_and_until_when() -> None:
    found = on(YEAR, "2026-03-20")
    owed = found.arrears
    assert owed is not None
    assert [(each.month, each.due, each.amount, each.fine) for each in owed.months] == [
        ("2026-01", D(2026, 1, 15), 16_800, 0),
        ("2026-02", D(2026, 2, 16), 16_800, 0),
        ("2026-03", D(2026, 3, 16), 16_800, 0),
    ]
    assert (owed.total, owed.payer) == (50_400, "member")
    assert (owed.surely_until, owed.helps_until) == (D(2026, 3, 31), D(2026, 4, 15))
    assert {part.code: part.when for part in owed.parts} == {
        "jkk-care": "now",
        "jkk-money": "settled",
        "jkm-funeral": "now",
        "jkm-lump": "settled",
        "jkm-periodic": "settled",
        "jkm-scholarship": "settled",
        "jkm-waiting": "periksa",
    }
    assert says(found, "Rp50.400 untuk 3 bulan (2026-01, 2026-02, 2026-03)")
    assert says(found, "setelah meninggal ahli warisnya")
    assert says(found, "Pasti menolong sampai 2026-03-31; menurut naskah sampai 2026-04-15")
    assert found.readings == ()


def test_prices_follow_band_source_and_the_relief_of_each_month() -> None:
    owed = on(YEAR, "2026-03-20", income=1_500_000, source="mandiri", sector="transport").arrears
    assert owed is not None
    assert [each.amount for each in owed.months] == [11_400, 11_400, 11_400]  # half of 16,000 and 6,800
    full = on(YEAR, "2026-03-20", income=1_500_000, source="apbd", sector="transport").arrears
    assert full is not None
    assert full.total == 3 * 22_800


def test_the_fourth_month_before_its_due_day_is_periksa_with_both_readings() -> None:
    found = on(YEAR, "2026-04-10")
    assert (found.state, found.covered, len(found.readings)) == ("periksa", "periksa", 2)
    assert "2026-04-15" in found.readings[0].id
    assert "2026-04-01" in found.readings[1].id
    assert not found.jkm_full


def test_after_the_end_nothing_is_owed() -> None:
    found = on(YEAR, "2026-04-16")
    assert (found.state, found.covered, found.arrears) == ("nonaktif", "no", None)
    assert says(found, "tunggakan lama tidak ditagih")


@pytest.mark.parametrize(
    ("paid_on", "says_so"),
    [
        ("2026-03-31", "tunggakan lunas 2026-03-31"),
        ("2026-04-01", "bacaannya berbeda"),
        ("2026-04-15", "bacaannya berbeda"),
        ("2026-04-16", "terlambat"),
    ],
)
def test_paying_after_the_death_works_within_the_grace(paid_on: str, says_so: str) -> None:
    found = on(f"{YEAR},2026-01..2026-03@{paid_on}", "2026-03-20")
    assert (found.standing, str(found.settled_on)) == ("grace", paid_on)
    assert says(found, says_so)


def test_a_part_of_the_arrears_does_not_settle_them() -> None:
    found = on(f"{YEAR},2026-01@2026-03-25", "2026-03-20")
    assert found.settled_on is None
    assert says(found, "belum semua tunggakan lunas")


@pytest.mark.parametrize(("employer", "fine"), [("private", True), ("state", False)])
def test_the_fine_is_for_employers_that_are_no_state_bodies(employer: str, fine: bool) -> None:
    owed = on(YEAR, "2026-03-20", "pu", employer=employer, income=3_000_000).arrears
    assert owed is not None
    # January was due on 16 February, February on 16 March: two begun months of delay, and one
    assert [each.fine for each in owed.months] == ([648, 324] if fine else [0, 0])
    assert (owed.payer, owed.total) == ("employer", 33_372 if fine else 32_400)


def test_a_village_or_office_in_arrears_is_periksa_with_both_readings() -> None:
    for employer in ("state", None):
        found = on(YEAR, "2026-03-20", "pu", employer=employer)
        assert (found.state, len(found.readings)) == ("periksa", 2)
        assert "38(1)" in found.readings[0].id
        assert "lunas" in found.readings[1].id
        assert found.arrears is not None
        assert found.arrears.total is None
    over = on(YEAR, "2026-07-20", "pu", employer="state")
    assert "38(2)(3)" in over.readings[0].id
    active = on(YEAR, "2026-02-16", "pu", employer="state")
    assert (active.state, active.standing) == ("aktif", "not_yet_due")


def test_a_private_employer_who_settles_late_keeps_the_membership() -> None:
    paid = "2025-01..2025-03,2025-04..2025-09@2025-10-20,2025-10"
    assert on(paid, "2025-10-25", "pu", employer="private").paid_months == 10
    assert on(paid, "2025-10-25").paid_months == 1  # of a BPU the right had ended


def test_arrears_settled_in_the_fourth_month_before_its_due_day_are_counted_by_one_reading_only() -> None:
    found = on("2025-01..2025-06,2025-07..2025-10@2025-10-10", "2025-10-12")
    assert (found.state, found.jkm_full, found.paid_months) == ("periksa", False, 1)
    assert any("bulan keempat" in reason.id for reason in found.reasons)


@pytest.mark.parametrize(
    "more", [{"employer": "private"}, {"income": -1}, {"source": "bank"}, {"sector": "sea"}]
)
def test_facts_that_cannot_be_are_refused(more: dict[str, object]) -> None:
    with pytest.raises(InputError):
        on(YEAR, "2026-03-20", "bpu", **more)
    with pytest.raises(InputError):
        on(YEAR, "2026-03-20", "pu", employer="village")


MONTHS = st.integers(months.index("2022-01"), months.index("2026-12")).map(months.from_index)
DAYS = st.dates(D(2022, 1, 1), D(2026, 12, 31))


@given(MONTHS)
def test_a_bpu_month_falls_due_in_itself_on_a_working_day_from_the_15th_on(month: str) -> None:
    due = due_date(month, "bpu").date
    assert months.month_of(due) == month
    assert due.day >= 15
    assert is_working_day(due)


@given(MONTHS, st.integers(0, 400))
def test_counts_and_standing_follow_the_due_days(last: str, after: int) -> None:
    day = months.last_day(last) + dt.timedelta(days=after)
    found = cover([Payment(last)], day, "bpu")
    open_months = months.between(months.add(last, 1), months.month_of(day)) if after else []
    late = [month for month in open_months if due_date(month, "bpu").date < day]
    assert list(found.unpaid) == late
    assert list(found.not_due) == open_months[len(late) :]
    assert len(found.not_due) <= 1
    if len(late) > 3:
        assert found.standing == "ended"
    elif len(open_months) > 3:
        assert found.standing == "periksa"
    elif late:
        assert found.standing == "grace"
    else:
        assert found.standing == ("not_yet_due" if open_months else "active")


@given(MONTHS, st.integers(0, 200), st.integers(1, 60))
def test_time_alone_never_makes_a_standing_better(last: str, after: int, more: int) -> None:
    order = ["active", "not_yet_due", "grace", "periksa", "ended"]

    def at(days: int) -> Cover:
        return cover([Payment(last)], months.last_day(last) + dt.timedelta(days=days), "bpu")

    early, late = at(after), at(after + more)
    if set(early.unpaid) <= set(late.unpaid) and (
        not early.not_due or early.not_due[0] in late.unpaid + late.not_due
    ):
        assert order.index(early.standing) <= order.index(late.standing) or late.standing == "grace"
    assert len(early.unpaid) <= len(late.unpaid)


@given(MONTHS, DAYS)
def test_paying_by_the_last_day_that_helps_is_what_the_answer_says(last: str, day: dt.date) -> None:
    found = cover([Payment(last)], day, "bpu")
    if found.standing != "grace" or found.arrears is None:
        return
    assert day <= found.arrears.surely_until <= found.arrears.helps_until
    settled = [Payment(last), *(Payment(month, found.arrears.surely_until) for month in found.unpaid)]
    now = cover(settled, found.arrears.surely_until, "bpu")
    assert set(found.unpaid) & set(now.unpaid) == set()
    assert now.standing != "ended"


PAYMENTS = st.lists(
    st.builds(Payment, MONTHS, st.one_of(st.none(), DAYS)),
    min_size=1,
    max_size=14,
    unique_by=lambda each: each.month,
)
PAYERS = st.sampled_from([("bpu", None), ("pu", None), ("pu", "private"), ("pu", "state")])


@given(PAYMENTS, DAYS, PAYERS)
def test_a_position_is_the_cover_without_sentences(
    paid: list[Payment], day: dt.date, payer: tuple[str, str | None]
) -> None:
    segment, employer = payer
    short, long = (
        position(paid, day, segment, employer=employer),
        cover(paid, day, segment, employer=employer),
    )
    for name in (
        "standing", "covered", "settled_on", "paid_months", "since", "jkm_full", "jkm_full_from", "scholarship",
        "scholarship_from",
    ):  # fmt: skip
        assert getattr(short, name) == getattr(long, name), name
    assert tuple(month for month, _ in short.unpaid) == long.unpaid
    assert tuple(month for month, _ in short.not_due) == long.not_due
    if long.arrears:
        assert short.unpaid == tuple((owed.month, owed.due) for owed in long.arrears.months)
        assert (short.surely_until, short.helps_until) == (
            long.arrears.surely_until,
            long.arrears.helps_until,
        )
    else:
        assert short.surely_until is None
    assert all(due < day for _, due in short.unpaid)
    assert all(due >= day for _, due in short.not_due)


@given(PAYMENTS, DAYS)
def test_what_is_paid_after_a_day_never_changes_what_stood_on_it(paid: list[Payment], day: dt.date) -> None:
    known = [payment for payment in paid if payment.paid_on is None or payment.paid_on <= day]
    if known:
        before, after = position(known, day, "bpu"), position(paid, day, "bpu")
        assert (before.standing, before.unpaid, before.paid_months) == (
            after.standing,
            after.unpaid,
            after.paid_months,
        )


def test_covered_has_one_definition() -> None:
    assert [
        covered_by_standing(each, "bpu") for each in ("active", "not_yet_due", "grace", "ended", "never")
    ] == [
        "yes",
        "yes",
        "conditional",
        "no",
        "no",
    ]
    assert covered_by_standing("grace", "pu") == "yes"
    assert covered_by_standing("periksa", "bpu") == "periksa"
    day = D(2026, 4, 1)
    assert covers_on(day)
    assert covers_on(day, since=day, until=day)
    assert not covers_on(day, since=D(2026, 4, 2))
    assert not covers_on(day, until=D(2026, 3, 31))
    for status in ("inactive", "rejected", "dead"):
        assert not covers_on(day, status=status)
    assert covers_on(day, status="active")


@given(MONTHS, MONTHS, MONTHS)
def test_a_record_by_months_covers_every_day_of_its_months(month: str, first: str, last: str) -> None:
    covered = covers_in(month, from_month=first, until_month=last)
    assert covered == (first <= month <= last)
    for day in (months.first_day(month), months.last_day(month)):
        assert covered == covers_on(day, since=months.first_day(first), until=months.last_day(last))
    assert covers_in(month, from_month=first) == (first <= month)
