"""Decisions are remembered, never asked again, and can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.errors import InputError
from payung.linkage import Decisions, fingerprints, link
from payung.linkage.decisions import FURTHEST, Measured
from payung.linkage.explain import in_words

AS_OF = dt.date(2026, 11, 21)
ONE: dict[str, Any] = {
    "name": "Hendri Maulana", "nik": "6203991405870001", "birth_date": dt.date(1987, 5, 14)
}  # fmt: skip
TWIN = ONE | {"name": "Hendra Maulana", "nik": "6203991405870002"}


def marks(frame: pl.DataFrame) -> list[str]:
    return fingerprints(frame).to_list()


def test_decided_same_becomes_one_person(people: Callable[..., pl.DataFrame]) -> None:
    frame = people(ONE, TWIN)
    memory = Decisions()
    memory.decide(*marks(frame), "same", by="Ani", why="KTP dilihat")
    linkage = link(frame, as_of=AS_OF, decisions=memory)
    assert linkage.pairs["decision"].to_list() == ["same"]
    assert linkage.pairs["probability"].to_list() == [1.0]
    assert in_words(linkage.pairs)["why"][0].startswith("diputuskan orang: satu orang")


def test_decided_different_is_not_asked_again(people: Callable[..., pl.DataFrame]) -> None:
    frame = people(ONE, ONE)
    memory = Decisions()
    memory.decide(*marks(frame), "different")
    assert link(frame, as_of=AS_OF).pairs.height == 1
    again = link(frame, as_of=AS_OF, decisions=memory)
    assert again.pairs.is_empty() or marks(frame)[0] == marks(frame)[1]


def test_different_keeps_two_rows_apart_though_a_third_joins_them(
    people: Callable[..., pl.DataFrame],
) -> None:
    other = ONE | {"phone": "+6281200000001"}
    frame = people(ONE, other, ONE | {"village": "Tbg Contoh"})
    memory = Decisions()
    left, right, _ = marks(frame)
    memory.decide(left, right, "different")
    numbers = link(frame, as_of=AS_OF, decisions=memory).persons["person"].to_list()
    assert numbers[0] != numbers[1]


def test_decision_holds_for_the_same_rows_in_another_file(people: Callable[..., pl.DataFrame]) -> None:
    first = people(ONE, TWIN)
    memory = Decisions()
    memory.decide(*marks(first), "different")
    later = people(ONE | {"record": "x7", "file": "baru.xlsx"}, TWIN | {"record": "x9", "file": "baru.xlsx"})
    assert link(later, as_of=AS_OF, decisions=memory).pairs.is_empty()


def test_undo_restores(people: Callable[..., pl.DataFrame], tmp_path: Path) -> None:
    frame = people(ONE, TWIN)
    before = link(frame, as_of=AS_OF)
    memory = Decisions(tmp_path / "keputusan.jsonl")
    taken = memory.decide(*marks(frame), "same", by="Ani")
    assert not link(frame, as_of=AS_OF, decisions=memory).pairs.equals(before.pairs)
    memory.undo(taken.number)
    for held in (memory, Decisions.load(tmp_path / "keputusan.jsonl")):
        after = link(frame, as_of=AS_OF, decisions=held)
        assert after.pairs.equals(before.pairs)
        assert after.persons.equals(before.persons)


def test_undo_brings_back_the_decision_before(tmp_path: Path) -> None:
    memory = Decisions(tmp_path / "keputusan.jsonl")
    memory.decide("a", "b", "same")
    second = memory.decide("b", "a", "different")
    assert [one.verdict for one in memory] == ["different"]
    memory.undo(second.number)
    assert [one.verdict for one in Decisions.load(tmp_path / "keputusan.jsonl")] == ["same"]


def test_memory_keeps_who_why_when_and_which(tmp_path: Path) -> None:
    path = tmp_path / "keputusan.jsonl"
    Decisions(path).decide("b", "a", "same", keep="b", weight=1.5, by="Ani", why="dilihat", on="2026-11-21")
    (one,) = Decisions.load(path)
    assert (one.left, one.right, one.keep, one.by, one.why, one.on) == (
        "a",
        "b",
        "b",
        "Ani",
        "dilihat",
        "2026-11-21",
    )


def test_undo_of_unknown_number_is_refused() -> None:
    with pytest.raises(InputError, match="Tidak ada keputusan nomor 3"):
        Decisions().undo(3)


@pytest.mark.parametrize("line", ["{", '{"number": 1}', "[]", '{"undo": "x"}'])
def test_broken_memory_names_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "keputusan.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="baris 1"):
        Decisions.load(path)


def test_thresholds_learn_from_decisions() -> None:
    careful, bold = Decisions(), Decisions()
    for n in range(60):
        careful.decide(f"a{n}", f"b{n}", "same", weight=-2.0)
        bold.decide(f"a{n}", f"b{n}", "different", weight=1.0)
    assert careful.shift() > 1
    assert bold.shift() < -1
    assert Decisions().shift() == pytest.approx(0, abs=0.001)


@given(st.lists(st.tuples(st.floats(-20, 20), st.booleans()), max_size=30))
def test_shift_stays_within_bounds(seen: list[tuple[float, bool]]) -> None:
    memory = Decisions()
    for n, (weight, same) in enumerate(seen):
        memory.decide(f"a{n}", f"b{n}", "same" if same else "different", weight=weight)
    assert -FURTHEST <= memory.shift() <= FURTHEST


def test_error_rate_is_measured_on_what_was_looked_at() -> None:
    memory = Decisions()
    for n in range(40):
        memory.decide(f"a{n}", f"b{n}", "different" if n == 0 else "same", weight=8.0, called="same")
    memory.decide("x", "y", "different", weight=-3.0)
    measured = memory.same_wrong()
    assert (measured.looked, measured.wrong, measured.rate) == (40, 1, 0.025)
    low, high = measured.interval
    assert 0 < low < 0.025 < high < 0.15


def test_error_rate_without_decisions_is_unknown() -> None:
    assert Measured(0, 0).interval == (0.0, 1.0)


def test_what_the_machine_said_stays_as_it_was_before_anybody_decided(tmp_path: Path) -> None:
    memory = Decisions(tmp_path / "m.jsonl")
    memory.decide("a", "b", "same", weight=-0.2, called="review")
    memory.decide("b", "a", "different", weight=19.9, called="same")
    assert memory.same_wrong() == Measured(0, 0)
    assert Decisions.load(tmp_path / "m.jsonl").same_wrong() == Measured(0, 0)
    assert [one.weight for one in memory] == [-0.2]


def test_pair_asked_for_another_reason_than_its_weight_is_no_error_of_the_machine() -> None:
    memory = Decisions()
    memory.decide("a", "b", "different", weight=13.8, called="review")
    assert memory.same_wrong() == Measured(0, 0)
    assert memory.shift() == pytest.approx(0, abs=0.001)


@pytest.mark.parametrize(
    "line",
    [
        '{"number": 1, "left": "a", "right": "b", "verdict": "same", "weight": "x"}',
        '{"number": 1, "left": 5, "right": "b", "verdict": "same"}',
        '{"number": 1, "left": "a", "right": "b", "verdict": "maybe"}',
    ],
)
def test_line_that_cannot_be_a_decision_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "m.jsonl").write_text(line + "\n")
    with pytest.raises(InputError, match="baris 1"):
        Decisions.load(tmp_path / "m.jsonl")


def test_memory_that_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="tidak dapat disimpan"):
        Decisions(tmp_path).decide("a", "b", "same")
    with pytest.raises(InputError, match="tidak dapat dibaca"):
        Decisions.load(tmp_path)
