"""The office as processes of its own, on either database, for tests that do it harm."""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "office"))

import pytest
from attackworld import Attacked
from postgresworld import postgresql

__all__ = ["postgresql"]


LONG = bool(os.environ.get("PAYUNG_ATTACKS"))


@pytest.fixture
def long_attack() -> None:
    """Only where somebody asks for it: minutes of one processor."""
    if not LONG:
        pytest.skip("PAYUNG_ATTACKS=1 plays the attacks that take minutes")


@pytest.fixture(scope="session")
def set_up_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a closed office on SQLite with a few accounts, to be copied."""
    return Attacked(tmp_path_factory.mktemp("sekali") / "kantor", "").home


@pytest.fixture(params=["sqlite", "postgresql"])
def attacked(request: pytest.FixtureRequest, tmp_path: Path) -> Attacked:
    """A closed office with a few accounts; once on each kind of database.

    PAYUNG_ATTACKS=1 plays them on PostgreSQL too, and those that take minutes (:func:`long_attack`).
    """
    if request.param == "postgresql":
        if not LONG:
            pytest.skip("PAYUNG_ATTACKS=1 plays the attacks on PostgreSQL too")
        return Attacked(tmp_path / "kantor", request.getfixturevalue("postgresql"))
    return Attacked(tmp_path / "kantor", "", like=request.getfixturevalue("set_up_once"))


@pytest.fixture
def on_sqlite(tmp_path: Path, set_up_once: Path) -> Attacked:
    """A closed office on SQLite."""
    return Attacked(tmp_path / "kantor", "", like=set_up_once)
