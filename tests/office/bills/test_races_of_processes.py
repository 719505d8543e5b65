"""The races of bills between processes, on the database of this run: SQLite here, PostgreSQL in test_postgresql.py."""

from __future__ import annotations

from pathlib import Path

import pytest
import races


@pytest.mark.slow
def test_at_the_same_moment_one_wins_and_nothing_is_half(tmp_path: Path) -> None:
    told = races.played(Path(__file__).with_name("racing.py"), tmp_path)
    assert (told.pop("findings"), told.pop("broken")) == ([], None)
    assert told == {
        "four_proofs": {"paid": 2, "months": 2, "kept": 6},
        "two_bills": {"named": 4, "people": 4, "rows": 4, "seq": 1},
        "two_postings": {"done": 2, "rows": 8, "people": 8, "seq": 1},
        "double_correction": {"done": 1, "rows": 2},
        "eight_approvals": {"done": 4, "billed": 4, "free": 0},
    }
