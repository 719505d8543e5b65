"""`payung law contribution` and `benefit`: the numbers as JSON, the steps as text, and what is refused."""

from __future__ import annotations

import pytest
from lawcommands import ask, changed, fault, say

CONTRIBUTION = [
    "contribution",
    "--segment",
    "bpu",
    "--income",
    "1000000",
    "--month",
    "2026-02",
    "--source",
    "csr",
]


def test_contribution_has_exactly_the_keys_that_were_asked() -> None:
    found = ask(*changed(CONTRIBUTION, sector="transport"))
    assert {name: found[name] for name in ("jkk", "jkm", "total")} == {
        "jkk": 5_000,
        "jkm": 3_400,
        "total": 8_400,
    }
    assert set(found) == {"jkk", "jkm", "total", "steps", "law"}
    with_jht = ask(*changed(CONTRIBUTION, programmes="jkk,jkm,jht"))
    assert (with_jht["jht"], with_jht["total"]) == (20_000, 36_800)
    only = ask(*changed(CONTRIBUTION, segment="pu", income="10000000", programmes="jp,jht"))
    assert only["jht"] == {"employer": 370_000, "worker": 200_000}
    assert only["jp"] == {"employer": 200_000, "worker": 100_000}
    assert set(only) == {"jht", "jp", "total", "steps", "law"}


def test_every_step_has_words_values_unit_article_and_mark_in_both_languages() -> None:
    steps = ask(*changed(CONTRIBUTION, sector="transport"))["steps"]
    assert steps[-1]["value"] == 8_400
    for step in steps:
        assert set(step) == {
            "name", "title", "expression", "figures", "values", "value", "unit", "because", "article", "mark", "notes",
        }  # fmt: skip
        for words in ("title", "expression", "figures"):
            assert step[words]["id"]
            assert step[words]["en"]
        assert step["mark"] in ("confirmed", "read", "once", "believed")
        assert isinstance(step["value"], int)
    assert all(step["article"] for step in steps[:-1])


def test_contribution_in_words_shows_article_and_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    text = say(*changed(CONTRIBUTION, sector="transport"))
    assert "8.400 rupiah" in text
    assert "PP 50/2025 Ps 4(1)" in text
    assert "50 %" in text
    monkeypatch.setenv("PAYUNG_LANG", "en")
    assert "8,400 rupiah" in say(*changed(CONTRIBUTION, sector="transport"))


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"income": "-1"}, "0 - "),
        ({"income": "1000000.5"}, "--income"),
        ({"income": "1.000.000"}, "--income"),
        ({"income": "seribu"}, "--income"),
        ({"income": ""}, "--income"),
        ({"income": "1000000001"}, "0 - 1000000000"),
        ({"income": "9" * 30}, "0 - 1000000000"),
        ({"income": "", "wage": "1000000"}, "--income"),
        ({"segment": "pu", "wage": "1000000"}, "--income"),
        ({"month": "2015-06"}, "2015-07"),
        ({"month": "2026-13"}, "2026-13"),
        ({"month": "2026-2"}, "2026-04"),
        ({"month": ""}, "--month"),
        ({"source": "bank"}, "mandiri"),
        ({"source": ""}, "--source"),
        ({"segment": "asn"}, "bpu, pu"),
        ({"sector": "sea"}, "transport"),
        ({"sector": "labour-intensive"}, "PU"),
        ({"risk": "6"}, "1 - 5"),
        ({"risk": "0"}, "1 - 5"),
        ({"programmes": "jkk,jkp"}, "jkk, jkm, jht, jp"),
        ({"programmes": ","}, "jkk, jkm, jht, jp"),
        ({"programmes": "jkk,jp"}, "JP"),
        ({"policy": "/no/such/file.yaml"}, "/no/such/file.yaml"),
    ],
)
def test_contribution_that_cannot_be_is_refused_in_words(options: dict[str, str], says: str) -> None:
    found = fault(*changed(CONTRIBUTION, **options))
    assert says in found.message.id
    assert says in found.message.en


