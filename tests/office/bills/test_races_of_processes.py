"""The races of bills between processes, on the database of this run: SQLite here, PostgreSQL in test_postgresql.py."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.mark.slow
def test_at_the_same_moment_one_wins_and_nothing_is_half(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    environment |= {
        "PAYUNG_HOME": str(tmp_path),
        "PAYUNG_DATABASE": _database(),
        "PAYUNG_DATABASE_POOL": "0",
        "PYTHONPATH": f"{HERE.parent}{os.pathsep}{HERE}",
    }
    run = subprocess.run(
        [sys.executable, str(HERE / "racing.py")],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    told = json.loads(run.stdout)
    assert (told.pop("findings"), told.pop("broken")) == ([], None)
    assert told == {
        "four_proofs": {"paid": 2, "months": 2, "kept": 6},
        "two_bills": {"named": 4, "people": 4, "rows": 4, "seq": 1},
        "two_postings": {"done": 2, "rows": 8, "people": 8, "seq": 1},
        "double_correction": {"done": 1, "rows": 2},
        "eight_approvals": {"done": 4, "billed": 4, "free": 0},
    }


def _database() -> str:
    """The address of a database of its own on the PostgreSQL of this run; empty for SQLite."""
    address = os.environ.get("PAYUNG_TEST_DATABASE", "")
    if not address:
        return ""
    import psycopg

    name = f"bills_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name}")
    return address.rpartition("/")[0] + f"/{name}"
