"""A list linked with part of a register is judged as against the whole register."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable

import polars as pl
import pytest

from payung.linkage import Whole, features, link, link_part

AS_OF = dt.date(2026, 11, 21)
NOBODY = Whole(people=0, words={}, births={}, villages={})


def whole(known: pl.DataFrame) -> Whole:
    """Return what a database would count in ``known``."""
    words = Counter(word for name in known["name"].drop_nulls() for word in set(name.lower().split()))
    return Whole(
        people=known.height,
        words=words,
        births=Counter(known["birth_date"].drop_nulls().to_list()),
        villages=Counter(known["village"].drop_nulls().to_list()),
    )


@pytest.mark.slow
def test_part_is_judged_as_the_whole(generated: Callable[[str, int, int], dict[str, pl.DataFrame]]) -> None:
    made = generated("default", 4_000, 6)
    roster, register = made["roster"].head(200), made["insurer"]
    full = link(roster, register, as_of=AS_OF).pairs.filter(
        pl.col("left").str.head(1) != pl.col("right").str.head(1)
    )
    met = pl.concat([full["left"], full["right"]])
    looked_up = pl.concat(
        [register.filter(pl.col("record").is_in(met.implode())), register.sample(100, seed=1)]
    ).unique("record")
    part = link_part(roster, looked_up, whole=whole(register), as_of=AS_OF).pairs.filter(
        pl.col("left").str.head(1) != pl.col("right").str.head(1)
    )
    pairs = [set(found.select("left", "right").rows()) for found in (full, part)]
    assert len(pairs[0]) > 50
    assert len(pairs[0] & pairs[1]) >= 0.95 * len(pairs[0] | pairs[1])


def test_common_name_says_less_in_a_large_register(people: Callable[..., pl.DataFrame]) -> None:
    one = people({"record": "a", "name": "Siti Aminah", "birth_date": dt.date(1980, 3, 5), "village": "Satu"})
    known = people(
        {"record": "b", "name": "Siti Aminah", "birth_date": dt.date(1980, 7, 9), "village": "Dua"}
    )

    def chance(many: int) -> float:
        common = Whole(many, {"siti": many // 10, "aminah": many // 20}, {}, {})
        found = link_part(one, known, whole=common, as_of=AS_OF).pairs
        return float(found["probability"][0]) if found.height else 0.0

    assert chance(1_000_000) < chance(100)


def test_region_that_is_rare_in_the_part_is_not_rare_in_the_whole(
    people: Callable[..., pl.DataFrame],
) -> None:
    frame = features.build(people({"name": "Ruben", "nik": "6203990101800001"}), None, as_of=AS_OF)
    counts = Whole(1_000_000, {}, {}, {}).counts(frame)
    assert counts.apply(frame)["region_odd"].to_list() == [False]
    assert NOBODY.counts(frame).apply(frame)["region_odd"].to_list() == [True]


def test_part_may_be_empty(people: Callable[..., pl.DataFrame]) -> None:
    facts = {"name": "Ruben Asang", "nik": "6203990101800001", "birth_date": dt.date(1980, 1, 1)}
    twice = people({"record": "a", **facts}, {"record": "b", **facts})
    assert link_part(twice, twice.clear(), whole=NOBODY, as_of=AS_OF).pairs["decision"].to_list() == ["same"]


def test_known_people_are_not_linked_to_one_another(people: Callable[..., pl.DataFrame]) -> None:
    facts = {"name": "Ruben Asang", "nik": "6203990101800001", "birth_date": dt.date(1980, 1, 1)}
    known = people({"record": "a", **facts}, {"record": "b", **facts})
    other = people({"record": "c", "name": "Yulia Bura", "birth_date": dt.date(1999, 4, 2), "sex": "P"})
    assert link_part(other, known, whole=whole(known), as_of=AS_OF).pairs.is_empty()