def test_wage_is_another_word_for_the_income_of_a_wage_earner() -> None:
    assert ask(*changed(CONTRIBUTION, segment="pu", income="", wage="1000000"))["total"] == 5_400
    assert ask(*changed(CONTRIBUTION, segment="pu"))["total"] == 5_400


BENEFIT = [
    "benefit",
    "--event",
    "work-death",
    "--segment",
    "bpu",
    "--income",
    "1000000",
    "--date",
    "2026-02-01",
]


def test_benefit_gives_total_parts_and_steps() -> None:
    found = ask(*BENEFIT)
    assert found["total"] == 70_000_000 == sum(found["parts"].values()) == found["steps"][-1]["value"]
    assert found["parts"] == {"lump_sum": 48_000_000, "periodic": 12_000_000, "funeral": 10_000_000}
    assert found["estimate"] is True
    assert any("BPJS" in note for note in found["notes"])


@pytest.mark.parametrize(
    ("arguments", "total"),
    [
        ("--event death --segment bpu --member-since 2024-01-01", 42_000_000),
        ("--event death --segment bpu --paid-months 36 --children 2", 216_000_000),
        ("--event death --segment bpu --paid-months 35 --children 2", 42_000_000),
        ("--event total-disability --segment bpu --income 1000000", 68_000_000),
        ("--event disability --segment pu --wage 1000000 --loss both-eyes", 56_000_000),
        ("--event disability --wage 1500000 --loss both-eyes", 84_000_000),
        ("--event disability --income 1500000 --loss both-eyes", 89_600_000),
        (
            "--event disability --segment pu --wage 1000000 --loss right-arm-from-shoulder --loss-of-function 50",
            16_000_000,
        ),
        (
            "--event disability --segment pu --wage 1000000 --loss right-arm-from-shoulder --left-handed",
            28_000_000,
        ),
        ("--event disability --segment pu --wage 1000000 --loss hearing-loss-one-ear --count 3", 7_200_000),
        ("--event disability --segment pu --wage 1000000 --loss scalp-torn-off --percent 12.5", 10_000_000),
        ("--event incapacity --segment bpu --income 1500000 --months 2", 3_200_000),
        (
            "--event incapacity --segment bpu --income 1000000 --months 1 --cost transport-land=6000000",
            6_000_000,
        ),
        (
            "--event incapacity --income 1000000 --months 1 --cost prosthesis=1000000 --centre-price 500000",
            1_700_000,
        ),
        ("--event scholarship --children 2", 174_000_000),
        ("--event scholarship --children sd,pt", 144_000_000),
        ("--event migrant --months 24", 370_000),
        ("--event migrant --months 6 --extension 2", 172_500),
        ("--event project --contract-value 600000000", 1_150_000),
        ("--event project --wage 10000000", 204_000),
    ],
)
def test_benefit_of_each_event(arguments: str, total: int) -> None:
    assert ask("benefit", *arguments.split(), "--date", "2026-02-01")["total"] == total


