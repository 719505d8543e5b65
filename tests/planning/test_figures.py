"""What plans buy: Kapuas 2025 beside 2026, clocks, and the next 36 months."""

import datetime as dt

import polars as pl
import pytest

from payung.law.months import add
from payung.planning.clocks import clocks
from payung.planning.figures import ROWS, figures
from payung.planning.order import settings_on
from payung.planning.projection import HORIZON, project
from payung.planning.risks import risks_on

PEOPLE_2025, MONTHS_2025 = 9_960, [f"2025-{month:02d}" for month in range(3, 10)]
PEOPLE_2026, MONTHS_2026 = 5_000, [f"2026-{month:02d}" for month in range(1, 13)]
PRICE = 16_800


def people(count, **same):
    base = {
        "village_code": "62.99.01.2001", "segment": "bpu", "birth_date": dt.date(1980, 5, 31), "sex": None,
        "covered_until": None, "paid_months": 0,
    }  # fmt: skip
    columns = {name: [value] * count for name, value in (base | same).items()}
    schema = {"covered_until": pl.String, "sex": pl.String}
    return pl.DataFrame({"id": [f"K{at:05d}" for at in range(count)], **columns}, schema_overrides=schema)


def rows(ids, months):
    return pl.DataFrame(
        [(one, "apbd", month, PRICE) for one in ids for month in months], schema=ROWS, orient="row"
    )


@pytest.fixture(scope="module")
def kapuas():
    """The two years as they were: 9,960 people for March to September 2025, 5,000 of them for the whole of 2026."""
    first = people(PEOPLE_2025)
    second = people(PEOPLE_2025, covered_until="2025-09", paid_months=7)
    ids = first["id"].to_list()
    return (
        figures(first, rows(ids, MONTHS_2025), MONTHS_2025, horizon="2026-12"),
        figures(second, rows(ids[:PEOPLE_2026], MONTHS_2026), MONTHS_2026),
    )


def test_kapuas_2025_bought_breadth_and_2026_bought_duration(kapuas):
    breadth, duration = kapuas
    assert (breadth["people"], duration["people"]) == (9_960, 5_000)
    assert (breadth["person_months"], duration["person_months"]) == (69_720, 60_000)
    assert (breadth["cost"], duration["cost"]) == (1_171_296_000, 1_008_000_000)
    # three months of waiting for everybody: nearly the same money, more months with full JKM for half the people
    assert (breadth["person_months_full_jkm"], duration["person_months_full_jkm"]) == (39_840, 45_000)


def test_kapuas_2025_ends_for_all_and_2026_for_those_left_out(kapuas):
    breadth, duration = kapuas
    assert breadth["clocks_broken"] == 9_960
    assert {one["month"] for one in breadth["clocks_broken_who"]} == {"2026-01"}
    assert duration["clocks_broken"] == 4_960
    assert duration["clocks_unclear"] == 5_000  # exactly three months without cover: the readings differ
    assert duration["clocks_broken_who"][0] == {"id": "K05000", "month": "2026-01"}


def test_kapuas_deaths_covered_are_an_interval(kapuas):
    breadth, duration = kapuas
    for one in (breadth["deaths_covered"], duration["deaths_covered"]):
        assert one["low"] < one["expected"] < one["high"]
    assert breadth["deaths_covered"]["expected"] > duration["deaths_covered"]["expected"]


def test_figures_tell_cost_by_line_and_month_and_villages_below_the_floor():
    some = people(3)
    some = some.with_columns(village_code=pl.Series(["62.99.01.2001", "62.99.01.2001", "62.99.01.2002"]))
    found = figures(some, rows(["K00000"], ["2027-01", "2027-02"]), ["2027-01", "2027-02"], floor=1)
    assert found["cost_by_line"] == {"apbd": 2 * PRICE}
    assert found["cost_by_line_and_month"] == {"apbd": {"2027-01": PRICE, "2027-02": PRICE}}
    assert found["below_floor"] == ["62.99.01.2002"]


