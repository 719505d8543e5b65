"""A ready list answers for a new roster as a full run does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from payung.errors import InputError
from payung.linkage import Decisions, fingerprints, link
from payung.linkage.index import Index

AS_OF = dt.date(2026, 11, 21)


def crossing(pairs: pl.DataFrame) -> set[tuple[str, str]]:
    same = pairs.filter(
        (pl.col("decision") == "same") & (pl.col("left").str.head(1) != pl.col("right").str.head(1))
    )
    return set(same.select("left", "right").rows())


@pytest.mark.slow
def test_index_finds_what_a_full_run_finds(
    generated: Callable[[str, int, int], dict[str, pl.DataFrame]],
) -> None:
    made = generated("default", 4_000, 6)
    roster = made["roster"].head(200)
    index = Index.build(made["insurer"], as_of=AS_OF)
    quick = crossing(index.link(roster).pairs)
    full = crossing(link(roster, made["insurer"], as_of=AS_OF).pairs)
    assert len(full) > 50
    assert len(quick & full) >= 0.97 * len(quick | full)


def test_saved_index_answers_alike(people: Callable[..., pl.DataFrame], tmp_path: Path) -> None:
    one = {"name": "Ruben Asang", "nik": "6203990101800001", "birth_date": dt.date(1980, 1, 1)}
    known = people(one | {"record": "k1"}, {"record": "k2", "name": "Siti Aminah", "sex": "P"})
    index = Index.build(known, as_of=AS_OF)
    index.save(tmp_path / "indeks")
    new = people(one)
    before, after = index.link(new), Index.load(tmp_path / "indeks").link(new)
    assert before.pairs.equals(after.pairs)
    assert before.pairs.select("left", "right", "decision").rows() == [
        ("k1", "r1", "same")
    ] or before.pairs.select("left", "right", "decision").rows() == [("r1", "k1", "same")]


def test_index_remembers_decisions(people: Callable[..., pl.DataFrame]) -> None:
    one = {"name": "Ruben Asang", "nik": "6203990101800001", "birth_date": dt.date(1980, 1, 1)}
    known, new = people(one | {"record": "k1", "phone": "+6281200000001"}), people(one)
    memory = Decisions()
    memory.decide(fingerprints(known)[0], fingerprints(new)[0], "different")
    assert Index.build(known, as_of=AS_OF).link(new, decisions=memory).pairs.is_empty()


def test_folder_without_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="tidak berisi indeks"):
        Index.load(tmp_path)
