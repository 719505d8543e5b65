"""Pairs that nobody may decide unseen: twins, namesakes of one birthday, one number at two people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import permutations
from typing import Any

import polars as pl
import pytest

from payung.linkage import Decisions, Linkage, fingerprints, link, tables
from payung.linkage.explain import in_words

AS_OF = dt.date(2026, 12, 1)
CARD = "6203061101100001"
People = Callable[..., pl.DataFrame]


def born(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def decision(linkage: Linkage) -> str:
    return str(linkage.pairs["decision"][0]) if linkage.pairs.height else "different"


def one(name: str, nik: str | None, birth: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "nik": nik, "birth_date": born(birth), **more}


TWINS = [
    ("AHMAD FAUZI", "AHMAD FAUZAN"),
    ("BUDI SANTOSO", "BUDIMAN SANTOSO"),
    ("SANGEN BANGKAN", "BADAK BANGKAN"),
    ("REHAI GENGGONG", "LENSI GENGGONG"),
    ("FITRI HANDAYANI SITI NUR", "SITI NUR KHASANAH YULI"),
    ("HASAN BASRI", "HUSEIN BASRI"),
    ("RAHMAT HIDAYAT", "RAHMAD HIDAYAH"),
    ("AGUS SALIM", "BAGUS SALIM"),
    ("DEWI RATNASARI", "DEWI RATNAWATI"),
    ("RINA", "RINI"),
    ("IDERIS MUHAMMAD YUSUF", "MUHAMMAD YUSUF IDERIS"),
]


@pytest.mark.parametrize("together", [True, False], ids=["one-card", "two-cards"])
@pytest.mark.parametrize("names", TWINS, ids=lambda names: "/".join(names))
def test_twins_are_never_one_unseen(people: People, names: tuple[str, str], together: bool) -> None:
    first, second = (
        one(name, f"620306050585000{n}", "1985-05-05", kk=CARD if together or n == 1 else "6203061101100099")
        for n, name in enumerate(names, start=1)
    )
    assert decision(link(people(first, second), as_of=AS_OF)) != "same"


def test_names_of_twins_alike_are_a_question(people: People) -> None:
    first = one("AHMAD FAUZI", "6203060505850001", "1985-05-05", kk=CARD, mother="SITI AMINAH")
    second = first | {"name": "AHMAD FAUZAN", "nik": "6203060505850002"}
    linkage = link(people(first, second), as_of=AS_OF)
    assert decision(linkage) == "review"
    assert "mungkin kembar" in in_words(linkage.pairs)["why"][0]
    assert linkage.pairs["probability"][0] < 0.5


def test_boy_and_girl_of_one_birthday_are_a_question(people: People) -> None:
    boy = one("YULIANTO GARU", "6203060303900001", "1990-03-03", kk=CARD, sex="L")
    girl = boy | {"name": "YULIANTI GARU", "nik": "6203064303900001", "sex": "P"}
    linkage = link(people(boy, girl), as_of=AS_OF)
    assert decision(linkage) == "review"
    assert "NIK laki-laki dan NIK perempuan" in in_words(linkage.pairs)["why"][0]


def test_row_without_number_does_not_tie_twins(people: People) -> None:
    first = one("AHMAD FAUZI", "6203060505850001", "1985-05-05", kk=CARD)
    second = first | {"name": "AHMAD FAUZAN", "nik": "6203060505850002"}
    third = first | {"nik": None, "record": "r3"}
    linkage = link(people(first, second, third), as_of=AS_OF)
    number = dict(linkage.persons.iter_rows())
    assert number["r1"] == number["r3"] != number["r2"]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("6203094107800001", "6210014107800003"),
        ("6203094107800001", "3507124107800009"),
        ("6210014107800003", "3507124107800009"),
        ("6203094107800001", "6203104107800001"),
        ("6203094107800001", "6203094107800003"),
    ],
)
@pytest.mark.parametrize(
    "mothers", [("RUKIAH", "HALIMAH"), (None, None)], ids=["mothers-differ", "no-mothers"]
)
def test_namesakes_of_one_birthday_are_a_question(
    people: People, left: str, right: str, mothers: tuple[str | None, str | None]
) -> None:
    cards = (CARD, "6203061101100099")
    first, second = (
        one("SITI AMINAH", nik, "1980-07-01", sex="P", mother=mother, kk=kk, village=village)
        for nik, mother, kk, village in zip(
            (left, right), mothers, cards, ("Mantangai", "Kapar"), strict=True
        )
    )
    assert decision(link(people(first, second), as_of=AS_OF)) == "review"


def test_twins_with_two_regions_in_their_numbers_are_not_one(people: People) -> None:
    first = one("ROSITA MAHIN", "6201994503900001", "1990-03-05", sex="P", kk=CARD, mother="HALIMAH")
    second = first | {"name": "NOVIANA YESI MAHIN", "nik": "6203994503900002"}
    assert decision(link(people(first, second), as_of=AS_OF)) != "same"


def test_two_believed_numbers_are_never_one_person_with_everything_else_alike(people: People) -> None:
    first = one("SITI AMINAH", "6203094603870001", "1987-03-06", sex="P", kk=CARD, phone="+62812000000001")
    assert decision(link(people(first, first | {"nik": "6210014603870002"}), as_of=AS_OF)) == "review"


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"nik": "2603061611890009"}, id="digits-of-the-region-swapped-to-no-province"),
        pytest.param({"nik": "6203061611890077"}, id="serial-that-no-day-has"),
        pytest.param({"nik": "6203061611890000"}, id="last-digit-lost"),
        pytest.param({"nik": "6203061611790009"}, id="number-contradicts-its-own-date"),
        pytest.param({"nik": "6203661611890009", "kk": CARD}, id="other-region-one-card"),
    ],
)
def test_slip_of_the_finger_stays_one_person(people: People, other: dict[str, Any]) -> None:
    first = one("KARLINA TUMON GARU", "6203061611890009", "1989-11-16", kk=CARD)
    assert decision(link(people(first, first | {"kk": None} | other), as_of=AS_OF)) == "same"


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"name": "SITI ROHANA"}, "NIK sama, padahal nama orang lain"),
        (
            {"name": "MASRANI HANDEP", "birth_date": born("1989-03-01"), "sex": "P"},
            "padahal nama dan tanggal lahir berbeda",
        ),
        (
            {"name": "HARTATI SERUYAN", "birth_date": born("1960-07-26"), "sex": "P", "village": "Lain"},
            "padahal nama dan tanggal lahir berbeda",
        ),
        ({"name": "SITI ROHANA", "birth_date": None}, "NIK sama, padahal nama orang lain"),
    ],
)
def test_one_number_at_two_people_is_always_a_question(
    people: People, other: dict[str, Any], said: str
) -> None:
    first = one("BAMBANG SAPUTRA", "6203060806820001", "1982-06-08")
    linkage = link(people(first, first | other), as_of=AS_OF)
    assert decision(linkage) == "review"
    assert said in in_words(linkage.pairs)["why"][0]


@pytest.mark.parametrize(
    ("other", "birth"),
    [
        ("MASRANI GARU", "1989-03-01"),
        ("MASRANI GARU", "1960-07-26"),
        ("TUTI GARU", None),
    ],
)
@pytest.mark.parametrize("sex", ["L", "P"])
def test_number_of_a_relative_of_one_family_name_is_a_question(
    people: People, other: str, birth: str | None, sex: str
) -> None:
    first = one("RUSDI GARU", "6203061903860008", "1986-03-19", kk=CARD)
    second = first | {"name": other, "sex": sex, "birth_date": born(birth) if birth else None}
    assert decision(link(people(first, second), as_of=AS_OF)) == "review"


def test_one_number_at_two_people_is_asked_once_for_all_their_rows(people: People) -> None:
    husband = one("RUSDI GARU", "6203061903860008", "1986-03-19")
    wife = one("MASRANI HANDEP", "6203061903860008", "1989-03-01", sex="P")
    linkage = link(people(husband, husband, wife, wife), as_of=AS_OF)
    assert linkage.persons["person"].n_unique() == 2
    assert linkage.pairs["decision"].to_list().count("review") == 1


def test_person_decides_a_question_for_all_rows(people: People) -> None:
    first = one("AHMAD FAUZI", "6203060505850001", "1985-05-05", kk=CARD)
    second = first | {"name": "AHMAD FAUZAN", "nik": "6203060505850002"}
    listed = people(first, second, first | {"village": "Lain"}, second | {"village": "Lain"})
    marks = fingerprints(listed)
    decisions = Decisions()
    decisions.decide(marks[0], marks[1], "same", by="Ani")
    assert link(listed, as_of=AS_OF, decisions=decisions).persons["person"].n_unique() == 1


@pytest.mark.parametrize(
    ("mother", "said"),
    [
        ("SUMIATI", "nama ibu sama"),
        ("Ibu SUMIYATI binti Usman", "nama ibu sama"),
        ("SUMIATI HANDAYANI", "nama ibu mirip"),
        ("RUKIAH", "nama ibu berbeda"),
    ],
)
def test_mother_is_compared_by_sound_and_said(people: People, mother: str, said: str) -> None:
    first = one("LENI MARLINA", "6203064711820004", "1982-11-07", sex="P", mother="SUMIATI")
    linkage = link(people(first, first | {"mother": mother}), as_of=AS_OF)
    assert said in in_words(linkage.pairs)["why"][0].split("; ")


def test_mother_weighs_where_there_is_no_number(people: People) -> None:
    crowd = [one(f"SITI AMINAH {n}", None, f"19{60 + n % 30}-07-01", sex="P") for n in range(60)]
    first = one("SITI AMINAH", None, "1980-07-01", sex="P", mother="SUMIATI", record="a", village="Satu")

    def chance(mother: str | None) -> float:
        second = first | {"record": "b", "mother": mother, "village": "Dua"}
        pairs = link(people(*crowd, first, second), as_of=AS_OF).pairs
        found = pairs.filter((pl.col("left") == "a") & (pl.col("right") == "b"))
        return float(found["probability"][0]) if found.height else 0.0

    assert chance("RUKIAH") < chance(None) < chance("SUMIATI")


def test_mother_says_nothing_of_brothers_and_sisters(people: People) -> None:
    first = one("BUDI SANTOSO", "6203060505850001", "1985-05-05", mother="SUMIATI")
    second = one("BUDIMAN SANTOSO", "6203060505850002", "1985-05-05", mother="SUMIATI")
    assert "ibu" not in in_words(link(people(first, second), as_of=AS_OF).pairs)["why"][0]


@pytest.mark.parametrize("serial", ["0001", "0007"])
def test_two_numbers_that_fit_their_own_dates_are_never_one_unseen(people: People, serial: str) -> None:
    first = one("SANGEN BANGKAN LAMBUNG", "6203060505850001", "1985-05-05", kk=CARD)
    second = first | {"nik": f"620306060585{serial}", "birth_date": born("1985-05-06")}
    linkage = link(people(first, second, one("RINA", None, "1990-01-01")), as_of=AS_OF)
    assert decision(linkage) == "review"


ALIKE = [
    ("RAHMAD", "RAHMAT"),
    ("RUDI", "RUDY"),
    ("FITRIA", "FITRIYA"),
    ("DEWI SARTIKA", "DEWI SARTIKAH"),
    ("MARIA", "MARYA"),
    ("SARI", "SARY"),
    ("YULIANA", "YULIANI"),
    ("HASAN", "HASANI"),
    ("SITI NURHALIZA", "SITI NURHALISA"),
    ("ANDI", "HANDI"),
]
# What happens to the second number of two: as written, its last digit lost to Excel, a digit left out or put in, …
DAMAGE = {
    "whole": "6203060506880002",
    "last-digit-lost": "6203060506880000",
    "digit-left-out": "620306050688002",
    "digit-left-out-before": "620306050680002",
    "digit-too-many": "62030605068800022",
    "digit-wrong": "6203060503880002",
    "digits-swapped": "2603060506880002",
    "serial-that-no-day-has": "6203060506880092",
}


@pytest.mark.parametrize("number", DAMAGE.values(), ids=DAMAGE)
@pytest.mark.parametrize("names", ALIKE, ids="/".join)
def test_twins_that_sound_alike_are_a_question_with_a_damaged_number_too(
    people: People, names: tuple[str, str], number: str
) -> None:
    first = one(names[0], "6203060506880001", "1988-06-05", kk=CARD, mother="IBU A")
    second = first | {"name": names[1], "nik": number}
    assert decision(link(people(first, second), as_of=AS_OF)) == "review"


@pytest.mark.parametrize("numbers", [(None, None), (None, "6203060506880002"), ("6203060506880001", None)])
@pytest.mark.parametrize("names", ALIKE, ids="/".join)
def test_twins_that_sound_alike_are_a_question_without_a_number_too(
    people: People, names: tuple[str, str], numbers: tuple[str | None, str | None]
) -> None:
    first = one(names[0], numbers[0], "1988-06-05", kk=CARD, mother="IBU A")
    second = first | {"name": names[1], "nik": numbers[1]}
    linkage = link(people(first, second), as_of=AS_OF)
    assert decision(linkage) == "review"
    assert "mungkin kembar" in in_words(linkage.pairs)["why"][0]


def cardless_twins(
    people: People, names: tuple[str, str], numbered: int, *, card: str | None = None, **more: str
) -> pl.DataFrame:
    rows = [
        one(name, "6203060506880001" if at == numbered else None, "1988-06-05", mother="IBU A", **more)
        for at, name in enumerate(names)
    ]
    return people(rows[0] | {"kk": card}, rows[1])


@pytest.mark.parametrize("numbered", [0, 1])
@pytest.mark.parametrize("names", ALIKE, ids="/".join)
def test_twins_one_without_a_number_are_never_one_unseen_without_a_card_too(
    people: People, names: tuple[str, str], numbered: int
) -> None:
    linkage = link(cardless_twins(people, names, numbered), as_of=AS_OF)
    assert decision(linkage) == "review"
    assert "mungkin kembar" in in_words(linkage.pairs)["why"][0]


@pytest.mark.parametrize("numbered", [0, 1])
@pytest.mark.parametrize(
    "more", [{"card": CARD}, {"phone": "+6281200000001"}], ids=["card-of-one", "one-phone"]
)
def test_card_of_one_twin_or_a_phone_of_both_makes_them_no_one_person(
    people: People, more: dict[str, str], numbered: int
) -> None:
    assert decision(link(cardless_twins(people, ALIKE[0], numbered, **more), as_of=AS_OF)) == "review"


@pytest.mark.parametrize("names", ALIKE, ids="/".join)
def test_twins_without_a_card_are_a_question_in_whatever_order_their_rows_stand(
    people: People, names: tuple[str, str]
) -> None:
    rows = [
        one(names[0], "6203060506880001", "1988-06-05", record="c", mother="IBU A"),
        one(names[1], None, "1988-06-05", record="b", mother="IBU A"),
        one(names[1], None, "1988-06-05", record="a", mother="IBU A"),
        one("ORANG LAIN", "6203060101700001", "1970-01-01", record="d"),
    ]
    found = []
    for order in permutations(("a", "b", "c", "d")):
        ids = dict(zip("abcd", order, strict=True))
        linkage = link(people(*(row | {"record": ids[row["record"]]} for row in rows)), as_of=AS_OF)
        back = {written: said for said, written in ids.items()}
        groups = linkage.persons.group_by("person").agg("record")["record"].to_list()
        found.append({frozenset(back[record] for record in group) for group in groups})
        asked = linkage.pairs.filter(pl.col("decision") == "review").select("left", "right").rows()
        assert {frozenset(map(back.get, pair)) for pair in asked} == {frozenset("ac"), frozenset("bc")}
    assert all(groups == {frozenset("ab"), frozenset("c"), frozenset("d")} for groups in found)


@pytest.mark.parametrize("number", [None, "6203060506880001"])
@pytest.mark.parametrize(
    ("name", "other"),
    [("RAHMAT HIDAYAT", "RAHMAT HIDAYAT"), ("MUH. RIZKI", "Muhammad Rizki"), ("NURHASANAH", "NUR HASANAH")],
)
def test_one_row_written_twice_is_no_twin_for_want_of_a_card(
    people: People, name: str, other: str, number: str | None
) -> None:
    first = one(name, None, "1988-06-05", mother="IBU A")
    assert decision(link(people(first, first | {"name": other, "nik": number}), as_of=AS_OF)) == "same"


@pytest.mark.parametrize("number", [None, "6203060506880001"])
@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("RAHMAT HIDAYAT", "RAHMAT HIDAYAT"),
        ("MUH. RIZKI", "Muhammad Rizki"),
        ("NURHASANAH", "NUR HASANAH"),
        ("RAHMAT", "Rahmat, S.Pd"),
        ("RAHMAT HIDAYAT", "RAHMAT"),
        ("RAHMAT HIDAYAT", "RAHMAT H."),
    ],
)
def test_one_row_written_twice_is_no_twin_for_want_of_a_number(
    people: People, name: str, other: str, number: str | None
) -> None:
    first = one(name, None, "1988-06-05", kk=CARD, mother="IBU A")
    assert decision(link(people(first, first | {"name": other, "nik": number}), as_of=AS_OF)) == "same"


def test_a_name_spelt_another_way_on_another_list_is_no_twin_for_want_of_a_number(people: People) -> None:
    first = one("RAHMAD", None, "1988-06-05", kk=CARD, mother="IBU A")
    other = first | {"name": "RAHMAT", "nik": "6203060506880001", "file": "lain.xlsx"}
    assert decision(link(people(first, other), as_of=AS_OF)) == "same"


CARDS = [("6203061101100010", "6203061101100011"), ("6203061101100020", "6203061101100027"),
         ("6203061101100130", "6203061101100135"), ("6203062202150000", "6203062202150001"),
         ("6203062202150090", "6203062202150099")]  # fmt: skip


def neighbours(cards: tuple[str, str], numbers: tuple[str, str]) -> list[dict[str, Any]]:
    return [
        one("SLAMET RIYADI", nik, "1965-07-01", kk=card) for nik, card in zip(numbers, cards, strict=True)
    ]


@pytest.mark.parametrize("cards", CARDS)
def test_number_of_a_card_that_ends_in_0_is_not_cut_by_itself(people: People, cards: tuple[str, str]) -> None:
    linkage = link(people(*neighbours(cards, ("6203060107650001", "6203060107650007"))), as_of=AS_OF)
    assert decision(linkage) != "same"
    assert not any("nomor KK sama" in why for why in in_words(linkage.pairs)["why"])


@pytest.mark.parametrize("cards", CARDS)
def test_number_of_a_card_is_cut_beside_a_cut_nik(people: People, cards: tuple[str, str]) -> None:
    linkage = link(people(*neighbours(cards, ("6203060107650000", "6203060107650007"))), as_of=AS_OF)
    assert "nomor KK sama" in in_words(linkage.pairs)["why"][0]


@pytest.mark.parametrize("cards", CARDS)
def test_number_of_a_card_is_cut_where_those_of_its_list_are(people: People, cards: tuple[str, str]) -> None:
    left, right = neighbours(cards, ("6203060107650001", "6203060107650001"))
    others = [
        one(f"ORANG {name}", None, f"197{at}-03-04", kk=f"620306{at}101100{at}{at}0")
        for at, name in enumerate(("SATU", "DUA", "TIGA"), start=1)
    ]
    linkage = link(people(left, *others), people(right | {"record": "k1", "file": "peserta"}), as_of=AS_OF)
    assert any("nomor KK sama" in why for why in in_words(linkage.pairs)["why"])


@pytest.mark.parametrize("names", ALIKE, ids="/".join)
def test_twins_whose_numbers_all_lost_their_last_digit_are_a_question(
    people: People, names: tuple[str, str]
) -> None:
    first = one(names[0], "6203060506880000", "1988-06-05", kk=CARD)
    assert decision(link(people(first, first | {"name": names[1]}), as_of=AS_OF)) == "review"


def test_twins_that_sound_alike_are_two_on_two_lists(people: People) -> None:
    first = one("RAHMAD", "6203060506880000", "1988-06-05", kk=CARD)
    second = first | {"name": "RAHMAT"}
    known = [
        first | {"record": "k1", "nik": "6203060506880001", "file": "peserta"},
        second | {"record": "k2", "nik": "6203060506880002", "file": "peserta"},
    ]
    number = dict(link(people(first, second), people(*known), as_of=AS_OF).persons.iter_rows())
    assert number["r1"] == number["k1"] != number["k2"] == number["r2"]


@pytest.mark.parametrize(
    ("name", "other"),
    [("MUH. RIZKI", "Muhammad Rizki"), ("NURHASANAH", "NUR HASANAH"), ("RAHMAT", "Rahmat, S.Pd")],
)
def test_spaces_titles_and_short_forms_make_no_twins(people: People, name: str, other: str) -> None:
    first = one(name, "6203060506880001", "1988-06-05", kk=CARD)
    damaged = first | {"name": other, "nik": "6203060506880000"}
    assert decision(link(people(first, damaged), as_of=AS_OF)) == "same"


def test_neighbours_born_a_day_apart_are_two_though_a_digit_is_lost(people: People) -> None:
    first = one("YULIANI", "6203064706880002", "1988-06-07", sex="P", kk=CARD, mother="IBU C")
    second = one("RINI", "620306480688002", "1988-06-08", sex="P", kk="6203061101100099", mother="IBU D")
    assert decision(link(people(first, second), as_of=AS_OF)) != "same"


@pytest.mark.parametrize("heading", ["src", "SUMBER DATA", "nama_daftar"])
def test_column_of_lists_tells_the_lists_of_one_table_apart(heading: str) -> None:
    cells = pl.DataFrame({"nama": ["RAHMAD", "RAHMAT"], heading: ["RT", "LINMAS"]})
    read = tables.listings(cells, {"name": "nama"}, file="a.csv", as_of=AS_OF, identity=None)
    assert read["sheet"].to_list() == ["RT", "LINMAS"]
    bare = tables.listings(cells.drop(heading), {"name": "nama"}, file="a.csv", as_of=AS_OF, identity=None)
    assert bare["sheet"].to_list() == [None, None]


def test_two_offices_of_one_person_with_a_damaged_number_stay_one(people: People) -> None:
    first = one("RAHMAD", "6203060506880001", "1988-06-05", kk=CARD, sheet="RT")
    second = first | {"name": "RAHMAT", "nik": "6203060506880000", "sheet": "LINMAS"}
    assert decision(link(people(first, second), as_of=AS_OF)) == "same"


@pytest.mark.parametrize("many", [2, 3, 5, 9])
def test_one_false_number_of_several_people_sends_all_to_review(people: People, many: int) -> None:
    names = [
        "RUSMINI",
        "UDIN SALEH",
        "NORHAYATI",
        "TAMRIN",
        "LENNY KRISTINA",
        "DARIUS",
        "YULIA",
        "HENDRI",
        "GARU",
    ]
    bearers = [
        one(name, "6203991111111111", f"19{60 + 3 * n}-06-1{n}", sex="P" if n % 2 else "L")
        for n, name in enumerate(names[:many])
    ]
    linkage = link(people(*bearers, one("RANGKAP", "6203990101600001", "1960-01-01")), as_of=AS_OF)
    asked = linkage.pairs.filter(pl.col("decision") == "review")
    assert set(asked["left"]) | set(asked["right"]) == {f"r{n}" for n in range(1, many + 1)}
    assert linkage.notices.select("left", "right").rows() == asked.select("left", "right").rows()
    assert linkage.persons["person"].n_unique() == many + 1


def test_a_question_is_no_notice(people: People) -> None:
    first = one("AHMAD FAUZI", "6203060505850001", "1985-05-05", kk=CARD)
    linkage = link(people(first, first | {"name": "AHMAD FAUZAN", "nik": "6203060505850002"}), as_of=AS_OF)
    assert decision(linkage) == "review"
    assert linkage.notices.is_empty()
