"""An explanation gives the reason that decided, and is as sure as all that it rests on."""

from __future__ import annotations

import datetime as dt

import pytest

from payung.law import Case, Step, benefit, bill, load
from payung.law.parameter import Mark


def step(found: tuple[Step, ...], name: str) -> Step:
    return next(each for each in found if each.name == name)


def owed(month: str, source: str, sector: str = "other", *, income: int = 1_000_000) -> tuple[Step, ...]:
    programmes = ("jkk", "jkm", "jht")
    return bill(
        segment="bpu", income=income, month=month, source=source, sector=sector, programmes=programmes
    ).steps


@pytest.mark.parametrize(
    ("month", "source", "sector", "mark", "says"),
    [
        ("2026-03", "csr", "other", "confirmed", "not in force yet, only from 2026-04 to 2026-12"),
        ("2026-03", "apbd", "other", "confirmed", "not in force yet, only from 2026-04 to 2026-12"),
        ("2027-01", "mandiri", "other", "believed", "in force from 2026-04 to 2026-12, has ended"),
        ("2027-04", "mandiri", "transport", "believed", "in force from 2026-01 to 2027-03, has ended"),
        ("2026-05", "apbd", "other", "confirmed", "[funding source] = full"),
        ("2027-02", "apbd", "transport", "confirmed", "[funding source] = full"),
        ("2026-05", "csr", "other", "believed", "[funding source] ≠ full"),
    ],
)
def test_the_reason_is_the_one_that_decided(
    month: str, source: str, sector: str, mark: Mark, says: str
) -> None:
    for name in ("bpu_jkk", "bpu_jkm"):
        found = step(owed(month, source, sector), name)
        assert found.because[-1].en.endswith(says)
        assert found.mark == mark
        assert "PP 50/2025 Ps 4(1)" in found.article or "= full" in says


def test_outside_the_window_the_source_of_the_money_is_no_reason() -> None:
    for month in ("2026-03", "2027-01"):
        found = step(owed(month, "csr"), "bpu_jkk")
        assert not any("full" in text.en for text in found.because)


def test_after_the_window_it_is_said_that_nothing_was_found() -> None:
    notes = [note for each in owed("2027-01", "mandiri") for note in each.notes]
    assert any("Setelah Desember 2026 tidak ditemukan aturan" in note.id for note in notes)


def test_long_before_a_relief_nothing_is_said_of_it() -> None:
    assert not any(each.because for each in owed("2018-05", "csr"))


@pytest.mark.parametrize(
    ("month", "says"),
    [
        ("2025-01", "(50 % relief): not in force yet, only from 2025-02 to 2026-01"),
        ("2026-01", "sector = labour-intensive"),
        ("2026-02", "(50 % relief): in force from 2025-02 to 2026-01, has ended"),
    ],
)
def test_the_relief_of_labour_intensive_industries_is_said_to_have_ended(month: str, says: str) -> None:
    found = bill(segment="pu", income=10_000_000, month=month, source="mandiri", sector="labour-intensive")
    (because,) = step(found.steps, "pu_jkk").because
    assert because.en.endswith(says)


def test_other_wage_earners_hear_nothing_of_it() -> None:
    found = bill(segment="pu", income=10_000_000, month="2026-02", source="mandiri")
    assert step(found.steps, "pu_jkk").because == ()


def test_the_mark_of_a_band_travels_through_every_step_that_uses_it() -> None:
    top = {each.name: each.mark for each in owed("2024-05", "csr", income=20_500_000)}
    assert top == {
        "bpu_basis": "read",
        "bpu_jkk": "read",
        "bpu_jkm": "confirmed",
        "bpu_jht": "read",
        "total": "read",
    }
    before = {each.name: each.mark for each in owed("2018-05", "csr", income=20_500_000)}
    assert set(before.values()) == {"confirmed"}  # the text in force that day was read


