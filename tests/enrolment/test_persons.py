import datetime as dt

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from payung.enrolment.persons import build_persons, mark_insured

OFFICES = ["ketua_rt"]


def numbered(listings, persons):
    return pl.DataFrame({"record": listings["record"], "person": pl.Series(persons, dtype=pl.Int64)})


def build(listings, persons):
    return build_persons(listings, numbered(listings, persons), OFFICES)


def test_build_persons_gives_one_row_a_person(make_listings):
    people = build(make_listings({}, {}, {}), [1, 2, 1])
    assert people["person"].to_list() == [1, 2]
    assert people["listings"].to_list() == [2, 1]


def test_build_persons_lets_the_best_listing_speak(make_listings):
    listings = make_listings(
        {"verdict": "returned", "nik_state": "malformed", "nik": "12", "phone": "+628120000001"},
        {"name": "KASMI", "serial": 7},
    )
    person = build(listings, [1, 1]).to_dicts()[0]
    assert person["name"] == "KASMI"
    assert person["nik"].endswith("0007")
    assert (
        person["phone"] == "+628120000001"
    )  # what the best leaves empty, another listing of the person fills
    assert person["usable"]


def test_build_persons_prefers_the_office(make_listings):
    listings = make_listings({"phone": "+628120000001", "serial": 1}, {"category": "ketua_rt", "serial": 1})
    person = build(listings, [1, 1]).to_dicts()[0]
    assert person["category"] == "ketua_rt"
    assert person["categories"] == ["ketua_rt"]


def test_build_persons_is_not_usable_when_every_listing_was_returned(make_listings):
    people = build(make_listings({"verdict": "returned"}, {"verdict": "returned"}), [1, 1])
    assert people["usable"].to_list() == [False]


def test_build_persons_names_what_the_listings_disagree_on(make_listings):
    listings = make_listings(
        {"serial": 1},
        {"serial": 1, "birth_date": dt.date(1981, 1, 1), "village_code": None},
        {"sex": None, "serial": 1},
    )
    person = build(listings, [1, 1, 1]).to_dicts()[0]
    assert person["contradictions"] == ["NIK", "tanggal lahir"]


def test_build_persons_believes_a_death_on_any_list(make_listings):
    listings = make_listings({"life_status": "hidup"}, {"life_status": "meninggal", "verdict": "returned"})
    assert build(listings, [1, 1])["life_status"].to_list() == ["meninggal"]


@given(order=st.permutations(range(5)))
def test_build_persons_does_not_depend_on_the_order_of_rows(make_listings, order):
    listings = make_listings({"serial": 1}, {"serial": 1}, {"phone": "+62"}, {"verdict": "returned"}, {})
    links = numbered(listings, [1, 1, 2, 2, 3])
    shuffled = listings[list(order)]
    assert build_persons(shuffled, links, OFFICES).equals(build_persons(listings, links, OFFICES))


def test_mark_insured_lists_every_segment(make_listings):
    people = build(make_listings({}, {}), [1, 2])
    insured = make_listings({"segment": "bpu"}, {"segment": "pu"}, {}).with_columns(
        pl.Series("record", ["i1", "i2", "i3"])
    )
    links = pl.DataFrame({"record": ["i1", "i2", "i3"], "person": [1, 1, 3]})
    marked = mark_insured(people, insured, links)
    assert marked["insured_as"].to_list() == [["bpu", "pu"], []]
    assert marked["insured_records"].to_list() == [["i1", "i2"], []]


def test_public_servant_on_any_list_excludes_the_whole_family_card(make_listings):
    listings = make_listings(
        {"serial": 1, "kk": "6203990101100001", "occupation": "tni_polri"},
        {"serial": 2, "kk": "6203990101100001", "occupation": "petani"},
        {"serial": 3, "kk": "6203990101100002", "occupation": "petani"},
        {"serial": 4, "kk": None, "occupation": "petani"},
    )
    people = build(listings, [1, 2, 3, 4])
    assert people["household_official"].fill_null(False).to_list() == [True, True, False, False]


def test_family_card_number_that_fills_a_whole_list_is_no_family(make_listings):
    rows = [{"serial": n, "kk": "6203990101100001", "occupation": "petani"} for n in range(1, 41)]
    people = build(make_listings({**rows[0], "occupation": "asn"}, *rows[1:]), list(range(1, 41)))
    assert not people["household_official"].fill_null(False).any()


def test_build_persons_of_two_offices_do_not_depend_on_the_names_of_files(make_listings):
    offices = ["ketua_rt", "perangkat_desa"]
    for first, second in (("a", "b"), ("b", "a")):
        listings = make_listings(
            {"category": "perangkat_desa", "serial": 1, "record": f"{first}.xlsx#1"},
            {"category": "ketua_rt", "serial": 1, "record": f"{second}.xlsx#1"},
        )
        person = build_persons(listings, numbered(listings, [1, 1]), offices).to_dicts()[0]
        assert person["category"] == "ketua_rt"
        assert person["contradictions"] == ["jabatan"]


def test_build_persons_takes_the_heir_of_one_listing_whole(make_listings):
    listings = make_listings(
        {"heir_phone": "+628120000009", "heir_nik": "6203990101900001", "phone": "+62", "serial": 1},
        {
            "heir_name": "SITI",
            "heir_nik": "6203994501900003",
            "heir_relation": "istri",
            "serial": 1,
            "email": "a@contoh.id",
        },
        {"heir_name": "UDIN", "heir_phone": "+628120000008", "verdict": "returned", "serial": 1},
    )
    person = build(listings, [1, 1, 1]).to_dicts()[0]
    assert (person["heir_name"], person["heir_relation"], person["heir_phone"]) == ("SITI", "istri", None)
    assert person["heir_nik"] == "6203994501900003"
    assert person["email"] == "a@contoh.id"


def test_build_persons_knows_no_heir_where_no_list_names_one(make_listings):
    person = build(make_listings({"heir_relation": "istri", "heir_phone": "+628120000009"}), [1]).to_dicts()[
        0
    ]
    assert (person["heir_name"], person["heir_relation"], person["heir_phone"]) == (None, None, None)


def test_build_persons_lets_the_birth_date_that_agrees_with_the_nik_speak(make_listings):
    right, wrong = (
        {"serial": 1},
        {"birth_date": dt.date(1981, 1, 1), "reasons": ["LAHIR_BEDA"], "verdict": "noted"},
    )
    for rows in ((right, wrong), (wrong, right)):
        assert build(make_listings(*rows), [1, 1])["birth_date"].to_list() == [dt.date(1980, 1, 1)]