def test_benefit_without_a_date_says_whose_law_it_used() -> None:
    found = ask(*changed(BENEFIT, date=""))
    assert found["total"] == 70_000_000
    assert any(found["date"] in note for note in found["notes"])


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"event": "flood"}, "work-death"),
        ({"event": ""}, "--event"),
        ({"segment": "", "income": ""}, "--segment"),
        ({"segment": "", "event": "death", "income": ""}, "--segment"),
        ({"segment": "asn"}, "bpu, pu"),
        ({"income": "", "wage": "1000000"}, "--income"),
        ({"segment": "", "wage": "1000000"}, "--segment"),
        ({"segment": "pu"}, "--wage"),
        ({"income": ""}, "--income"),
        ({"income": "-5"}, "0 - "),
        ({"income": "1000000001"}, "1000000000"),
        ({"date": "2026-02-30"}, "2026-02-30"),
        ({"date": "2026-02"}, "2026-02"),
        ({"date": "2015-06-30"}, "2015-07"),
        ({"children": "many"}, "--children"),
        ({"children": "31"}, "0 - 30"),
        ({"event": "death"}, "--member-since"),
        ({"event": "death", "member_since": "2026-03-01"}, "2026-03-01"),
        ({"event": "death", "paid_months": "-1"}, "0 - 1200"),
        ({"event": "death", "member_since": "2020-01", "children": "1"}, "--paid-months"),
        ({"event": "disability"}, "--loss"),
        ({"event": "disability", "loss": "right-wing"}, "payung law losses"),
        ({"event": "disability", "loss": "hearing-loss-one-ear"}, "--count"),
        ({"event": "disability", "loss": "hearing-loss-one-ear", "count": "7"}, "1 - 6"),
        ({"event": "disability", "loss": "both-eyes", "count": "2"}, "both-eyes"),
        ({"event": "disability", "loss": "both-eyes", "percent": "20"}, "--percent"),
        ({"event": "disability", "loss": "scalp-torn-off"}, "--percent"),
        ({"event": "disability", "loss": "scalp-torn-off", "percent": "31"}, "30 %"),
        ({"event": "disability", "loss": "both-eyes", "loss_of_function": "101"}, "--loss-of-function"),
        ({"event": "disability", "loss": "both-eyes", "loss_of_function": "0"}, "--loss-of-function"),
        ({"event": "disability", "loss": "both-eyes", "loss_of_function": "12.34"}, "--loss-of-function"),
        ({"event": "incapacity"}, "--months"),
        ({"event": "incapacity", "months": "601"}, "0 - 600"),
        ({"event": "incapacity", "months": "1", "cost": "helicopter=5"}, "transport-land"),
        ({"event": "scholarship", "children": ""}, "--children"),
        ({"event": "migrant", "months": "18"}, "6, 12, 24"),
        ({"event": "migrant", "months": "24", "date": "2020-01-01"}, "2023-02-22"),
        ({"event": "project"}, "--contract-value"),
        ({"event": "death", "member_since": "2026-01", "paid_months": "9"}, "--paid-months 9"),
        ({"member_since": "2026-03"}, "2026-03-01"),
        ({"event": "death", "paid_months": "5", "cost": "glasses=5"}, "--cost"),
        ({"event": "incapacity", "months": "1", "children": "1"}, "--children"),
        ({"loss": "both-eyes"}, "--loss"),
        ({"event": "incapacity", "months": "1.5"}, "2."),
        ({"event": "incapacity", "months": "9" * 25}, "0 - 600"),
        ({"event": "incapacity", "months": "1", "cost": "glasses"}, "transport-land=500000"),
        ({"event": "incapacity", "months": "1", "cost": "prosthesis=5"}, "--centre-price"),
        ({"event": "incapacity", "months": "1", "cost": "glasses=5", "centre_price": "5"}, "--centre-price"),
        ({"date": "2101-01-01"}, "2100-12"),
        ({"event": "project", "contract_value": "5", "wage": "5"}, "--contract-value"),
    ],
)
def test_benefit_that_cannot_be_is_refused_in_words(options: dict[str, str], says: str) -> None:
    found = fault(*changed(BENEFIT, **options))
    assert says in found.message.id
    assert says in found.message.en


def test_a_cost_is_written_once() -> None:
    twice = [*changed(BENEFIT, event="incapacity", months="1", cost="glasses=5"), "--cost", "glasses=6"]
    assert "glasses" in fault(*twice).message.en


def test_names_in_common_use_are_understood() -> None:
    asked = ("contribution", "--month", "2026-05", "--wage", "3500000")
    plain = ask(*asked, "--segment", "pu", "--source", "apbdes")
    assert ask(*asked, "--segment", "pu", "--source", "PADes") == plain
