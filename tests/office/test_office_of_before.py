"""An office of version 0.1.0, whose apps had other names, opens after the upgrade and holds the same."""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.urls import get_resolver

from payung.office.renamed import TABLES
from payung.said import sentences

HERE = Path(__file__).parent / "before"
SECRET = "rahasia-uji-kantor-lama-yang-panjang-0123456789"
SPELLED = {"dbh_sawit": "dbh-sawit", "apbd_provinsi": "apbd-provinsi"}
LOOK = """
from payung.office.service import start
start.load(); start.prepare()
import json
from django.db import connection
from payung.office.history import chain
from payung.office.history.models import Event
from payung.office.people.models import Person, Membership
from payung.office.desk.labels import changes
from payung.office.face import deeds
from payung.office.duplicates.models import Pair
from payung.office.submissions.models import Upload
from payung.office.accounts.models import User
from django.conf import settings
from django.core.management import call_command
from django.test import Client
verdict = chain.verify()
counts = {}
with connection.cursor() as cursor:
    for table in connection.introspection.table_names(cursor):
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        counts[table] = cursor.fetchone()[0]
client = Client()
client.force_login(User.objects.get(username="dinsos"), backend=settings.AUTHENTICATION_BACKENDS[1])
pages = {}
for address in ["/", "/orang/", "/orang/1/", "/usulan/", "/padan/", "/tinjau/", "/tinjau/1/", "/kartu/", "/papan/"]:
    pages[address] = client.get(address).status_code
made = call_command("makemigrations", check=True, dry_run=True, verbosity=0)
print(json.dumps({
    "events": verdict.events, "chain": verdict.chain, "broken": verdict.broken_at, "counts": counts, "pages": pages,
    "people": [[p.pk, p.nik, p.name, p.village_code, p.life_status] for p in Person.everybody.order_by("pk")],
    "memberships": [[m.person_id, m.segment, m.source, m.kpj, m.from_month] for m in Membership.objects.order_by("pk")],
    "why": [pair.why for pair in Pair.objects.all()],
    "columns": [one["why"] for up in Upload.objects.all() for table in up.tables for one in table["columns"]],
    "unknown": sorted({e.action for e in Event.objects.all()} - set(deeds())),
    "said": [line for e in Event.objects.all() for line in changes(e.before, e.after, e.action)][:200],
}))
"""


def _opened(tmp_path: Path, database: str) -> dict[str, Any]:
    environment = {
        **os.environ,
        "PAYUNG_HOME": str(tmp_path),
        "PAYUNG_SECRET": SECRET,
        "PAYUNG_DATABASE": database,
        "PAYUNG_DATABASE_POOL": "0",
        "PAYUNG_SECOND_FACTOR": "0",
        "PAYUNG_HOSTS": "testserver",
        "DJANGO_SETTINGS_MODULE": "payung.office.settings",
    }
    told = subprocess.run(
        [sys.executable, "-c", LOOK], env=environment, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr
    found: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return found


def _same(found: dict[str, Any], truth: dict[str, Any]) -> None:
    assert found["broken"] is None
    assert (found["events"], found["chain"]) == (truth["events"], truth["chain"])
    assert found["why"]
    for why in found["why"]:
        assert why
        assert set(why.split()) <= set(sentences("linkage"))
    assert found["columns"]
    assert [one for one in found["columns"] if not isinstance(one, dict)] == []
    for before, now in TABLES.items():
        assert found["counts"][now] == truth["counts"][before], now
        assert before not in found["counts"]
    assert found["people"] == truth["people"]
    expected = [[*m[:2], SPELLED.get(m[2], m[2]), *m[3:]] for m in truth["memberships"]]
    assert found["memberships"] == expected
    assert set(found["pages"].values()) == {200}, found["pages"]
    assert found["unknown"] == []
    assert "hasil: meninggal" in found["said"]


@pytest.mark.slow
def test_sqlite_office_of_before_opens_with_the_same_people_pages_and_history(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "office.sqlite3") as connection:
        connection.executescript(gzip.decompress((HERE / "sqlite.sql.gz").read_bytes()).decode())
    truth = json.loads((HERE / "sqlite.json").read_text("utf-8"))
    found = _opened(tmp_path, "")
    _same(found, truth)
    again = _opened(tmp_path, "")  # the second start changes nothing but that somebody signed in
    assert (again["people"], again["memberships"], again["broken"]) == (
        found["people"],
        found["memberships"],
        None,
    )


@pytest.mark.slow
def test_postgresql_office_of_before_opens_with_the_same_people_pages_and_history(
    tmp_path: Path,
    postgresql: str,
) -> None:
    import psycopg

    dump = gzip.decompress((HERE / "postgresql.sql.gz").read_bytes()).decode()
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute(dump)
    truth = json.loads((HERE / "postgresql.json").read_text("utf-8"))
    _same(_opened(tmp_path, postgresql), truth)


def test_every_address_of_before_is_an_address_still() -> None:
    """Pages that people noted or sent to others (routes of version 0.1.0) still open; none had to be redirected."""
    now = {str(page.pattern) for page in get_resolver().url_patterns}
    before = (HERE / "addresses.txt").read_text("utf-8").splitlines()
    assert len(before) == 81
    assert [route for route in before if route not in now] == []
