"""People who are easily taken for one another, and people who do not look like themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from payung.errors import InputError
from payung.linkage import Linkage, link

AS_OF = dt.date(2026, 11, 21)
BORN = dt.date(1987, 5, 14)
RIDWAN: dict[str, Any] = {"name": "Muhammad Ridwan Sahala", "nik": "6203991405870001", "birth_date": BORN}


def decision(linkage: Linkage, left: str = "r1", right: str = "r2") -> str:
    found = linkage.pairs.filter((pl.col("left") == left) & (pl.col("right") == right))
    return str(found["decision"][0]) if found.height else "different"


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({}, "NIK sama; nama sama; tanggal lahir sama"),
        ({"name": "MUH. RIDUAN SAHALA, S.Pd"}, "NIK sama; nama sama, ejaan berbeda"),
        ({"nik": "6203991405870000"}, "15 angka NIK sama, angka terakhir hilang"),
        ({"nik": "620399140587001"}, "NIK beda satu angka; nama sama"),
        ({"nik": "6203991405970001"}, "NIK beda di angka tanggal lahir"),
        ({"birth_date": dt.date(1987, 7, 1)}, "tahun lahir sama, yang satu tanggal baku"),
        ({"birth_date": dt.date(1977, 5, 14)}, "hari dan bulan lahir sama, tahun berbeda"),
        ({"nik": None}, "nama sama; tanggal lahir sama"),
        ({"name": "M. Ridwan S.", "nik": None}, "nama sama, sebagian disingkat"),
        ({"name": "Muhammad Ridwan Sahala bin Usop", "village": "Lain Sekali"}, "NIK sama; nama sama"),
    ],
)
def test_same_person_when_written_differently(
    people: Callable[..., pl.DataFrame], other: dict[str, Any], said: str
) -> None:
    linkage = link(people(RIDWAN, RIDWAN | other), as_of=AS_OF)
    assert decision(linkage) == "same"
    assert said in linkage.pairs["why"][0]
    assert linkage.persons["person"].to_list() == [1, 1]


def test_day_and_month_swapped_is_seen(people: Callable[..., pl.DataFrame]) -> None:
    one = RIDWAN | {"birth_date": dt.date(1987, 5, 4), "nik": None}
    linkage = link(people(one, one | {"birth_date": dt.date(1987, 4, 5)}), as_of=AS_OF)
    assert "hari dan bulan lahir tertukar" in linkage.pairs["why"][0]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(
            {"name": "Hendra Gunawan", "nik": "6203991405870002", "kk": "6203991101100001"},
            id="twin-other-name",
        ),
        pytest.param(
            {"nik": "6203992301610001", "birth_date": dt.date(1961, 1, 23)}, id="father-of-one-name"
        ),
        pytest.param(
            {"name": "Siti Aminah", "sex": "P", "birth_date": dt.date(1990, 2, 3)},
            id="wife-with-his-nik-typed",
        ),
        pytest.param(
            {"nik": "6203990202990003", "birth_date": dt.date(1999, 2, 2)}, id="stranger-of-one-name"
        ),
    ],
)
def test_different_people_stay_two(people: Callable[..., pl.DataFrame], other: dict[str, Any]) -> None:
    one = RIDWAN | {"kk": "6203991101100001"}
    linkage = link(people(one, one | other), as_of=AS_OF)
    assert decision(linkage) != "same"
    assert linkage.persons["person"].n_unique() == 2


def test_twins_with_names_alike_are_not_joined_unseen(people: Callable[..., pl.DataFrame]) -> None:
    one = {"name": "Hendri Maulana", "nik": "6203991405870001", "birth_date": BORN, "kk": "6203991101100001"}
    linkage = link(people(one, one | {"name": "Hendra Maulana", "nik": "6203991405870002"}), as_of=AS_OF)
    assert decision(linkage) != "same"


def test_default_birthday_and_common_name_is_not_enough(people: Callable[..., pl.DataFrame]) -> None:
    crowd = [
        {
            "name": "Slamet",
            "nik": f"62039901076{n % 10}{n // 10:04d}",
            "birth_date": dt.date(1960 + n % 10, 7, 1),
        }
        for n in range(10, 210)
    ]
    one = {"name": "Slamet", "nik": None, "birth_date": dt.date(1963, 7, 1), "village": "Muara Lain"}
    linkage = link(people(*crowd, one), as_of=AS_OF)
    assert linkage.pairs.filter((pl.col("decision") == "same") & (pl.col("right") == "r201")).is_empty()


def test_two_offices_of_one_person_share_a_number(people: Callable[..., pl.DataFrame]) -> None:
    roster = people(RIDWAN | {"job": "Ketua RT"}, RIDWAN | {"job": "Anggota BPD", "village": "Tbg. Contoh"})
    linkage = link(roster, as_of=AS_OF)
    assert linkage.persons["person"].to_list() == [1, 1]


def test_death_list_finds_the_dead(people: Callable[..., pl.DataFrame]) -> None:
    dead = people(
        RIDWAN | {"record": "akta-1", "life_status": "meninggal", "village": None, "district": None}
    )
    alive = {
        "record": "r9",
        "name": "Ruben Asang",
        "nik": "6203990101800001",
        "birth_date": dt.date(1980, 1, 1),
    }
    linkage = link(people(RIDWAN, alive), dead, as_of=AS_OF)
    numbers = dict(linkage.persons.iter_rows())
    assert numbers["r1"] == numbers["akta-1"] != numbers["r9"]


def test_placeholder_nik_joins_nobody(people: Callable[..., pl.DataFrame]) -> None:
    names = ["Ruben Asang", "Siti Aminah", "Budi Santoso", "Maria Yolanda", "Untung Manalu"]
    rows = [{"name": name, "nik": "6203990101010001"} for name in names]
    linkage = link(people(*rows), as_of=AS_OF)
    assert linkage.persons["person"].n_unique() == len(names)


def test_contradiction_inside_a_person_is_flagged(people: Callable[..., pl.DataFrame]) -> None:
    linkage = link(people(RIDWAN, RIDWAN | {"sex": "P"}), as_of=AS_OF)
    assert linkage.contradictions["why"].to_list() == ["jenis kelamin berbeda"]


def test_repeated_record_id_is_refused(people: Callable[..., pl.DataFrame]) -> None:
    with pytest.raises(InputError, match="lebih dari sekali"):
        link(people(RIDWAN, RIDWAN | {"record": "r1"}), as_of=AS_OF)


@pytest.mark.parametrize("rows", [0, 1])
def test_nothing_to_link_gives_empty_pairs(people: Callable[..., pl.DataFrame], rows: int) -> None:
    linkage = link(people(RIDWAN).head(rows), as_of=AS_OF)
    assert linkage.pairs.is_empty()
    assert linkage.persons.height == rows
