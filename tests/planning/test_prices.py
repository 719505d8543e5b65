import polars as pl
import pytest

from payung.planning.prices import cost_of_period


def cost(months, source, **change):
    person = {"segment": "bpu", "income": 1_000_000, "sector": "other", "risk": 1} | change
    return cost_of_period(pl.DataFrame([person]), months, source)["cost"].item()


# Two worked examples of the domain.
@pytest.mark.parametrize(
    ("month", "source", "sector", "rupiah"),
    [
        ("2026-11", "csr", "transport", 8_400),
        ("2026-11", "apbd", "transport", 16_800),
        ("2027-02", "csr", "transport", 8_400),
        ("2027-04", "csr", "transport", 16_800),
        ("2026-03", "csr", "other", 16_800),
        ("2026-04", "csr", "other", 8_400),
        ("2027-01", "csr", "other", 16_800),
        ("2026-06", "dbh-sawit", "other", 16_800),
        ("2026-06", "mandiri", "other", 8_400),
    ],
)
def test_cost_of_period_follows_pp_50_of_2025(month, source, sector, rupiah):
    assert cost([month], source, sector=sector) == rupiah


def test_cost_of_period_adds_the_law_of_every_month():
    assert cost(["2026-11", "2026-12", "2027-01"], "csr") == 8_400 + 8_400 + 16_800


def test_cost_of_period_of_a_wage_earner_is_a_share_of_the_wage():
    assert cost(["2026-11"], "apbd", segment="pu", income=3_000_000) == 7_200 + 9_000


def test_cost_of_period_keeps_every_person_in_place():
    people = pl.DataFrame(
        {
            "record": ["a", "b", "c"],
            "segment": ["bpu", "pu", "bpu"],
            "income": [1_000_000, 2_000_000, 1_000_000],
            "sector": ["other"] * 3,
            "risk": [1] * 3,
        }
    )
    priced = cost_of_period(people, ["2026-05"], "csr")
    assert priced["record"].to_list() == ["a", "b", "c"]
    assert priced["cost"].to_list() == [8_400, 10_800, 8_400]
    assert priced["law"].null_count() == 0
