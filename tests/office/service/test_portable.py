"""An office goes out as open files and comes back the same, on either database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import frictionless
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connections
from insightworld import fill
from officeworld import listing

from payung.errors import InputError
from payung.office.service import portable, tables
from payung.office.service.addresses import database

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("regions")]


@pytest.fixture
def world(regions: None, settings: Any, tmp_path: Path) -> None:
    fill()
    settings.MEDIA_ROOT = tmp_path / "uploads"
    (settings.MEDIA_ROOT / "ab").mkdir(parents=True)
    (settings.MEDIA_ROOT / "ab" / "berkas").write_bytes(b"sealed")


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def _quiet(*_: Any) -> None:
    return None


def _let_through(connection: Any) -> None:
    """Let a test reach a database that Django did not make for it."""

    def ensure() -> None:
        if connection.connection is None:
            connection.connect()

    connection.ensure_connection = ensure


@pytest.fixture
def empty(tmp_path: Path, postgresql: str) -> Iterator[list[str]]:
    """Two empty migrated databases, one of each kind: their names."""
    names = []
    for kind, address in (("sqlite", ""), ("postgresql", postgresql)):
        given = database(address, tmp_path, pool=False, connections=2)
        tables.connect(f"empty_{kind}", given)
        _let_through(connections[f"empty_{kind}"])
        call_command("migrate", database=f"empty_{kind}", interactive=False, verbosity=0)
        names.append(f"empty_{kind}")
    yield names
    for name in names:
        connections[name].close()
        del connections.databases[name]


@pytest.mark.slow
@pytest.mark.usefixtures("world")
def test_out_and_in_and_out_again_is_the_same(tmp_path: Path, empty: list[str]) -> None:
    first = tmp_path / "first"
    descriptor = portable.export(first, says=_quiet)
    written = _files(first)
    for one in descriptor["resources"]:
        data = written[one["path"]]
        assert one["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert one["bytes"] == len(data)
    names = {one["path"] for one in descriptor["resources"]}
    assert {
        "data/months_month.csv",
        "data/bills_line.csv",
        "data/history_event.csv",
        "uploads/ab/berkas",
    } <= names
    assert len(written["data/months_month.csv"].splitlines()) > 30
    assert not any(listing(number)["nik"].encode() in data for number in (1, 2) for data in written.values())
    assert json.loads(written["datapackage.json"]) == descriptor
    report = frictionless.validate(str(first / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])[:5]
    assert sum(task.stats.get("rows", 0) for task in report.tasks) == sum(tables.counts("default").values())
    for alias in empty:
        many = portable.load(first, portable.described(first), alias=alias)
        assert many == tables.counts(alias)
        again = tmp_path / f"again-{alias}"
        portable.export(again, alias=alias, says=_quiet)
        assert _files(again) == written, alias
        with pytest.raises(DatabaseError), connections[alias].cursor() as cursor:  # its guards are back
            cursor.execute("DELETE FROM months_month")


@pytest.mark.usefixtures("world")
def test_a_package_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "out"
    portable.export(target, says=_quiet)
    with pytest.raises(InputError, match=r"tidak kosong|not empty"):
        portable.export(target, says=_quiet)
    path = target / "data" / "people_person.csv"
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(InputError, match=r"people_person\.csv"):
        portable.described(target)
    path.unlink()
    with pytest.raises(InputError, match=r"people_person\.csv"):
        portable.described(target)
    descriptor = json.loads((target / "datapackage.json").read_text())
    descriptor["resources"][0]["path"] = "../../etc/passwd"
    (target / "datapackage.json").write_text(json.dumps(descriptor))
    with pytest.raises(InputError, match="passwd"):
        portable.described(target)
    with pytest.raises(InputError, match="datapackage"):
        portable.described(tmp_path)