@pytest.mark.parametrize(
    ("until", "paid", "first", "full"),
    [
        (None, 0, "2027-01", 9),  # three months of waiting
        ("2026-12", 10, "2027-01", 12),  # goes on without a gap
        ("2026-10", 10, "2027-01", 12),  # two months unpaid keep the membership
        ("2026-08", 10, "2027-01", 9),  # four do not: from the start
        ("2026-12", 1, "2027-01", 10),  # two months of waiting are left
    ],
)
def test_clocks_count_the_months_with_full_jkm(until, paid, first, full):
    one = people(1, covered_until=until, paid_months=paid)
    assert clocks(one, {"K00000": (first, 12)}, "2027-12").full_months == full


def test_clocks_of_wage_earners_do_not_wait():
    assert clocks(people(1, segment="pu"), {"K00000": ("2027-01", 12)}, "2027-12").full_months == 12


@pytest.mark.parametrize(
    ("paid", "cover", "milestone", "broken", "lost"),
    [
        (30, ("2027-01", 12), 1, 0, 0),  # 36 within the plan
        (30, None, 0, 1, 1),  # left out: six more months would have done
        (10, None, 0, 1, 0),  # left out, but far from 36
        (40, None, 0, 1, 1),  # had them, and loses them
        (10, ("2027-01", 12), 0, 0, 0),
        (30, ("2027-06", 3), 0, 1, 1),  # begins too late to go on
    ],
)
def test_clocks_name_milestones_and_who_loses_them(paid, cover, milestone, broken, lost):
    one = people(1, covered_until="2026-12", paid_months=paid)
    found = clocks(one, {"K00000": cover} if cover else {}, "2027-12")
    assert (len(found.milestones), len(found.broken), len(found.lost)) == (milestone, broken, lost)


def covered(count, **same):
    base = {"price_basis": 1_000_000, "sector": "other", "risk": 1, "source": "apbd", "waited": 0}
    return people(count).with_columns(pl.lit(value).alias(name) for name, value in (base | same).items())


def test_project_adds_up_month_by_month():
    found = project(covered(1_000), "2027-01")
    middle = found["middle"]
    assert len(found["months"]) == HORIZON == len(middle["by_month"]["people"])
    assert found["months"][-1] == add("2027-01", 35)
    assert middle["by_month"]["people"][0] == 1_000
    assert middle["by_month"]["contributions"][0] == 1_000 * PRICE
    gone = sum(middle["by_month"]["deaths"][:-1])
    assert middle["by_month"]["people"][-1] == pytest.approx(1_000 - gone, abs=0.2)
    assert sum(middle["by_month"]["contributions"]) == pytest.approx(middle["contributions"], abs=HORIZON)
    # by hand: deaths of a month of 46-year-olds, 338 and 209 of 100,000 mixed 62 to 38, 1.9 times, a twelfth
    assert middle["by_month"]["deaths"][0] == pytest.approx(
        1_000 * (338 * 62 + 209 * 38) / 1e7 * 1.9 / 12, abs=0.01
    )


def test_project_pays_less_within_the_waiting_time():
    new, old = (
        project(covered(100_000, waited=waited), "2027-01")["middle"]["by_month"] for waited in (0, 12)
    )
    assert new["benefits"][0] * 42 == pytest.approx(old["benefits"][0] * 10, rel=1e-6)
    assert new["benefits"][3] == pytest.approx(old["benefits"][3], rel=1e-6)


def test_project_orders_its_scenarios_and_gives_intervals():
    found = project(covered(5_000), "2027-01")
    deaths = [found[one]["deaths"] for one in ("low", "middle", "high")]
    assert deaths[0]["expected"] < deaths[1]["expected"] < deaths[2]["expected"]
    assert all(one["low"] <= one["expected"] <= one["high"] for one in deaths)
    assert found["sources"]["mortality"].startswith("Tabel Mortalitas Indonesia IV")


def test_risks_hold_the_table_by_age_and_sex():
    risks = risks_on(dt.date(2027, 1, 1))
    assert [int(risks.death[sex][46]) for sex in ("L", "P", "")] == [33_800, 20_900, 28_898]
    assert len(risks.death["L"]) == len(risks.death["P"]) == 112


def test_settings_are_dated_and_a_district_can_name_its_own():
    assert settings_on(dt.date(2027, 1, 1)).rules[0] == "office"
    own = settings_on(dt.date(2027, 1, 1), ["oldest"])
    assert (own.rules, own.basis) == (("oldest",), "LINES.yaml")
