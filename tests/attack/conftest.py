"""The office as processes of its own, on either database, for tests that do it harm."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "office"))

import pytest
from attackworld import Attacked
from postgresworld import postgresql

__all__ = ["postgresql"]


@pytest.fixture(params=["sqlite", "postgresql"])
def attacked(request: pytest.FixtureRequest, tmp_path: Path) -> Attacked:
    """An office that was set up, with a few accounts, closed; once on each kind of database."""
    address = request.getfixturevalue("postgresql") if request.param == "postgresql" else ""
    return Attacked(tmp_path / "kantor", address)
