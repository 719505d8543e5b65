"""Eight sessions take from one line at once: never more than there is, on SQLite (processes) and PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SESSIONS, ROOM = 8, 10
PREPARE = f"""
import sys
sys.path[:0] = [{str(HERE)!r}, {str(HERE.parent)!r}]
from payung.office.service import start
start.load()
start.prepare()
from payung.office.regions import actions as regions
regions.load(by="t", district="62.03")
from programmeworld import line_of, people
from payung.law import bill
monthly = [bill(segment="bpu", income=10**6, month=f"2027-{{n:02d}}", source="apbd").total for n in range(1, 13)]
year = sum(monthly)
people(1, 16, village="62.03.01.1008")
print(line_of({ROOM} * year).pk, line_of({ROOM} * year + year // 2, name="dua").pk)
"""
COUNT = """
import sys
from payung.office.service import start
start.load()
from payung.office.programme.models import Balance, DecreePerson
from payung.office.history.chain import verify
line = int(sys.argv[1])
print(DecreePerson.objects.filter(line=line, held=True).count(), Balance.objects.get(line=line).free,
      verify().broken_at)
"""
DROP = """
import sys
from payung.office.service import start
start.load()
from payung.office.programme import actions
from payung.office.programme.models import Decree
for one in Decree.objects.filter(line=int(sys.argv[1]), state="frozen"):
    actions.drop(by="t", decree=one, reason="uji")
"""


@pytest.mark.slow
def test_eight_sessions_get_ten_people_in(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    environment |= {"PAYUNG_HOME": str(tmp_path), "PAYUNG_DATABASE": _database(), "PAYUNG_DATABASE_POOL": "0"}

    def run(*command: str) -> str:
        return subprocess.run(
            [sys.executable, *command], env=environment, check=True, capture_output=True, text=True
        ).stdout

    one, two = run("-c", PREPARE).split()
    for line, each in ((one, 1), (two, 2)):
        # Each session wants two people: sixteen ask for ten places.
        sessions = [
            subprocess.Popen(
                [sys.executable, str(HERE / "allocating.py"), line, str(number * 2), "2", str(each)],
                env=environment,
                stdout=subprocess.PIPE,
                text=True,
            )
            for number in range(SESSIONS)
        ]
        got = [int(session.communicate(timeout=240)[0]) for session in sessions]
        assert [session.returncode for session in sessions] == [0] * SESSIONS
        many, free, broken = run("-c", COUNT, line).split()
        assert sum(got) == int(many) == ROOM, got
        assert int(free) >= 0
        assert broken == "None"
        if line == one:
            _let_go(run, one)


def _let_go(run: Callable[..., str], line: str) -> None:
    """Give everybody up again, so that the second line may take them."""
    run("-c", DROP, line)


def _database() -> str:
    """The address of a database of its own on the PostgreSQL of this run; empty for SQLite."""
    address = os.environ.get("PAYUNG_TEST_DATABASE", "")
    if not address:
        return ""
    import psycopg

    name = f"race_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name}")
    return address.rpartition("/")[0] + f"/{name}"
