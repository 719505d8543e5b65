import datetime as dt

import polars as pl
import pytest

from payung.district.draws import Draws
from payung.district.numbers import phone_numbers
from payung.district.people import populate
from payung.district.places import choose
from payung.people import nik
from payung.regions import Gazetteer

ON = dt.date(2027, 1, 1)


@pytest.fixture(scope="module")
def place():
    return choose(Gazetteer.load(), "62.03", 2000)


@pytest.fixture(scope="module")
def persons(place):
    return populate(place, 2000, 500, 7, ON)


def test_niks_are_built_as_people_nik_builds_them(persons):
    for row in persons.iter_rows(named=True):
        parts = nik.parse(row["nik"], on=ON)
        assert parts is not None
        assert (parts.birth_date, parts.sex) == (row["birth_date"], row["sex"])
        assert row["nik"] == nik.build(row["nik"][:6], row["birth_date"], row["sex"], int(row["nik"][12:]))


def test_niks_are_unique_and_of_no_real_subdistrict(persons):
    gazetteer = Gazetteer.load()
    assert persons["nik"].n_unique() == persons.height
    for region in persons["nik"].str.slice(0, 6).unique():
        assert gazetteer.find(region) is None
    assert persons["kk"].str.starts_with("620399").all()


def test_kk_belongs_to_one_household(persons):
    homes = persons.group_by("household").agg(pl.col("kk").n_unique(), pl.col("village").n_unique())
    assert homes["kk"].max() == homes["village"].max() == 1
    assert persons["kk"].n_unique() == persons["household"].n_unique()


def test_phones_stay_in_blocks_that_reach_nobody(persons):
    assert persons["phone"].str.contains(r"^08120000\d{4}$").all()
    many = pl.DataFrame({"household": range(12_000)})
    phones = phone_numbers(many, Draws(1))
    assert phones.n_unique() == 12_000
    assert phones.str.contains(r"^(08120000\d{4}|0840\d{8})$").all()
    assert phones.str.starts_with("08120000").sum() == 10_000


def test_listed_people_are_as_many_as_asked(persons):
    assert persons["listed"].sum() == 2000
