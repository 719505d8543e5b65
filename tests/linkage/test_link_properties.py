"""What must hold for any lists."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from payung.linkage import clusters, link
from payung.people import listing

AS_OF = dt.date(2026, 11, 21)
FIRST = ["Muhammad", "Siti", "Ahmad", "Yohanes", "Slamet", "Rusmini", "Hendri", "Hendra"]
LAST = ["Ridwan", "Aminah", "Santoso", "Asang", "Manalu", "Riduan", "S"]

person = st.fixed_dictionaries(
    {
        "name": st.lists(st.sampled_from(FIRST + LAST), min_size=1, max_size=3).map(" ".join),
        "nik": st.none()
        | st.integers(1, 9).map(lambda n: f"620399140587000{n}")
        | st.just("6203990101010001"),
        "birth_date": st.none() | st.dates(dt.date(1985, 1, 1), dt.date(1987, 12, 31)),
        "sex": st.sampled_from(["L", "P", None]),
        "village": st.sampled_from(["Tumbang Contoh", "Tbg. Contoh", "Muara Lain", None]),
        "kk": st.sampled_from([None, "6203991101100001"]),
    }
)
lists = st.lists(person, min_size=2, max_size=12)


def listings(rows: list[dict[str, Any]]) -> pl.DataFrame:
    numbered = [{"record": f"r{n:02d}", "district": "Contoh Hulu"} | row for n, row in enumerate(rows)]
    wanted = set(numbered[0])
    return listing.conform(
        pl.DataFrame(numbered, schema={name: kind for name, kind in listing.SCHEMA.items() if name in wanted})
    )


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=lists, seed=st.integers(0, 1000))
def test_order_of_rows_changes_nothing(rows: list[dict[str, Any]], seed: int) -> None:
    frame = listings(rows)
    straight = link(frame.head(6), frame.slice(6), as_of=AS_OF)
    shuffled = link(
        frame.head(6).sample(fraction=1, shuffle=True, seed=seed),
        frame.slice(6).sample(fraction=1, shuffle=True, seed=seed),
        as_of=AS_OF,
    )
    assert straight.pairs.equals(shuffled.pairs)
    assert straight.persons.equals(shuffled.persons)


born_together = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["RAHMAD", "RAHMAT", "RAHMAT S", "FITRIA", "FITRIYA", "HASAN", "HASANI"]),
        "nik": st.sampled_from([None, "6203990506880001", "6203990506880002"]),
        "birth_date": st.just(dt.date(1988, 6, 5)),
        "village": st.just("Tumbang Contoh"),
        "kk": st.sampled_from([None, "6203991101100001"]),
        "phone": st.sampled_from([None, "+6281200000001"]),
    }
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=st.lists(born_together, min_size=2, max_size=6), seed=st.integers(0, 1000))
def test_order_of_twins_changes_no_decision(rows: list[dict[str, Any]], seed: int) -> None:
    def told(frame: pl.DataFrame) -> set[tuple[object, ...]]:
        linkage = link(frame, as_of=AS_OF)
        return set(linkage.pairs.select("left", "right", "decision", "why").rows())

    frame = listings(rows)
    assert told(frame) == told(frame.sample(fraction=1, shuffle=True, seed=seed))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=lists)
def test_pairs_called_same_are_exactly_the_persons(rows: list[dict[str, Any]]) -> None:
    linkage = link(listings(rows), as_of=AS_OF)
    number = dict(linkage.persons.iter_rows())
    together = {(a, b) for a in number for b in number if a < b and number[a] == number[b]}
    same = linkage.pairs.filter(pl.col("decision") == "same").select("left", "right").rows()
    assert set(same) == together
    assert linkage.pairs.filter(pl.col("left") >= pl.col("right")).is_empty()
    assert linkage.pairs["probability"].is_between(0, 1).all()


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(one=person.filter(lambda row: row["birth_date"] is not None and row["nik"] is not None))
def test_person_linked_to_itself_is_certain(one: dict[str, Any]) -> None:
    full = one | {"name": f"{one['name']} Penyang", "nik": "6203991405870003"}
    linkage = link(listings([full, full]), as_of=AS_OF)
    assert linkage.pairs["decision"].to_list() == ["same"]
    assert linkage.pairs["probability"][0] > 0.999


def test_very_many_records_hang_together_only_by_certain_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "LARGEST", 4)

    def chained(weight: float, many: int) -> list[int]:
        pairs = {"rid_l": range(many - 1), "rid_r": range(1, many), "match_weight": [weight] * (many - 1)}
        return clusters.components(many, pl.DataFrame(pairs))

    assert chained(3.0, 4) == [0] * 4
    assert chained(3.0, 8) == list(range(8))
    assert chained(clusters.BOUND, 8) == [0] * 8
    assert clusters.inner_pairs([0] * 4).height == 6
    assert clusters.inner_pairs([0] * 8).is_empty()