def test_the_mark_of_the_pension_ceiling_travels() -> None:
    def marks(month: str) -> set[Mark]:
        found = bill(segment="pu", income=20_000_000, month=month, source="apbd", programmes=("jp",))
        return {each.mark for each in found.steps}

    assert marks("2018-05") == {"believed"}
    assert marks("2022-05") == {"once"}
    assert marks("2026-05") == {"confirmed"}


def test_the_base_of_a_benefit_is_as_sure_as_the_band() -> None:
    found = benefit("work-death", Case(segment="bpu", income=20_500_000), dt.date(2026, 2, 1))
    assert {step(found.steps, name).mark for name in ("jkk_base", "work_death_lump")} == {"read"}


def test_the_floor_of_death_by_work_was_read_in_the_text() -> None:
    def mark(day: dt.date) -> Mark:
        return step(
            benefit("work-death", Case(segment="pu", wage=3_000_000), day).steps, "work_death_lump"
        ).mark

    assert mark(dt.date(2018, 5, 1)) == "confirmed"
    assert mark(dt.date(2026, 5, 1)) == "confirmed"


def test_a_rounded_amount_shows_the_fraction_and_the_rule_of_rounding() -> None:
    found = bill(segment="pu", income=2_022_200, month="2026-05", source="apbd")
    jkk = step(found.steps, "pu_jkk")
    assert (jkk.value, jkk.mark) == (4_853, "believed")
    assert jkk.figures.id.endswith("(= 4.853,28)")
    assert jkk.figures.en.endswith("(= 4,853.28)")
    assert "rounding" in jkk.article
    assert any("4.853,28" in note.id for note in jkk.notes)
    exact = bill(segment="pu", income=10_000_000, month="2026-05", source="apbd")
    assert {each.mark for each in exact.steps} == {"confirmed"}
    assert not any("rounding" in each.article for each in exact.steps)


def test_a_project_that_comes_out_whole_is_not_said_to_be_rounded() -> None:
    day = dt.date(2026, 2, 1)
    whole = benefit("project", Case(contract=600_000_000), day)
    broken = benefit("project", Case(contract=600_000_777), day)
    assert [each.mark for each in whole.steps] == ["confirmed"] * 3
    assert {each.mark for each in broken.steps} == {"believed"}


def test_numbers_of_articles_and_first_days_that_were_not_found_say_so() -> None:
    found = step(owed("2026-05", "mandiri"), "bpu_jkm")
    assert "PP 44/2015 Ps 20(3) [no. pasal/article: read]" in found.article
    assert found.mark == "confirmed"
    migrant = benefit("migrant", Case(months=24), dt.date(2026, 2, 1))
    assert any(
        "2023-02-22" in note.id and "diyakini" in note.id for note in migrant.notes + migrant.steps[0].notes
    )


@pytest.mark.parametrize("name", ["jkm_payment_days", "jkk_report_hours"])
def test_no_instrument_is_cited_before_it_was_there(name: str) -> None:
    text, before, after = load().parameters[name].values
    assert (text.mark, after.mark) == ("confirmed", "confirmed")
    assert "read" in (before.mark, before.article_mark)
    assert "1/2025" not in before.article
    assert "1/2025" in after.article
    assert (before.value, after.since) == (after.value, dt.date(2025, 2, 24))


@pytest.mark.parametrize(
    ("name", "row", "value"),
    [
        ("claim_forms", "jkk-stage-1", "3 KK1"),
        ("claim_forms", "jkk-stage-2", "3a KK2"),
        ("claim_forms", "jkm", "4"),
        ("jkk_papers", "doctor-letter", "always"),
        ("jkm_papers", "death-certificate", "always"),
        ("jkm_papers", "will", "if-needed"),
        ("bpu_notice", "chronology", "always"),
    ],
)
def test_papers_and_forms_of_claims(name: str, row: str, value: str) -> None:
    found = load().parameters[name].on(dt.date(2026, 2, 1))
    assert found is not None
    assert found.value[row] == value
    assert found.since == dt.date(2025, 2, 24)
