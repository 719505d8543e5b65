"""People who are easily taken for one another, and people who do not look like themselves."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from payung.errors import InputError
from payung.linkage import Linkage, link
from payung.linkage.explain import in_words

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
    assert said in in_words(linkage.pairs)["why"][0]
    assert linkage.persons["person"].to_list() == [1, 1]


def test_day_and_month_swapped_is_seen(people: Callable[..., pl.DataFrame]) -> None:
    one = RIDWAN | {"birth_date": dt.date(1987, 5, 4), "nik": None}
    linkage = link(people(one, one | {"birth_date": dt.date(1987, 4, 5)}), as_of=AS_OF)
    assert "hari dan bulan lahir tertukar" in in_words(linkage.pairs)["why"][0]


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
    assert in_words(linkage.contradictions)["why"].to_list() == ["jenis kelamin berbeda"]


def test_repeated_record_id_is_refused(people: Callable[..., pl.DataFrame]) -> None:
    with pytest.raises(InputError, match="lebih dari sekali"):
        link(people(RIDWAN, RIDWAN | {"record": "r1"}), as_of=AS_OF)


@pytest.mark.parametrize("rows", [0, 1])
def test_nothing_to_link_gives_empty_pairs(people: Callable[..., pl.DataFrame], rows: int) -> None:
    linkage = link(people(RIDWAN).head(rows), as_of=AS_OF)
    assert linkage.pairs.is_empty()
    assert linkage.persons.height == rows


FATHER: dict[str, Any] = {
    "name": "Darmansyah Tulis", "kk": "6203071805180021", "nik": "6203070609640004", "birth_date": dt.date(1964, 9, 6)
}  # fmt: skip


@pytest.mark.parametrize("son", [{"nik": None}, {"nik": None, "kk": None}, {"nik": None, "sex": "P"}])
@pytest.mark.parametrize("father", [{}, {"nik": None}])
def test_father_and_son_of_one_name_without_a_number_are_never_one_unseen(
    people: Callable[..., pl.DataFrame], son: dict[str, Any], father: dict[str, Any]
) -> None:
    child = FATHER | {"birth_date": dt.date(1990, 4, 23)} | son
    assert decision(link(people(child, FATHER | father), as_of=AS_OF)) != "same"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"name": "Arbain Sulaiman", "sex": "L", "birth_date": dt.date(1962, 3, 1)},
         {"name": "Arbainah Sulaiman", "sex": "P", "birth_date": dt.date(1999, 8, 9)}),
        ({"name": "Siti Aminah", "sex": "P", "birth_date": dt.date(1962, 3, 1)},
         {"name": "Siti Aisyah", "sex": "P", "birth_date": dt.date(1966, 8, 9)}),
        ({"name": "Normansyah", "sex": "L"}, {"name": "Normawati", "sex": "P"}),
        ({"name": "Rudi Hartawan", "sex": "L", "birth_date": dt.date(1962, 3, 1)},
         {"name": "Rudiansyah", "sex": "L", "birth_date": dt.date(1985, 8, 9)}),
    ],
)  # fmt: skip
def test_relatives_with_names_alike_under_one_number_are_a_question(
    people: Callable[..., pl.DataFrame], one: dict[str, Any], other: dict[str, Any]
) -> None:
    shared = {"nik": "6203990103620001", "kk": "6203991101100001"}
    assert decision(link(people(shared | one, shared | other), as_of=AS_OF)) == "review"


def test_rows_without_a_name_are_never_one_unseen(people: Callable[..., pl.DataFrame]) -> None:
    nameless = {"name": None, "birth_date": BORN, "kk": "6203991101100001"}
    assert decision(link(people(nameless, nameless), as_of=AS_OF)) != "same"
    numbered = nameless | {"nik": RIDWAN["nik"]}
    assert decision(link(people(numbered, numbered), as_of=AS_OF)) == "same"


@pytest.mark.parametrize("nik", [RIDWAN["nik"], None])
def test_somebody_on_very_many_lists_is_one_person(
    people: Callable[..., pl.DataFrame], nik: str | None
) -> None:
    rows = [RIDWAN | {"nik": nik} for _ in range(60)]
    syllables = ("ba", "du", "ri", "mo", "ka", "ne", "tu", "sa", "li", "ge")
    others = [
        {
            "name": f"{a}{b}ng {b}{c}h {c}{a}n".title(),
            "birth_date": dt.date(1950 + (7 * n) % 50, n % 12 + 1, n % 28 + 1),
            "village": f"Desa {b}{a}",
        }
        for n, (a, b, c) in enumerate(itertools.product(syllables, syllables, syllables[:5]))
    ]
    linkage = link(people(*rows, *others), as_of=AS_OF)
    mine = linkage.persons.filter(pl.col("record").is_in([f"r{n}" for n in range(1, 61)]))
    assert mine["person"].n_unique() == 1
    assert linkage.persons.filter(pl.col("person") == mine["person"][0]).height == 60


def test_date_taken_from_one_number_is_said_and_counted_once(people: Callable[..., pl.DataFrame]) -> None:
    bare = {"name": "Ruben Asang", "nik": "6203990505880001"}
    linkage = link(people(bare, bare), as_of=AS_OF)
    assert decision(linkage) == "same"
    assert "lahir" not in in_words(linkage.pairs)["why"][0]
