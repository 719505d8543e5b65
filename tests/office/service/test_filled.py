"""An office with every money table filled goes over to the other kind of database and back, out and in again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import psycopg
import pytest
from filledworld import FILL
from serviceworld import needs_styles, payung, python, set_up

pytestmark = [needs_styles, pytest.mark.slow]
# Of each room of money and of people: what must not be empty for this test to say anything.
FILLED = (
    *(
        "programme_agreement",
        "programme_line",
        "programme_ledgerentry",
        "programme_balance",
        "programme_decree",
    ),
    *("programme_decreeperson", "exchange_batch", "exchange_batchline", "exchange_answerrow", "months_month"),
    *(
        "months_posting",
        "bills_bill",
        "bills_line",
        "bills_billcopy",
        "bills_payment",
        "bills_use",
        "changes_change",
    ),
    *("arrears_rung", "letters_letter", "letters_order", "cases_case", "cases_incident", "cases_step"),
    *(
        "reconciliation_closing",
        "insight_denominator",
        "deaths_death",
        "deaths_deathlist",
        "scholarships_child",
        "insight_snapshot",
        "insight_snapshotcell",
    ),
    *("people_person", "people_membership", "history_event"),
)
# The move itself is recorded; a machine notes who works on it and when the office was opened.
OWN = (
    "history_event",
    "history_head",
    "history_mark",
    "history_watch",
    "jobs_beat",
    "jobs_job",
    "jobs_installation",
)
LOOK = """
import json, tempfile
from pathlib import Path
from django.db import DatabaseError, connection, transaction
from payung.office.service import checks, condition, portable, proofs
with tempfile.TemporaryDirectory() as folder:
    described = portable.export(Path(folder) / "out", says=lambda said: None)
rows = {one["path"][5:-4]: (one["rows"], one["hash"]) for one in described["resources"] if "rows" in one}
condition.register()
# How long work waits is no matter of where it is kept.
found = sorted({(one.code, one.where) for _, one in checks.walk() if one.fault and one.code != "work.stuck"})
refused = []
for statement in ("DELETE FROM months_month", "UPDATE programme_ledgerentry SET amount = amount + 1",
                  "DELETE FROM bills_payment", "DELETE FROM history_event"):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError:
        refused.append(statement)
print(json.dumps({"rows": rows, "found": found, "broken": proofs.verify().broken_at, "refused": len(refused),
                  "vendor": connection.vendor}))
"""


class Seen:
    """What an office holds and what is wrong with it."""

    def __init__(self, home: Path, database: str = "") -> None:
        told = json.loads(python(home, LOOK, PAYUNG_DATABASE=database))
        self.rows = {table: tuple(one) for table, one in told["rows"].items()}
        self.same = {table: one for table, one in self.rows.items() if table not in OWN}
        self.found = [tuple(one) for one in told["found"]]
        self.vendor = told["vendor"]
        assert told["broken"] is None
        assert told["refused"] == 4  # the guards are in their places again


def _database(postgresql: str, name: str) -> str:
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return f"{postgresql.rpartition('/')[0]}/{name}"


def _elsewhere(home: Path, name: str) -> Path:
    other = home.parent / name
    other.mkdir()
    shutil.copy(home / "secret.key", other)
    return other


def _well(home: Path, *arguments: str, database: str = "") -> None:
    told = payung(home, *arguments, PAYUNG_DATABASE=database)
    assert told.returncode == 0, told.stderr + told.stdout


def test_filled_office_goes_there_and_back_and_holds_the_same(tmp_path: Path, postgresql: str) -> None:
    home = tmp_path / "kantor"
    set_up(home)
    python(home, FILL)
    before = Seen(home)
    assert [table for table in FILLED if not before.rows[table][0]] == []

    there = _database(postgresql, "sana")
    _well(home, "move", "--to", there)
    moved = Seen(home, there)
    assert (moved.vendor, moved.same, moved.found) == ("postgresql", before.same, before.found)

    (home / "office.sqlite3").rename(tmp_path / "dulu.sqlite3")
    for rest in home.glob("office.sqlite3-*"):
        rest.unlink()
    _well(home, "move", "--to", "sqlite", database=there)
    back = Seen(home)
    assert (back.vendor, back.same, back.found) == ("sqlite", before.same, before.found)

    # Out as open files and in again (the other kind: test_portable.py); a backup of either, restored as the other.
    out = tmp_path / "keluar"
    _well(home, "export", str(out))
    other, database = _elsewhere(home, "impor"), _database(postgresql, "impor")
    _well(other, "import", str(out), database=database)
    taken = Seen(other, database)
    assert (taken.same, taken.found) == (before.same, before.found)
    for name, source, target in (
        ("pulih-sana", "", _database(postgresql, "pulih")),
        ("pulih-sini", there, ""),
    ):
        backup = tmp_path / f"{name}.payung"
        _well(home, "backup", str(backup), database=source)
        other = _elsewhere(home, name)
        _well(other, "restore", str(backup), database=target)
        restored = Seen(other, target)
        assert (restored.same, restored.found) == (before.same, before.found), name
