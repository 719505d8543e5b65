"""Choices side by side: Kapuas 2025 and 2026, the same money for more people or for more months."""

import datetime as dt
import json

import polars as pl
import pytest
from typer.testing import CliRunner

from payung.cli.app import build
from payung.errors import InputError
from payung.law.months import between
from payung.planning.people_file import COLUMNS, MORE
from payung.planning.scenarios import Choice, compare, read_choices
from payung.planning.told import LINES

MONEY = 1_008_000_000  # rupiah


def people(count, **same):
    base = {
        "village_code": "62.99.01.2001", "category": "rentan", "segment": "bpu", "income": 1_000_000,
        "sector": "other", "birth_date": dt.date(1980, 5, 31), "decile": 1, "proposed_on": dt.date(2024, 12, 1),
        "disability": None, "covered_until": None, "paid_months": 0, "occupation": None, "welfare": None, "sex": None,
    }  # fmt: skip
    schema = {
        "disability": pl.Boolean, "covered_until": pl.String, "occupation": pl.String, "welfare": pl.String,
        "sex": pl.String,
    }  # fmt: skip
    columns = {name: [value] * count for name, value in (base | same).items()}
    return pl.DataFrame(
        {"id": [f"K{at:05d}" for at in range(count)], **columns}, schema_overrides=schema
    ).select(*COLUMNS, *MORE)


def choice(name, count, first, last, **more):
    return Choice(name, tuple(between(first, last)), people=count, **more)


def test_kapuas_2025_beside_2026_that_goes_on_from_it():
    breadth, duration = compare(
        people(9_960),
        [
            choice("2025", 9_960, "2025-03", "2025-09"),
            choice("2026", 5_000, "2026-01", "2026-12", after="2025"),
        ],
    )
    shown = [
        (one.figures["people"], one.figures["person_months"], one.figures["cost"])
        for one in (breadth, duration)
    ]
    assert shown == [(9_960, 69_720, 1_171_296_000), (5_000, 60_000, 1_008_000_000)]
    assert [one.figures["person_months_full_jkm"] for one in (breadth, duration)] == [39_840, 45_000]
    assert breadth.figures["clocks_broken"] == 9_960
    assert {one["month"] for one in breadth.figures["clocks_broken_who"]} == {"2026-01"}
    assert duration.figures["clocks_broken"] == 4_960  # those left out
    assert duration.figures["clocks_unclear"] == 5_000  # three months' gap: the readings differ
    assert (duration.left_out, duration.more) == (4_960, {"people": 496, "person_months": 5_952})


@pytest.mark.parametrize(
    ("count", "last", "full"),
    [
        (5_000, "2027-12", 45_000),
        (7_500, "2027-08", 37_500),
        (8_571, "2027-07", 34_284),
        (10_000, "2027-06", 30_000),
    ],
)
def test_the_same_money_is_fewer_people_for_longer(count, last, full):
    """The planner of Rp1.008 billion: the same person-months, fewer of them with full JKM."""
    (found,) = compare(people(10_000), [Choice("x", tuple(between("2027-01", last)), amount=MONEY)])
    assert found.figures["people"] == count
    assert found.figures["person_months"] == count * len(found.choice.months)
    assert found.figures["person_months_full_jkm"] == full
    assert found.figures["cost"] <= MONEY


def test_memberships_are_looked_at_up_to_the_same_month():
    short, long = compare(
        people(100), [choice("six", 100, "2027-01", "2027-06"), choice("all", 50, "2027-01", "2027-12")]
    )
    assert (short.figures["clocks_broken"], long.figures["clocks_broken"]) == (100, 0)
    assert short.figures["clocks_broken_who"][0]["month"] == "2027-10"


def test_whoever_is_covered_already_loses_milestones_when_left_out():
    running = people(10, covered_until="2026-12", paid_months=30)
    none, all_ = compare(
        running, [choice("four", 4, "2027-01", "2027-12"), choice("ten", 10, "2027-01", "2027-12")]
    )
    assert (none.figures["milestones_36"], none.figures["milestones_36_lost"]) == (4, 6)
    assert (all_.figures["milestones_36"], all_.figures["milestones_36_lost"]) == (10, 0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("scenarios: []", "1 sampai 8"),
        ("scenarios: [{name: a}]", "wajib"),
        ("scenarios: [{name: a, months: 2027-01, people: lima}]", "bilangan bulat"),
        ("scenarios: [{name: a, months: 2027-01, source: x}]", "tidak dikenal"),
        ("scenarios: [{name: a, months: 2027-01}, {name: a, months: 2027-02}]", "Dua pilihan"),
        ("scenarios: [{name: a, months: 2027-01, uang: 3}]", "dikenal"),
        ("a: [", "YAML"),
    ],
)
def test_choices_that_cannot_be_used_are_refused(tmp_path, text, said):
    path = tmp_path / "c.yaml"
    path.write_text(text)
    with pytest.raises(InputError, match=said):
        read_choices(path)


def test_a_choice_goes_on_only_from_one_above_it_that_has_ended():
    with pytest.raises(InputError, match="tidak ada di atasnya"):
        compare(people(1), [choice("b", 1, "2027-01", "2027-02", after="a")])
    with pytest.raises(InputError, match="baru selesai 2027-03"):
        compare(
            people(1),
            [choice("a", 1, "2027-01", "2027-03"), choice("b", 1, "2027-02", "2027-05", after="a")],
        )


def test_scenarios_on_the_command_line(tmp_path):
    file, choices = tmp_path / "calon.parquet", tmp_path / "pilihan.yaml"
    people(30).select(COLUMNS).write_parquet(file)
    choices.write_text(
        "scenarios:\n- {name: luas, months: 2027-01..2027-06, people: 30}\n"
        "- {name: lama, months: 2027-01..2027-12, amount: 3.024.000, floor: 20}\n"
    )
    ran = CliRunner().invoke(
        build(), ["scenarios", str(file), str(choices), "--json", "--out", str(tmp_path / "hasil")]
    )
    assert ran.exit_code == 0, ran.output
    wide, long = json.loads(ran.output)["scenarios"]
    assert (wide["people"], long["people"], long["cost"]) == (30, 15, 3_024_000)
    assert long["below_floor"] == ["62.99.01.2001"]
    assert pl.read_parquet(tmp_path / "hasil" / "2.parquet").height == 180
    told = CliRunner().invoke(build(), ["scenarios", str(file), str(choices)])
    assert told.exit_code == 0, told.output
    assert "Orang-bulan" in told.output
    assert all(
        line.of(one).read()
        for one in compare(people(3), [choice("a", 2, "2027-01", "2027-02")])
        for line in LINES
    )
