"""Eight sessions take from one line at once: never more than there is, on SQLite and PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest
import races


@pytest.mark.slow
def test_eight_sessions_get_ten_people_in(tmp_path: Path) -> None:
    told = races.played(Path(__file__).with_name("allocating.py"), tmp_path)
    ten = {"sessions": 8, "got": 10, "held": 10, "overspent": 0}
    assert told == {"one_each": ten, "two_each": ten, "broken": None}
