"""Several sessions issue letters of one register at once: no number twice, none left out; both databases."""

from __future__ import annotations

from pathlib import Path

import pytest
import races


@pytest.mark.slow
def test_sessions_that_issue_at_once_leave_no_gap(tmp_path: Path) -> None:
    told = races.played(Path(__file__).with_name("issuing.py"), tmp_path)
    assert told == {"issued": [3] * 4, "serials": list(range(1, 13)), "broken": None}
