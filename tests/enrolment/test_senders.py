import polars as pl
import pytest

from payung.enrolment.senders import Sender, area_of, sender_of, with_senders
from payung.regions import Gazetteer


@pytest.fixture(scope="module")
def regions():
    return Gazetteer.load()


@pytest.mark.parametrize(
    ("file", "sender"),
    [
        ("Kapuas Murung/BIP Palingkau Sejahtera.xlsx", Sender("62.03.07", "62.03.07.2018")),
        ("kec. mantangai/usulan_mantangai_hulu 2026.csv", Sender("62.03.09", "62.03.09.2008")),
        (
            "Mantangai/Tenaga Non ASN Mantangai.xlsx",
            Sender("62.03.09", None),
        ),  # the sub-district's own office
        ("Mantangai/rekap.xlsx", Sender("62.03.09", None)),
        ("usulan.xlsx", Sender(None, None)),
        ("Dinsos/Sidomulyo.xlsx", Sender(None, None)),  # two villages of that name: nothing is guessed
    ],
)
def test_sender_of_believes_only_a_clear_path(regions, file, sender):
    found = sender_of(file, "62.03", regions)
    assert found == sender, regions.named("Palingkau Sejahtera", "village", within="62.03")


def test_with_senders_fills_only_what_the_row_leaves_open(make_listings, regions):
    listings = make_listings(
        {"village": None, "village_code": None, "district_code": None},
        {"village": "Kalumpang", "village_code": None, "district_code": None},
        {"village": "Atlantis", "village_code": None, "district_code": None},
        {},
    ).with_columns(pl.lit("Mantangai/BIP Mantangai Hulu.xlsx").alias("file"))
    filled, told, asked = with_senders(listings, regions)
    assert asked.is_empty()
    named = regions.match(village="Kalumpang", subdistrict="Mantangai", within="62.03").village
    assert filled["village_code"].to_list() == ["62.03.09.2008", named, None, "62.03.09.2008"]
    assert told == {"Mantangai/BIP Mantangai Hulu.xlsx": told["Mantangai/BIP Mantangai Hulu.xlsx"]}


def test_with_senders_changes_nothing_where_no_row_says_which_district(make_listings, regions):
    listings = make_listings({"village_code": None})
    filled, told, asked = with_senders(listings, regions)
    assert asked.is_empty()
    assert filled.equals(listings)
    assert told == {}


def test_area_of_is_the_regency_of_more_than_three_quarters_of_the_rows(make_listings):
    here, there = {}, {"village_code": "62.10.01.2002", "district_code": "62.10.01"}
    office = {"village_code": None, "district_code": "62.10.01"}
    nowhere = {"village_code": None, "district_code": None}
    assert area_of(make_listings(here, there, here, here, here, nowhere, nowhere)) == "62.03"
    assert area_of(make_listings(here, there, office, office, there)) == "62.10"
    assert area_of(make_listings(here, there, office, office)) is None
    assert area_of(make_listings(nowhere)) is None


def test_with_senders_asks_for_the_sub_district_of_a_village_that_has_namesakes(make_listings, regions):
    open_row = {"village": "Sidomulyo", "village_code": None, "district_code": None}
    listings = make_listings(
        open_row, {}, open_row | {"district": "Tamban Catur"}, open_row | {"village": "Atlantis"}
    )
    filled, told, asked = with_senders(listings, regions)
    assert asked.to_list() == [listings["record"][0]]
    assert filled["village_code"].to_list()[:2] == [None, "62.03.09.2008"]
    assert told == {"daftar.xlsx": "62.03.13.2009"}


def test_with_senders_takes_the_district_that_the_officer_named(make_listings, regions):
    listings = make_listings({"village": "Sidomulyo", "village_code": None, "district_code": None})
    assert with_senders(listings, regions)[2].is_empty()
    assert with_senders(listings, regions, "62")[2].is_empty()
    assert with_senders(listings, regions, "62.03")[2].len() == 1


@pytest.mark.parametrize(
    "name", ["Mantangai/Sidomulyo.xlsx", "Tamban Catur/Sidomulyo.xlsx", "Sidomulyo.xlsx"]
)
def test_with_senders_asks_nobody_whose_path_says_the_sub_district(make_listings, regions, name):
    rows = ({"village": "Sidomulyo", "village_code": None, "district_code": None}, {})
    listings = make_listings(*rows).with_columns(pl.lit(name).alias("file"))
    filled, _, asked = with_senders(listings, regions)
    clear = filled["district_code"][0] is not None
    assert asked.is_empty() == clear
