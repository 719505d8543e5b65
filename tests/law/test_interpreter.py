"""The reader of rules: what it accepts, what it refuses, and what it explains."""

from __future__ import annotations

import datetime as dt

import pytest

from payung.law import Reading, explain, load
from payung.law.dialects import DUCKDB, JAVASCRIPT, SPARK
from payung.law.operations import Code, RuleError
from payung.law.parameter import Law
from payung.law.rule import rule
from payung.law.rules import contribution

NOW = load().on(dt.date(2026, 5, 1))


@rule(unit="rupiah", id="Uji perulangan", en="Test loop")
def with_loop(law: Law, income: int) -> int:
    for _ in range(3):
        income += 1
    return income


@rule(unit="rupiah", id="Uji pecahan", en="Test fraction")
def with_fraction(law: Law, income: int) -> float:
    return income / 3


@rule(unit="rupiah", id="Uji pustaka", en="Test library")
def with_library(law: Law, income: int) -> int:
    return int(income)


@rule(unit="rupiah", id="Uji tanpa hasil", en="Test without return")
def without_return(law: Law, income: int) -> None:
    wage = income  # noqa: F841


@rule(unit="rupiah", id="Uji pilihan", en="Test choices")
def with_choices(law: Law, income: int, sector: str, risk: int) -> int:
    base = income // 3
    if not (sector in ("transport", "other") and risk != 5) or risk == 1:
        base = base + 7
    elif income >= 10 and (income < 20 or risk > 3):
        base = base * 2 - 1
    return max(base, risk)


@pytest.mark.parametrize("rule_", [with_loop, with_fraction, with_library, without_return])
def test_what_the_language_does_not_have_is_refused(rule_: object) -> None:
    with pytest.raises((RuleError, KeyError)):
        Reading(NOW, DUCKDB).write(rule_, Code("income"))  # type: ignore[arg-type]


def test_every_construct_reads_as_python_runs_it() -> None:
    for income in range(25):
        for sector in ("transport", "other", "labour-intensive"):
            for risk in range(1, 6):
                facts = (income, sector, risk)
                assert Reading(NOW).call(with_choices, *facts) == with_choices(NOW, *facts)


def test_a_missing_fact_is_not_guessed() -> None:
    with pytest.raises(RuleError, match="fact is missing"):
        Reading(NOW).call(with_choices, Code("income"), "other", 1)


def test_conditions_on_the_law_alone_never_reach_the_statement() -> None:
    written = Reading(NOW, DUCKDB).write(contribution.bpu_jkm, Code("sector"), "apbd")
    assert written == "6800"
    relief = Reading(NOW, DUCKDB).write(contribution.bpu_jkm, Code("sector"), "csr")
    assert relief == "3400"


def test_division_is_spelled_as_the_engine_does() -> None:
    wage = Code("wage")
    assert Reading(NOW, DUCKDB).write(contribution.pu_jkm, wage) == "((wage * 6 + 1000) // 2000)"
    assert Reading(NOW, SPARK).write(contribution.pu_jkm, wage) == "((wage * 6 + 1000) div 2000)"
    assert Reading(NOW, JAVASCRIPT).write(contribution.pu_jkm, wage) == "quotient((wage * 6 + 1000), 2000)"


def test_text_is_quoted_in_every_language() -> None:
    assert DUCKDB.constant("o'clock") == "'o''clock'"
    assert JAVASCRIPT.constant("o'clock\\") == "'o\\'clock\\\\'"


def test_an_explanation_names_conditions_values_and_the_weakest_mark() -> None:
    steps = explain(NOW, (contribution.jkk_and_jkm, "bpu", 1_500_000, "other", "csr", 1))
    assert [step.name for step in steps] == ["bpu_basis", "bpu_jkk_table", "jkk", "jkm", "jkk_and_jkm"]
    relief = steps[2]
    assert relief.figures.id == "16.000 × 50 %"
    assert relief.figures.en == "16,000 × 50 %"
    assert [text.en for text in relief.because] == [
        "sector ≠ transport",
        "Relief of PP 50/2025 by funding source [funding source] ≠ full",
    ]
    assert "PP 50/2025 Ps 4(1)" in relief.article
    assert relief.mark == "believed"  # csr is not named by the text
    assert steps[-1].mark == "believed"
    sure = explain(NOW, (contribution.pu_jkm, 10_000_000))
    assert [step.mark for step in sure] == ["confirmed"]


def test_a_row_that_is_less_sure_than_its_table_says_so() -> None:
    top = explain(NOW, (contribution.bpu_basis, 20_200_000))
    middle = explain(NOW, (contribution.bpu_basis, 1_500_000))
    first = explain(NOW, (contribution.bpu_basis, 1_000_000))
    assert (top[0].mark, middle[0].mark, first[0].mark) == ("read", "read", "confirmed")
