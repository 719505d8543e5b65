"""Pairs with two sound numbers teach the weights of the rest, as far as there are any."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from payung.linkage import lessons, link
from payung.linkage.explain import in_words
from payung.linkage.index import Index
from payung.linkage.lessons import NOTHING, Learnt
from payung.linkage.model import COMPARISONS

AS_OF = dt.date(2026, 11, 21)
People = Callable[..., pl.DataFrame]
FIRST = ("Ruben", "Yulia", "Hendri", "Salampak", "Rusmini", "Darius", "Tarapan", "Mariani", "Untung", "Lukas")
LAST = ("Asang", "Manalu", "Tulis", "Bangkan", "Garu", "Handep", "Nyangkal", "Simpun", "Lambung", "Mahin")


def villagers(
    people: People, many: int, *, numbered: bool, misspelt: bool
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return two lists of the same invented people; ``misspelt`` names them differently on the second."""
    persons = []
    for n in range(many):
        born = dt.date(1950 + n % 40, n % 12 + 1, n * 7 % 28 + 1)
        nik = f"6203{n % 9 + 1:02d}{born.day:02d}{born.month:02d}{born.year % 100:02d}{n % 9 + 1:04d}"
        persons.append(
            {
                "record": f"a{n:04d}",
                "name": f"{FIRST[n % 10]} {LAST[n // 10 % 10]} {FIRST[n // 100 % 10]}",
                "nik": nik if numbered else None,
                "birth_date": born,
                "village": f"Desa {LAST[n % 7]}",
            }
        )
    known = [
        person
        | {"record": "b" + str(person["record"])[1:]}
        | ({"name": str(person["name"]).rsplit(" ", 1)[0]} if misspelt else {})
        for person in persons
    ]
    return people(*persons), people(*known)


def weight(learnt: Learnt, why: str) -> float:
    return float(in_words(learnt.weights()).filter(pl.col("why") == why)["learnt"][0])


def test_lists_without_numbers_teach_nothing(people: People) -> None:
    assert link(*villagers(people, 120, numbered=False, misspelt=False), as_of=AS_OF).learnt == NOTHING


def test_numbers_teach_that_words_are_left_out(people: People) -> None:
    learnt = link(*villagers(people, 300, numbered=True, misspelt=True), as_of=AS_OF).learnt
    assert learnt.yes >= 290
    assert learnt.no > 50
    left_out = weight(learnt, "nama sama, ada kata yang tidak ditulis")
    assert left_out > 0 or weight(learnt, "nama sama") < 0


def test_few_pairs_teach_less_than_many(people: People) -> None:
    def moved(many: int) -> float:
        learnt = link(*villagers(people, many, numbered=True, misspelt=True), as_of=AS_OF).learnt
        return sum(abs(bit) for of in learnt.bits.values() for bit in of.values())

    assert moved(12) <= moved(60) < moved(400)
    assert moved(60) < 0.5


def test_same_lists_teach_the_same_in_any_order(people: People) -> None:
    one, other = villagers(people, 150, numbered=True, misspelt=True)
    straight = link(one, other, as_of=AS_OF)
    shuffled = link(
        one.sample(fraction=1, shuffle=True, seed=3),
        other.sample(fraction=1, shuffle=True, seed=4),
        as_of=AS_OF,
    )
    assert straight.learnt == shuffled.learnt
    assert straight.learnt.pairs > 0
    assert straight.pairs.equals(shuffled.pairs)


def test_what_was_learnt_stays_with_the_index(people: People, tmp_path: Path) -> None:
    one, other = villagers(people, 200, numbered=True, misspelt=True)
    both = pl.concat([one, other])
    index = Index.build(both, as_of=AS_OF)
    assert index.learnt.yes > 150
    index.save(tmp_path / "indeks")
    assert Index.load(tmp_path / "indeks").learnt == index.learnt
    assert index.link(people({"name": "Ruben Asang", "record": "c"})).learnt == index.learnt


def test_one_sound_number_weighs_what_it_weighed() -> None:
    learnt = Learnt(10, 10, {one.name: dict.fromkeys(one.speaking(), -1.0) for one in COMPARISONS}, 0.5)
    row = {"rid_l": 0, "rid_r": 1, "match_weight": 9.0}
    row |= {f"gamma_{one.name}": -1 for one in COMPARISONS}
    equal = row | {"gamma_nik": max(lessons._SAME_NUMBER)}
    unnumbered = row | {"gamma_sex": 1}
    weights = learnt.applied(pl.DataFrame([equal, unnumbered]))["match_weight"].to_list()
    assert weights == [9.0, 8.5]


def test_no_weight_is_learnt_of_numbers(people: People) -> None:
    learnt = link(*villagers(people, 200, numbered=True, misspelt=True), as_of=AS_OF).learnt
    assert "nik" not in learnt.bits
    assert set(in_words(learnt.weights()).filter(pl.col("comparison") == "nik")["learnt"]) == {0.0}


def test_kept_is_read_again() -> None:
    learnt = Learnt(3, 4, {"name": {1: 0.25, 0: -0.5}}, 0.1)
    assert lessons.read(learnt.kept()) == learnt
    with pytest.raises((ValueError, KeyError)):
        lessons.read("{}")
