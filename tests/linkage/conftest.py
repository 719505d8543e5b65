"""Invented people for the linkage tests."""

from __future__ import annotations

import datetime as dt
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from payung.people import listing

AS_OF = dt.date(2026, 11, 21)
KNOWN_TRUTH = Path(__file__).resolve().parents[2] / "bench" / "known_truth" / "__init__.py"

People = Callable[..., pl.DataFrame]


@pytest.fixture
def as_of() -> dt.date:
    return AS_OF


@pytest.fixture
def people() -> People:
    """Give a maker of listings: each person a dict, with the facts of an ordinary one where left out."""

    def make(*persons: dict[str, Any]) -> pl.DataFrame:
        rows = []
        for number, person in enumerate(persons, start=1):
            usual = {
                "record": f"r{number}",
                "file": "daftar.xlsx",
                "birth_date_from": "cell",
                "village": "Tumbang Contoh",
                "district": "Contoh Hulu",
                "sex": "L",
            }
            rows.append(usual | person)
        wanted = {key for row in rows for key in row}
        schema = {name: kind for name, kind in listing.SCHEMA.items() if name in wanted}
        return listing.conform(pl.DataFrame(rows, schema=schema))

    return make


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, int, int], dict[str, pl.DataFrame]]:
    """Give a maker of generated lists: profile, rows, seed → listings of both sides and the truth."""
    spec = importlib.util.spec_from_file_location(
        "payung_known_truth", KNOWN_TRUTH, submodule_search_locations=[str(KNOWN_TRUTH.parent)]
    )
    assert spec is not None
    assert spec.loader is not None
    known_truth = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = known_truth
    spec.loader.exec_module(known_truth)

    from payung.linkage import tables

    columns = {
        "name": "nama",
        "nik": "nik",
        "kk": "no_kk",
        "birth_date": "tgl_lahir",
        "birth_place": "tempat_lahir",
        "sex": "jk",
        "phone": "no_hp",
        "village": "desa",
        "district": "kecamatan",
    }

    def make(profile: str, rows: int, seed: int) -> dict[str, pl.DataFrame]:
        made = known_truth.generate(rows, seed, profile)
        return {
            "roster": tables.listings(made.roster, columns, file="roster", as_of=AS_OF, identity="rec_id"),
            "insurer": tables.listings(made.insurer, columns, file="insurer", as_of=AS_OF, identity="rec_id"),
            "truth": made.truth,
        }

    return make
