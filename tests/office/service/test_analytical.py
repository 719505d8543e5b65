"""What leaves as Parquet says what the office says: the differences of a month, and who is covered."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from insightworld import fill

from payung.engine.analytics import coverage, members, on_duckdb, reconciliation
from payung.errors import InputError
from payung.office.months.queries import covered_condition
from payung.office.people.models import Person
from payung.office.reconciliation.queries import compare
from payung.office.service import analytical

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regions")]
COVERED = ("active", "not_yet_due", "grace", "employer_first")


def test_the_files_say_what_the_office_says(tmp_path: Path) -> None:
    fill()
    many = analytical.export(tmp_path / "a")
    connection = on_duckdb(tmp_path / "a")
    for month in ("2026-08", "2026-09", "2026-10"):
        told = {kind: number for kind, number, *_ in connection.execute(reconciliation(month)).fetchall()}
        assert told == compare(month).counts(), month
    assert connection.execute("SELECT count(*) FROM bills").fetchone() == (many["bills"],)
    for day in (dt.date(2026, 9, 30), dt.date(2026, 11, 25)):
        said = connection.execute(members(day)).fetchall()
        covered = {row[1] for row in said if row[3] in COVERED}
        assert covered == set(Person.objects.filter(covered_condition(day)).values_list("pk", flat=True)), day
        rows = connection.execute(coverage(day)).fetchall()
        living = Person.objects.exclude(life_status="meninggal")
        assert sum(row[1] for row in rows) == living.count()
        assert sum(row[2] for row in rows) == living.filter(covered_condition(day)).count()


def test_the_files_hold_no_names_and_no_numbers_of_people(tmp_path: Path) -> None:
    fill()
    analytical.export(tmp_path / "a")
    content = b"".join(path.read_bytes() for path in sorted((tmp_path / "a").rglob("*.parquet")))
    person = Person.objects.first()
    assert person is not None
    assert person.name.encode() not in content
    assert (person.nik or "").encode() not in content
    told = json.loads((tmp_path / "a/analytics.json").read_text())
    assert set(told["rows"]) == set(told["columns"])


def test_an_office_without_anything_and_a_folder_with_something(tmp_path: Path, monkeypatch: Any) -> None:
    assert set(analytical.export(tmp_path / "a").values()) == {0}
    assert on_duckdb(tmp_path / "a").execute(coverage(dt.date(2026, 9, 30))).fetchall() == []
    with pytest.raises(InputError):
        analytical.export(tmp_path / "a")
