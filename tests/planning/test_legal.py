import datetime as dt

import polars as pl
import pytest

from payung.errors import InputError
from payung.planning.legal import circumstances_of, office_categories, with_price_basis


def basis(make_listings, **change):
    return with_price_basis(make_listings(change), "2026-11").to_dicts()[0]


def test_circumstances_of_knows_ages_and_bans():
    found = circumstances_of(dt.date(2026, 11, 1), ["2026-11"], "dana-desa", None)
    assert (found.minimum_age, found.age_limit) == (18, 65)
    assert found.banned_categories == {"kepala_desa", "perangkat_desa", "bpd"}
    assert found.kelurahan_excluded


def test_circumstances_of_bans_what_a_later_month_forbids():
    period = ["2025-11", "2025-12", "2026-01"]
    assert circumstances_of(dt.date(2025, 11, 1), period[:2], "dana-desa", None).banned_categories == set()
    assert "bpd" in circumstances_of(dt.date(2025, 11, 1), period, "dana-desa", None).banned_categories


def test_circumstances_of_lets_apbd_pay_everybody():
    found = circumstances_of(dt.date(2026, 11, 1), ["2026-11"], "apbd", None)
    assert found.banned_categories == set()
    assert not found.kelurahan_excluded


@pytest.mark.parametrize(("first_day", "source"), [("2026-11-01", "dompet"), ("2014-01-01", "apbd")])
def test_circumstances_of_refuses_what_the_law_does_not_know(first_day, source):
    with pytest.raises(InputError):
        circumstances_of(dt.date.fromisoformat(first_day), [first_day[:7]], source, None)


def test_office_categories_are_those_without_welfare_test():
    offices = office_categories("2026-11")
    assert {"kepala_desa", "bpd", "ketua_rt", "damang", "non_asn_desa"} <= set(offices)
    assert not any(name.startswith("rentan") or name == "mandiri" for name in offices)


@pytest.mark.parametrize(
    ("change", "segment", "amount"),
    [
        ({}, "bpu", 1_000_000),  # no income declared: the lowest band
        ({"income": 2_500_000}, "bpu", 2_500_000),
        ({"income": 0}, "bpu", 1_000_000),
        ({"category": "ketua_rt"}, "bpu", 1_000_000),
        ({"category": "kepala_desa"}, "pu", 2_426_640),  # minimum pay, PP 11/2019
        ({"category": "perangkat_desa", "job": "Sekretaris Desa"}, "pu", 2_224_420),
        ({"category": "perangkat_desa", "job": "Kaur Keuangan"}, "pu", 2_022_200),
        ({"category": "kepala_desa", "income": 3_000_000}, "pu", 3_000_000),
        ({"category": "damang"}, "pu", None),  # no minimum in the law: nothing is invented
        ({"category": "damang", "segment": "bpu"}, "bpu", 1_000_000),  # the list says so
    ],
)
def test_with_price_basis_takes_what_is_stated_else_what_the_law_names(
    make_listings, change, segment, amount
):
    found = basis(make_listings, **change)
    assert (found["segment_used"], found["price_basis"]) == (segment, amount)


@pytest.mark.parametrize(
    ("income", "band"), [(None, 1_000_000), (1_099_999, 1_000_000), (1_500_000, 1_600_000)]
)
def test_with_price_basis_reckons_on_the_basis_of_the_band(make_listings, income, band):
    assert basis(make_listings, income=income)["basis"] == band


def test_with_price_basis_reckons_on_the_wage(make_listings):
    assert basis(make_listings, category="kepala_desa", income=1_500_001)["basis"] == 1_500_001


def test_with_price_basis_uses_the_pay_table_of_the_district_where_no_wage_is_stated(make_listings):
    people = make_listings({"category": "damang"}, {"category": "damang", "income": 2_000_000}, {})
    table = with_price_basis(people, "2026-11", {"damang": 3_000_000})
    assert table["price_basis"].to_list() == [3_000_000, 2_000_000, 1_000_000]


def test_with_price_basis_marks_transport_only_for_own_risk(make_listings):
    assert basis(make_listings, transport=True)["sector"] == "transport"
    assert basis(make_listings, transport=True, category="kepala_desa")["sector"] == "other"
    assert basis(make_listings, transport=None)["sector"] == "other"


def test_with_price_basis_types_stay_whole(make_listings):
    frame = with_price_basis(make_listings({"category": "damang"}, {}), "2026-11")
    assert frame.schema["price_basis"] == pl.Int64
    assert frame.schema["risk"] == pl.Int64
