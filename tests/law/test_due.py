"""Benefits in arrears: what is due at once, what after settling, what the employer pays first."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.errors import InputError
from payung.law import load, load_with, months
from payung.law.benefits import Benefit, Case, benefit
from payung.law.calendar import due_date
from payung.law.due import Unpaid, parse_unpaid

DAY = dt.date(2026, 3, 20)  # January to March 2026 have fallen due for a BPU, up to February for a PU


def death(unpaid: Unpaid, day: dt.date = DAY, **more: object) -> Benefit:
    return benefit("death", Case(segment="bpu", paid_months=40, unpaid=unpaid, **more), day)  # type: ignore[arg-type]


def sums(found: Benefit) -> tuple[int, int, int, int, int]:
    """Total, at once, after settling, from the employer, open."""
    assert found.due is not None
    return found.total, *(found.due.sum_of(when) for when in ("now", "settled", "employer", "periksa"))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("unpaid", "expected"),
    [
        (0, (42_000_000, 42_000_000, 0, 0, 0)),
        (1, (42_000_000, 10_000_000, 32_000_000, 0, 0)),
        (3, (42_000_000, 10_000_000, 32_000_000, 0, 0)),
        (4, (0, 0, 0, 0, 0)),
        (12, (0, 0, 0, 0, 0)),
    ],
)
def test_death_of_a_bpu_in_arrears(unpaid: int, expected: tuple[int, ...]) -> None:
    assert sums(death(unpaid)) == expected


def test_the_heirs_settle_and_until_when_it_helps() -> None:
    owed = death(3, children=2).due
    assert owed is not None
    assert (owed.sum_of("now"), owed.sum_of("settled")) == (10_000_000, 206_000_000)
    assert owed.arrears is not None
    assert (owed.arrears.payer, owed.arrears.total) == ("heirs", 50_400)
    assert (str(owed.arrears.surely_until), str(owed.arrears.helps_until)) == ("2026-03-31", "2026-04-15")
    assert any("oleh ahli waris" in line.id for line in owed.lines())
    assert death(4).due.arrears is None  # type: ignore[union-attr]


def test_without_a_word_about_arrears_nothing_is_said_of_them() -> None:
    found = benefit("death", Case(segment="bpu", paid_months=40), DAY)
    assert found.due is None
    assert "due" not in found.plain()


def test_the_sum_before_december_2019() -> None:
    day = dt.date(2018, 5, 20)
    assert sums(death(2, day)) == (24_000_000, 3_000_000, 21_000_000, 0, 0)
    steps = {step.name: step for step in death(2, day).steps}
    assert steps["due_now"].article == "PP 44/2015 Ps 39(1), Ps 42(1)"
    assert steps["due_now"].mark == "confirmed"


def test_within_the_waiting_time_how_the_ten_million_part_is_open() -> None:
    found = benefit("death", Case(segment="bpu", paid_months=2, unpaid=1), DAY)
    assert sums(found) == (10_000_000, 0, 0, 0, 10_000_000)


@pytest.mark.parametrize(
    ("event", "more", "total"),
    [
        ("work-death", {}, 70_000_000),
        ("total-disability", {}, 68_000_000),
        ("disability", {"loss": "right-thumb"}, 12_000_000),
        ("incapacity", {"months": 2}, 2_000_000),
    ],
)
def test_money_of_jkk_waits_for_the_arrears_and_treatment_does_not(
    event: str, more: dict[str, object], total: int
) -> None:
    def of(unpaid: int) -> Benefit:
        return benefit(event, Case(segment="bpu", income=1_000_000, unpaid=unpaid, **more), DAY)  # type: ignore[arg-type]

    assert sums(of(3)) == (total, 0, total, 0, 0)
    assert of(3).due.care == "now"  # type: ignore[union-attr]
    assert sums(of(4)) == (0, 0, 0, 0, 0)
    assert of(4).due.care == "none"  # type: ignore[union-attr]


def test_of_costs_only_the_treatment_is_paid_at_once() -> None:
    costs = {"home-care": 3_000_000, "transport-land": 1_000_000}
    found = benefit("incapacity", Case(segment="bpu", income=1_000_000, months=1, costs=costs, unpaid=1), DAY)
    assert sums(found) == (5_000_000, 3_000_000, 2_000_000, 0, 0)


@pytest.mark.parametrize(
    ("employer", "unpaid", "expected"),
    [
        ("private", 3, (42_000_000, 42_000_000, 0, 0, 0)),
        ("private", 4, (42_000_000, 0, 0, 42_000_000, 0)),
        ("state", 1, (42_000_000, 0, 0, 0, 42_000_000)),
        ("state", 4, (42_000_000, 0, 0, 0, 42_000_000)),
        (None, 1, (42_000_000, 0, 0, 0, 42_000_000)),
        ("state", 0, (42_000_000, 42_000_000, 0, 0, 0)),
    ],
)
def test_death_of_a_wage_earner_in_arrears(
    employer: str | None, unpaid: int, expected: tuple[int, ...]
) -> None:
    found = benefit("death", Case(segment="pu", unpaid=unpaid, employer=employer), DAY)
    assert sums(found) == expected
    assert found.due is not None
    assert len(found.due.readings) == (2 if expected[4] else 0)


@pytest.mark.parametrize(("unpaid", "said"), [(1, True), (3, True), (4, False), (5, False), (9, False)])
def test_a_day_that_is_gone_is_not_said_to_help(unpaid: int, said: bool) -> None:
    found = benefit("death", Case(segment="pu", wage=3_000_000, unpaid=unpaid, employer="state"), DAY)
    assert found.due is not None
    (line,) = [line for line in found.due.lines() if "harus dibayar" in line.id]
    assert ("Masih menolong" in line.id) is said
    assert ("still helps" in line.en) is said


def test_an_abbreviation_keeps_its_letters_within_a_sentence() -> None:
    found = benefit("death", Case(segment="bpu", paid_months=2, unpaid=1), DAY)
    assert found.due is not None
    assert any("(JKM dalam masa tunggu)" in line.id for line in found.due.lines())


@pytest.mark.parametrize("segment", ["pu", "ppu"])
def test_ppu_is_understood_for_pu(segment: str) -> None:
    found = benefit("death", Case(segment=segment, unpaid=4, employer="private"), DAY)
    assert sums(found) == (42_000_000, 0, 0, 42_000_000, 0)


def test_a_written_answer_of_the_branch_about_villages_is_recorded_in_a_policy(tmp_path: object) -> None:
    policy = tmp_path / "kapuas.yaml"  # type: ignore[operator]
    policy.write_text(
        "topic: policy\ntitle: {id: Kebijakan, en: Policy}\nparameters:\n  state_employer_arrears:\n"
        "    title: {id: Tunggakan desa, en: Arrears of villages}\n    unit: code\n    values:\n"
        "      - {from: 2026-01-01, value: as-private, article: surat cabang 1/2026, source: letter, mark: confirmed}\n"
    )
    case = Case(segment="pu", unpaid=1, employer="state")
    assert sums(benefit("death", case, DAY, book=load_with(policy)))[1] == 42_000_000


def test_the_fourth_month_before_its_due_day_is_open() -> None:
    found = death(parse_unpaid("2026-01..2026-04"), dt.date(2026, 4, 10))
    assert sums(found) == (42_000_000, 0, 0, 0, 42_000_000)
    assert len(found.due.readings) == 2  # type: ignore[union-attr]
    assert sums(death(parse_unpaid("2026-01..2026-04"), dt.date(2026, 4, 16)))[0] == 0


def test_a_number_says_what_it_does_not_know_of_the_running_month() -> None:
    early = dt.date(2026, 4, 10)
    assert any("--unpaid 2026-01..2026-04" in note.id for note in death(3, early).notes)
    assert not any("--unpaid 2026-01..2026-04" in note.id for note in death(3).notes)


@pytest.mark.parametrize("text", ["", "-1", "x", "2026-01,2026-03", "2026-03..2026-01", "2026-13", "99999"])
def test_arrears_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(InputError):
        parse_unpaid(text)


@pytest.mark.parametrize("text", ["2025-11..2026-01", "2026-05..2026-06", "500"])
def test_arrears_that_contradict_the_day_are_refused(text: str) -> None:
    with pytest.raises(InputError, match="--unpaid"):
        death(parse_unpaid(text))


@pytest.mark.parametrize("more", [{"employer": "state"}, {"source": "csr"}])
def test_what_only_arrears_use_is_refused_without_them(more: dict[str, str]) -> None:
    with pytest.raises(InputError, match=next(iter(more))):
        benefit("death", Case(segment="pu", **more), DAY)  # type: ignore[arg-type]


MONTHS = st.integers(months.index("2022-01"), months.index("2026-09")).map(months.from_index)
EVENTS = st.sampled_from(("death", "work-death", "total-disability"))


@given(
    EVENTS, st.integers(0, 8), MONTHS, st.sampled_from([("bpu", None), ("pu", "private"), ("pu", "state")])
)
def test_nothing_is_lost_or_doubled_between_now_and_later(
    event: str, unpaid: int, month: str, payer: tuple[str, str | None]
) -> None:
    segment, employer = payer
    day = due_date(month, segment, employer=employer).date + dt.timedelta(days=1)
    money = {"income": 1_000_000} if segment == "bpu" else {"wage": 1_000_000}
    base = Case(segment=segment, paid_months=40 if event == "death" else None, **money)  # type: ignore[arg-type]
    whole = benefit(event, base, day)
    found = benefit(
        event,
        Case(segment=segment, paid_months=base.paid_months, unpaid=unpaid, employer=employer, **money),  # type: ignore[arg-type]
        day,
    )
    total, now, settled, first, asked = sums(found)
    assert total == now + settled + first + asked
    ended = segment == "bpu" and unpaid > load().on(day).grace_months
    assert total == (0 if ended else whole.total)
    assert found.steps[-1].value == total
    if found.due and found.due.arrears and segment == "bpu":
        assert found.due.arrears.months[-1].month == month
        assert len(found.due.arrears.months) == unpaid
