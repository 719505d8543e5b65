"""Covered, in grace, lapsed, or ask: out of the months paid and when they were paid."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.errors import InputError
from payung.law import months
from payung.law.history import Payment
from payung.law.membership import Cover, cover, parse_paid


def run(first: str, last: str) -> str:
    return ",".join(months.between(first, last))


def on(paid: str, date: str, segment: str = "bpu") -> Cover:
    return cover(parse_paid(paid), dt.date.fromisoformat(date), segment)


SEVEN = run("2025-03", "2025-09")


@pytest.mark.parametrize(
    ("paid", "date", "segment", "state", "paid_months", "jkm_full", "scholarship"),
    [
        # domain 10.6, example 1
        (SEVEN, "2025-05-20", "bpu", "aktif", 3, False, False),
        (SEVEN, "2025-08-01", "bpu", "aktif", 6, True, False),
        (SEVEN, "2025-12-15", "bpu", "tenggang", 7, True, False),
        # example 2: the gap of three months may or may not have ended the membership
        (SEVEN + ",2026-01,2026-02", "2026-02-10", "bpu", "periksa", 2, False, False),
        # example 5: 36 paid months
        (run("2023-10", "2026-09"), "2026-09-30", "bpu", "aktif", 36, True, True),
        (run("2023-10", "2026-09"), "2026-08-31", "bpu", "aktif", 35, True, False),
        # grace, its two months and its end
        (SEVEN, "2025-09-30", "bpu", "aktif", 7, True, False),
        (SEVEN, "2025-10-01", "bpu", "aktif", 7, True, False),
        (SEVEN, "2025-10-15", "bpu", "aktif", 7, True, False),  # on its due day a month is not in arrears
        (SEVEN, "2025-10-16", "bpu", "tenggang", 7, True, False),
        (SEVEN, "2025-12-31", "bpu", "tenggang", 7, True, False),  # exactly three months are grace
        (SEVEN, "2026-01-01", "bpu", "periksa", 7, False, False),  # the fourth month, not due yet
        (SEVEN, "2026-01-15", "bpu", "periksa", 7, False, False),
        (SEVEN, "2026-01-16", "bpu", "nonaktif", 7, False, False),
        # the waiting time of JKM to the day
        ("2025-03,2025-04,2025-05,2025-06", "2025-05-31", "bpu", "aktif", 3, False, False),
        ("2025-03,2025-04,2025-05,2025-06", "2025-06-01", "bpu", "aktif", 4, True, False),
        # no waiting time before Permenaker 1/2025, nor for a wage earner
        ("2025-02", "2025-02-23", "bpu", "aktif", 1, True, False),
        ("2025-02", "2025-02-24", "bpu", "aktif", 1, False, False),
        ("2025-03", "2025-03-10", "pu", "aktif", 1, True, False),
        # a longer gap: a new membership
        (SEVEN + ",2026-02,2026-03", "2026-03-10", "bpu", "aktif", 2, False, False),
        # a short gap: the same membership
        (SEVEN + ",2025-12", "2025-12-10", "bpu", "aktif", 8, True, False),
        # order, doubles and the future do not matter
        ("2025-06,2025-03,2025-05,2025-04,2025-04,2025-12", "2025-06-02", "bpu", "aktif", 4, True, False),
        ("2025-03", "2025-02-20", "bpu", "nonaktif", 0, False, False),
        # a wage earner's month is unpaid only when its due date has passed (15 May 2025 was a Thursday)
        ("2025-03", "2025-05-15", "pu", "aktif", 1, True, False),
        # and what it then means is open where the employer is a village or an office, or not known
        ("2025-03", "2025-05-16", "pu", "periksa", 1, False, False),
        ("2025-03", "2025-09-16", "pu", "periksa", 1, False, False),
        # paid by the due date of the next month: a wage earner was covered all along
        ("2025-03@2025-04-14", "2025-03-20", "pu", "aktif", 1, True, False),
        # a BPU is a member only after the first payment (Ps 11(4)(5))
        ("2025-03@2025-03-12", "2025-03-05", "bpu", "nonaktif", 0, False, False),
        ("2025-03@2025-04-14", "2025-03-20", "bpu", "nonaktif", 0, False, False),
        ("2025-03@2025-04-16", "2025-03-20", "bpu", "nonaktif", 0, False, False),
        # the 60-month clock before PP 82/2019
        (run("2015-07", "2019-11"), "2019-11-30", "bpu", "aktif", 53, True, False),
        (run("2015-07", "2019-12"), "2019-12-02", "bpu", "aktif", 54, True, True),
    ],
)
def test_cover_on_a_day(
    paid: str, date: str, segment: str, state: str, paid_months: int, jkm_full: bool, scholarship: bool
) -> None:
    found = on(paid, date, segment)
    assert (found.state, found.paid_months, found.jkm_full, found.scholarship) == (
        state,
        paid_months,
        jkm_full,
        scholarship,
    )
    assert found.reasons


def says(found: Cover, words: str) -> bool:
    return any(words in reason.id for reason in found.reasons)


def test_the_third_month_is_said_to_be_a_boundary() -> None:
    assert says(on(SEVEN, "2025-05-20"), "Batas 3 bulan")
    assert not says(on(SEVEN, "2025-04-20"), "Batas 3 bulan")
    assert not says(on(SEVEN, "2025-08-01"), "Batas 3 bulan")


def test_ninety_days_are_not_three_months_everywhere() -> None:
    """Three months from 1 February 2026 are 89 days: not full by every reading until the day after."""
    paid = run("2026-02", "2026-05")
    assert not on(paid, "2026-05-01").jkm_full
    assert says(on(paid, "2026-05-01"), "Batas 3 bulan")
    assert on(paid, "2026-05-02").jkm_full


def test_grace_names_the_unpaid_months() -> None:
    found = on(SEVEN, "2025-11-20")
    assert found.unpaid == ("2025-10", "2025-11")
    assert says(found, "2025-10, 2025-11")


def test_the_due_date_is_said() -> None:
    """15 November 2025 was a Saturday: the contribution of November is due on Monday the 17th."""
    assert says(on(f"{SEVEN},2025-10", "2025-11-10"), "2025-11-17")


def test_a_payment_after_the_event_settles_and_is_never_a_plain_yes() -> None:
    found = on(SEVEN + ",2025-10@2025-10-25", "2025-10-20")
    assert (found.state, found.settled_on) == ("tenggang", dt.date(2025, 10, 25))
    assert says(found, "tunggakan lunas 2025-10-25")
    assert on(SEVEN + ",2025-10@2025-10-20", "2025-10-20").state == "aktif"


def test_arrears_settled_within_the_grace_go_on() -> None:
    late = ",".join(f"2025-{month}@2025-12-05" for month in ("10", "11", "12"))
    found = on(f"{SEVEN},{late}", "2025-12-20")
    assert (found.state, found.paid_months) == ("aktif", 10)


def test_the_handbook_example_of_a_late_sponsor_begins_anew() -> None:
    """Paid to June 2023, nothing for three months, July to October paid in October: a new membership."""
    late = ",".join(f"2023-{month:02d}@2023-10-05" for month in (7, 8, 9, 10))
    found = on(f"{run('2023-01', '2023-06')},{late}", "2023-10-20")
    assert (found.state, found.paid_months, found.since) == ("aktif", 1, dt.date(2023, 10, 5))
    assert says(found, "2023-07, 2023-08, 2023-09")


def test_a_private_employer_in_arrears_bears_the_benefit_after_three_months() -> None:
    def of(day: str) -> Cover:
        return cover(parse_paid("2025-03"), dt.date.fromisoformat(day), "pu", employer="private")

    # April 2025 falls due on 15 May, July on 15 August
    assert [of(day).standing for day in ("2025-05-15", "2025-05-16", "2025-08-15", "2025-08-18")] == [
        "not_yet_due",
        "grace",
        "grace",
        "employer_first",
    ]
    assert says(of("2025-05-16"), "BPJS membayar manfaatnya")
    assert says(of("2025-08-18"), "Pemberi kerja membayar manfaatnya dahulu")
    assert (of("2025-08-15").covered, of("2025-08-18").covered) == ("yes", "conditional")


@pytest.mark.parametrize(
    ("people", "paid", "full"),
    [(5_000, 12, 45_000), (7_500, 8, 37_500), (8_571, 7, 34_284), (10_000, 6, 30_000)],
)
def test_breadth_against_duration_for_people_who_enrol_first(people: int, paid: int, full: int) -> None:
    """Domain 10.6, example 7: the same money buys equal person-months, but fewer with full JKM."""
    bought = months.between("2026-01", months.add("2026-01", paid - 1))
    covered = [on(",".join(bought), str(months.last_day(month))).jkm_full for month in bought]
    assert people * sum(covered) == full


def test_a_first_month_paid_after_its_due_day_does_not_count() -> None:
    found = on("2025-03@2025-04-14,2025-04@2025-04-14,2025-05,2025-06", "2025-07-10")
    assert (found.state, found.jkm_full, found.paid_months) == ("periksa", False, 3)
    assert says(found, "Iuran pertama dibayar 2025-04-14")
    assert says(found, "Dibayar mundur setelah jatuh tempo, tidak dihitung: 2025-03")


def test_a_first_month_paid_within_it_is_told_as_it_was() -> None:
    found = on("2025-03@2025-03-10,2025-04..2025-06", "2025-06-05")
    assert (found.state, found.jkm_full) == ("periksa", False)
    assert says(found, "Iuran pertama dibayar 2025-03-10")
    assert (str(found.jkm_full_from), found.scholarship_from) == ("2025-06-10", "2028-02")


@pytest.mark.parametrize(
    ("paid", "date"),
    [
        ("2023-10..2026-09", "2026-12-01"),
        ("2023-10..2026-09", "2027-01-05"),
        ("2025-03..2025-09,2026-01,2026-02", "2026-02-10"),
        ("2025-01..2025-03,2025-04@2025-06-20", "2025-05-10"),
        ("2025-03..2025-09", "2026-01-01"),
        ("2025-03..2025-09", "2025-10-01"),
        ("2025-03..2025-09", "2025-09-10"),
    ],
)
def test_steps_say_what_the_answer_says(paid: str, date: str) -> None:
    found = on(paid, date)
    said = {step.name: step.value for step in found.steps}
    assert said["cover_state"] == found.state
    assert said["full_jkm"] == found.jkm_full
    assert said["open_scholarship"] == found.scholarship
    assert all(step.article for step in found.steps)


def test_clocks_that_are_full_in_doubtful_cover_are_told() -> None:
    found = on("2023-10..2026-09", "2027-01-05")
    assert (found.state, found.jkm_full, found.scholarship) == ("periksa", False, False)
    assert says(found, "dijawab tidak sampai diperiksa")


def test_employer_in_arrears_within_the_membership_is_told() -> None:
    assert says(on("2025-01,2025-02,2025-04", "2025-05-20", "pu"), "pemberi kerja yang menunggak")
    assert not says(on("2025-01..2025-04", "2025-05-14", "pu"), "pemberi kerja yang menunggak")


@pytest.mark.parametrize("paid", ["2025-03..", "2025-03@", "2025-03@1999-01-01", "..2025-03", "@2025-03-01"])
def test_half_written_payments_are_refused(paid: str) -> None:
    with pytest.raises(InputError):
        parse_paid(paid)


def test_unpaid_months_within_are_not_counted_and_said() -> None:
    found = on("2025-03,2025-05,2025-06", "2025-06-20")
    assert found.paid_months == 3
    assert says(found, "2025-04")


def test_a_run_of_months_may_be_written_short() -> None:
    assert parse_paid("2023-10..2026-09") == parse_paid(run("2023-10", "2026-09"))
    assert parse_paid("2025-10..2025-11@2025-12-05")[1] == Payment("2025-11", dt.date(2025, 12, 5))
    for paid in ("2025-04..2025-03", "2025-01,2025-04..2025-03", "2025-04..2025-03@2025-05-12"):
        with pytest.raises(InputError, match=r"2025-03\.\.2025-04"):
            parse_paid(paid)


def test_paid_in_advance_is_what_was_paid_by_that_day() -> None:
    found = on("2025-03,2025-04@2025-03-05,2025-05@2025-05-05", "2025-03-20")
    assert says(found, "di muka sampai 2025-04")
    assert not says(found, "di muka sampai 2025-05")
    assert not says(on("2025-03,2025-04,2025-05", "2025-03-20"), "di muka")


def test_a_month_that_is_not_due_yet_is_not_called_arrears() -> None:
    early = on(SEVEN, "2025-10-10")  # October is due on the 15th
    assert (early.state, early.standing, early.covered) == ("aktif", "not_yet_due", "yes")
    assert (early.unpaid, early.not_due, early.arrears) == ((), ("2025-10",), None)
    assert says(early, "Aktif: iuran 2025-10 belum dibayar dan baru jatuh tempo 2025-10-15.")
    assert not any("menunggak" in reason.id or "tenggang" in reason.id.lower() for reason in early.reasons)
    later = on(SEVEN, "2025-11-10")
    assert (later.standing, later.unpaid, later.not_due) == ("grace", ("2025-10",), ("2025-11",))
    assert says(later, "Belum jatuh tempo: 2025-11 (2025-11-17).")


def test_a_refusal_names_only_what_was_written() -> None:
    with pytest.raises(InputError, match="2014-12-05"):
        on("2025-03", "2014-12-05")
    last = on("2100-12", "2100-12-05")
    assert last.state == "aktif"
    assert not says(last, "2101-01 ")


@pytest.mark.parametrize(
    "paid",
    [
        "",
        "2025-13",
        "2025",
        "2015-06",
        "2025-03@2025-02-30",
        "2025-03;2025-04",
        "2025-03..x",
        "2101-01",
        "٢٠٢٥-٠٣",
    ],
)
def test_months_that_cannot_be_are_refused(paid: str) -> None:
    with pytest.raises(InputError):
        parse_paid(paid)


@pytest.mark.parametrize(("date", "segment"), [("2015-06-30", "bpu"), ("2025-03-01", "asn")])
def test_days_and_segments_that_cannot_be_are_refused(date: str, segment: str) -> None:
    with pytest.raises(InputError):
        on("2025-03", date, segment)


MONTHS = st.integers(months.index("2023-01"), months.index("2026-12")).map(months.from_index)
PAID = st.lists(st.builds(Payment, MONTHS), min_size=1, max_size=30)
DAYS = st.dates(dt.date(2023, 1, 1), dt.date(2027, 6, 30))


@given(PAID, DAYS, st.sampled_from(["bpu", "pu"]), st.randoms(use_true_random=False))
def test_order_and_doubles_never_matter(
    paid: list[Payment], day: dt.date, segment: str, draw: object
) -> None:
    found = cover(paid, day, segment)
    mixed = [*paid, *paid[:3]]
    draw.shuffle(mixed)  # type: ignore[attr-defined]
    again = cover(mixed, day, segment)
    assert (found.state, found.paid_months, found.jkm_full, found.scholarship, found.since) == (
        again.state,
        again.paid_months,
        again.jkm_full,
        again.scholarship,
        again.since,
    )


@given(PAID, DAYS)
def test_a_plain_yes_needs_a_paid_month_and_a_full_clock_needs_cover(
    paid: list[Payment], day: dt.date
) -> None:
    found = cover(paid, day, "bpu")
    written = {payment.month for payment in paid}
    if found.standing == "active":
        assert months.month_of(day) in written
    if found.jkm_full or found.scholarship:
        assert found.state in ("aktif", "tenggang")
    assert found.paid_months <= len({month for month in written if month <= months.month_of(day)})
    if found.since:
        assert found.since <= day


@given(PAID, DAYS)
def test_one_more_paid_month_never_takes_cover_away(paid: list[Payment], day: dt.date) -> None:
    order = ["nonaktif", "periksa", "tenggang", "aktif"]  # of one and the same employer
    before = cover(paid, day, "pu")
    after = cover([*paid, Payment(months.month_of(day))], day, "pu")
    assert order.index(after.state) >= order.index(before.state)
