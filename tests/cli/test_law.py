"""`payung law`: the numbers as JSON, the steps as text, and a sentence with exit code 2 where something is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from payung.cli.app import build
from payung.errors import PayungError

Run = Callable[..., Any]


def ask(*arguments: str) -> dict[str, Any]:
    """Run a command with ``--json`` and return its one object."""
    done = CliRunner().invoke(build(), ["law", *arguments, "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert done.stdout.count("\n") == 1
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def say(*arguments: str) -> str:
    """Run a command and return what it prints."""
    done = CliRunner().invoke(build(), ["law", *arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def fault(*arguments: str) -> PayungError:
    """Run a command that must be refused and return the fault that the command line prints with exit code 2."""
    done = CliRunner().invoke(build(), ["law", *arguments])
    assert isinstance(done.exception, PayungError), (done.exit_code, done.output, done.exception)
    assert done.exception.exit_code == 2
    assert done.stdout == ""
    return done.exception


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


def changed(base: list[str], **options: str) -> list[str]:
    """Return ``base`` with some options changed; an empty one is left out."""
    given = dict(zip(base[1::2], base[2::2], strict=True))
    given |= {f"--{name.replace('_', '-')}": value for name, value in options.items()}
    return [base[0], *(part for pair in given.items() if pair[1] for part in pair)]


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
    only = ask(*changed(CONTRIBUTION, segment="ppu", income="10000000", programmes="jp,jht"))
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
        assert step["mark"] in ("confirmed", "once", "believed")
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
        ({"segment": "ppu", "wage": "1000000"}, "--income"),
        ({"month": "2015-06"}, "2015-07"),
        ({"month": "2026-13"}, "2026-13"),
        ({"month": "2026-2"}, "2026-04"),
        ({"month": ""}, "--month"),
        ({"source": "bank"}, "mandiri"),
        ({"source": ""}, "--source"),
        ({"segment": "asn"}, "bpu, ppu"),
        ({"sector": "sea"}, "transport"),
        ({"sector": "labour-intensive"}, "PPU"),
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
    assert ask(*changed(CONTRIBUTION, segment="ppu", income="", wage="1000000"))["total"] == 5_400
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
        ("--event disability --segment ppu --wage 1000000 --loss both-eyes", 56_000_000),
        ("--event disability --wage 1500000 --loss both-eyes", 84_000_000),
        ("--event disability --income 1500000 --loss both-eyes", 89_600_000),
        (
            "--event disability --segment ppu --wage 1000000 --loss right-arm-from-shoulder --loss-of-function 50",
            16_000_000,
        ),
        (
            "--event disability --segment ppu --wage 1000000 --loss right-arm-from-shoulder --left-handed",
            28_000_000,
        ),
        ("--event disability --segment ppu --wage 1000000 --loss hearing-loss-one-ear --count 3", 7_200_000),
        ("--event disability --segment ppu --wage 1000000 --loss scalp-torn-off --percent 12.5", 10_000_000),
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
        ({"segment": "asn"}, "bpu, ppu"),
        ({"income": "", "wage": "1000000"}, "--income"),
        ({"segment": "", "wage": "1000000"}, "--segment"),
        ({"segment": "ppu"}, "--wage"),
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


COVER = ["cover", "--paid", "2025-03,2025-04,2025-05,2025-06", "--date", "2025-06-20", "--segment", "bpu"]


def test_cover_gives_state_months_clocks_and_reasons() -> None:
    found = ask(*COVER)
    assert {name: found[name] for name in ("state", "paid_months", "jkm_full", "scholarship")} == {
        "state": "aktif",
        "paid_months": 4,
        "jkm_full": True,
        "scholarship": False,
    }
    assert all(isinstance(reason, str) for reason in found["reasons"])
    assert found["reasons"]
    assert ask(*changed(COVER, date="2025-09-20"))["state"] == "periksa"
    assert "AKTIF" in say(*COVER)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"paid": "2025-14"}, "2025-14"),
        ({"paid": "2015-06"}, "2015-07"),
        ({"paid": "2025-03@2025-02-31"}, "2025-02-31"),
        ({"paid": ""}, "--paid"),
        ({"paid": ","}, "--paid"),
        ({"paid": "2025-03,2025-09..2025-05"}, "2025-05..2025-09"),
        ({"date": "2025-06-31"}, "2025-06-31"),
        ({"date": ""}, "--date"),
        ({"segment": ""}, "--segment"),
        ({"segment": "x"}, "bpu, ppu"),
    ],
)
def test_cover_that_cannot_be_is_refused_in_words(options: dict[str, str], says: str) -> None:
    found = fault(*changed(COVER, **options))
    assert says in found.message.id
    assert says in found.message.en


def test_show_gives_a_parameter_whole_or_in_one_month() -> None:
    whole = ask("show", "jp_ceiling")
    assert len(whole["values"]) == 12
    one = ask("show", "jp-ceiling", "--month", "2026-02")
    assert [value["value"] for value in one["values"]] == [10_547_400]
    assert ask("show", "jp-ceiling", "--month", "2026-03")["values"][0]["value"] == 11_086_300
    both = ask("show", "jkm_lump", "--month", "2019-12")["values"]
    assert [value["value"] for value in both] == [16_200_000, 20_000_000]  # it changed on the second
    assert "PP 45/2015" in say("show", "jp_ceiling")
    assert ask("show", "ppu_jkk_rate")["values"][0]["value"][0]["value"] == "0.24 %"
    assert "payung law list" in fault("show", "tax").message.en
    assert "2026-05" in fault("show", "relief_2020_pay", "--month", "2026-05").message.en


def test_diff_says_what_changed_in_words() -> None:
    changes = {change["name"]: change for change in ask("diff", "2025-12", "2026-01")["changes"]}
    assert {"relief_transport_pay", "relief_by_source", "source_bans"} <= set(changes)
    assert "relief_other_pay" in {change["name"] for change in ask("diff", "2026-03", "2026-04")["changes"]}
    ended = ask("diff", "2026-12", "2027-01")["changes"]
    assert [change["name"] for change in ended] == ["relief_other_pay", "source_bans"]
    assert "no longer in force" in ended[0]["words"]["en"]
    assert "10.547.400 rupiah → 11.086.300 rupiah" in say("diff", "2026-02", "2026-03")
    assert ask("diff", "2026-05", "2026-05")["changes"] == []
    assert "Tidak ada" in say("diff", "2026-05", "2026-06")
    fault("diff", "2026-05", "2026-99")


def test_list_and_losses_name_everything() -> None:
    topics = ask("list")["topics"]
    names = [item["name"] for topic in topics for item in topic["parameters"]]
    assert len(names) == len(set(names)) > 60
    assert "jp_ceiling" in say("list")
    losses = ask("losses")["losses"]
    assert len(losses) == 46
    assert {"right-arm-from-shoulder", "both-eyes"} <= {row["code"] for row in losses}
    assert "both-eyes" in say("losses")


def test_heirs_in_order() -> None:
    assert ask("heirs", "--relations", "sibling, parent", "--date", "2026-02-01")["relations"] == ["parent"]
    assert ask("heirs", "--date", "2026-02-01")["rank"] is None
    assert "spouse" in fault("heirs", "--relations", "friend", "--date", "2026-02-01").message.en
    ranks = ask("benefit", "--event", "death", "--segment", "ppu", "--date", "2026-02-01")["heirs"]
    assert [rank["rank"] for rank in ranks] == [1, 2, 3, 4, 5]
    assert ranks[0]["relations"] == ["spouse", "child"]


def test_deadline_of_a_payment() -> None:
    assert ask("deadline", "payment", "--date", "2026-12-24")["until"] == "2026-12-30"
    assert "2026-05-15" in say("deadline", "due", "--date", "2026-04", "--segment", "ppu")


@pytest.mark.parametrize(
    ("arguments", "indonesian", "english"),
    [
        (["--colour"], "Pilihan --colour tidak dikenal", "No such option"),
        (["contribution", "--segmen", "bpu"], "Mungkin: --segment", "--segment"),
        (["contribution", "--income"], "--income harus diikuti isinya", "--income"),
        (["show"], "Belum disebutkan: parameter", "parameter"),
        (["tax"], "Perintah 'tax' tidak dikenal", "tax"),
        (["diff", "2026-01", "2026-02", "2026-03"], "Kelebihan: 2026-03", "2026-03"),
        (["cover", "--json=1"], "--json tidak memakai isi", "--json"),
    ],
)
def test_what_cannot_be_understood_is_said_in_both_languages(
    arguments: list[str], indonesian: str, english: str
) -> None:
    found = fault(*arguments)
    assert indonesian in found.message.id
    assert english in found.message.en
    assert found.message.id.rstrip().endswith("--help.")


def test_where_nothing_can_be_written_says_so(tmp_path: Path) -> None:
    assert "folder" in fault("page", "--out", str(tmp_path)).message.en
    assert "/no/such" in fault("script", "--out", "/no/such/law.mjs").message.en
    assert "/proc/law.mjs" in fault("script", "--out", "/proc/law.mjs").message.en


def test_losses_and_heirs_of_a_day_outside_the_law_are_refused() -> None:
    assert "2015-07" in fault("losses", "--date", "2010-01-01").message.en
    assert "2015-07" in fault("heirs", "--relations", "spouse", "--date", "2010-01-01").message.en


def test_page_and_script_are_written(tmp_path: Path) -> None:
    say("page", "--out", str(tmp_path / "law.md"))
    assert (tmp_path / "law.md").read_text().startswith("# Aturan")
    say("script", "--out", str(tmp_path / "law.mjs"))
    assert "export function contribution" in (tmp_path / "law.mjs").read_text()


def test_cover_names_the_last_month_that_was_paid() -> None:
    told = say("cover", "--paid", "2025-08,2025-09", "--date", "2026-02-01", "--segment", "bpu")
    assert "Tidak dibayar 5 bulan (terakhir dibayar 2025-09): nonaktif mulai 2026-01" in " ".join(
        told.split()
    )
