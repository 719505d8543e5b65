"""Several sessions issue letters of one register at once: no number twice, none left out; both databases."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SESSIONS, EACH = 4, 3
PREPARE = """
from payung.office.service import start
start.load()
start.prepare()
from payung.office.regions import actions as regions
regions.load(by="t", district="62.03")
"""
COUNT = """
from payung.office.service import start
start.load()
from payung.office.history.chain import verify
from payung.office.letters.models import Letter
print(*Letter.objects.order_by("serial").values_list("serial", flat=True), verify().broken_at)
"""


@pytest.mark.slow
def test_sessions_that_issue_at_once_leave_no_gap(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    environment |= {"PAYUNG_HOME": str(tmp_path), "PAYUNG_DATABASE": _database(), "PAYUNG_DATABASE_POOL": "0"}

    def run(code: str) -> str:
        command = [sys.executable, "-c", code]
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout

    run(PREPARE)
    command = [sys.executable, str(HERE / "issuing.py"), f"{EACH}"]
    sessions = [subprocess.Popen(command, env=environment) for _ in range(SESSIONS)]
    assert [session.wait(timeout=240) for session in sessions] == [0] * SESSIONS
    wanted = [str(serial) for serial in range(1, SESSIONS * EACH + 1)]
    assert run(COUNT).split() == [*wanted, "None"]


def _database() -> str:
    """The address of a database of its own on the PostgreSQL of this run; empty for SQLite."""
    address = os.environ.get("PAYUNG_TEST_DATABASE", "")
    if not address:
        return ""
    import psycopg

    name = f"letters_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name}")
    return address.rpartition("/")[0] + f"/{name}"
