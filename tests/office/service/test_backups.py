"""Backing up, trying a backup, restoring, moving: nothing is lost on the way, and nobody else can read it."""

from __future__ import annotations

import gzip
import json
import shutil
import sqlite3
import stat
from pathlib import Path

import pytest
from officeworld import nik
from serviceworld import Open, needs_styles, payung, python, set_up

from payung.errors import InputError
from payung.office.service import archives, backups

pytestmark = needs_styles

FILL = f"""
import datetime as dt
from django.core.files.uploadedfile import SimpleUploadedFile
from payung.office.accounts import actions as accounts
from payung.office.submissions import actions as intake
from payung.office.jobs.worker import run_all
from payung.office.regions.models import Region
village = Region.objects.filter(level="village").first().code
for who, role, place in (("ops", "operator", village), ("kades", "kades", village), ("camat", "camat", village[:8]),
                         ("dinas", "dpmd", village[:5])):
    user = accounts.create_user(by="t", username=who, name="Rekaan", password=None, temporary=False)
    accounts.give_role(by="t", user=user, role=role, region_code=place, starts=dt.date(2020, 1, 1))
submission = intake.begin(by="ops", village_code=village, kind="aparatur")
rows = "NIK;NAMA;TANGGAL LAHIR;JABATAN\\n{nik(1)};SITI REKAAN;05-03-1989;Anggota BPD"
intake.upload(by="ops", submission=submission, file=SimpleUploadedFile("d.csv", rows.encode()))
run_all()
for who, step in (("kades", "submit"), ("camat", "endorse"), ("dinas", "accept")):
    intake.move(by=who, submission=submission, name=step)
run_all()
"""
LOOK = """
import json
from payung.office.service import tables
from payung.office.history.chain import verify
from payung.office.submissions.papers.files import opened
from payung.office.submissions.models import Upload
from payung.office.people.models import Person
found = tables.counts("default")
with opened(Upload.objects.get().path) as path:
    text = path.read_text()
verdict = verify()
print(json.dumps({"rows": found, "nik": Person.objects.get().nik, "file": text, "broken": verdict.broken_at,
                  "events": verdict.events}))
"""


def _seen(home: Path, **values: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(python(home, LOOK, **values))
    return found


def _same(one: dict[str, object], other: dict[str, object]) -> None:
    assert one["nik"] == other["nik"] == nik(1)
    assert one["file"] == other["file"]
    assert one["broken"] is other["broken"] is None
    rows, others = dict(one["rows"]), dict(other["rows"])  # type: ignore[call-overload]
    # The restore itself is recorded; workers come and go, and note the end of the history and the work of the day.
    for table in ("history_event", "history_mark", "history_watch", "jobs_beat", "jobs_job"):
        rows.pop(table), others.pop(table)
    assert rows == others


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "kantor"
    set_up(folder)
    python(folder, FILL)
    return folder


def _secret_to(home: Path, other: Path) -> None:
    other.mkdir()
    shutil.copy(home / "secret.key", other)


def test_open_office_is_backed_up_and_restored_elsewhere(home: Path, tmp_path: Path) -> None:
    before, shelf = _seen(home), tmp_path / "rak"
    missing = payung(home, "backup", str(shelf), "--keep", "1")  # a disk that is not mounted
    assert (missing.returncode, "no such folder" in missing.stderr, shelf.exists()) == (2, True, False)
    shelf.mkdir()
    with Open(home):
        for _ in range(2):
            told = payung(home, "backup", str(shelf), "--keep", "1")
            assert told.returncode == 0, told.stderr
    (backup,) = shelf.iterdir()
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    data = backup.read_bytes()
    for open_text in (b"SITI", nik(1).encode(), (home / "secret.key").read_bytes().strip(), b"SQLite format"):
        assert open_text not in data
    other = tmp_path / "mesin-lain" / "kantor"
    other.parent.mkdir()
    found = payung(other, "restore", str(backup))
    assert (found.returncode, "secret.key" in found.stderr, other.exists()) == (2, True, False)
    _secret_to(home, other)
    tried = payung(other, "restore", "--check", str(backup))
    assert (tried.returncode, "All is well" in tried.stdout) == (0, True), tried.stderr
    assert not (other / "office.sqlite3").exists()
    assert payung(other, "restore", str(backup)).returncode == 0
    _same(before, _seen(other))
    assert payung(other, "check").returncode == 0
    again = payung(other, "restore", str(backup))
    assert (again.returncode, "There is an office" in again.stderr) == (2, True)


def test_damaged_backup_and_wrong_secret_are_refused(home: Path, tmp_path: Path) -> None:
    backup = tmp_path / "satu.payung"
    assert payung(home, "backup", str(backup)).returncode == 0
    data = backup.read_bytes()
    for name, wrong in (
        ("short", data[:-20]),
        ("changed", data[:-20] + bytes([data[-20] ^ 1]) + data[-19:]),
        ("other", b"x" * 100),
    ):
        path = tmp_path / name
        path.write_bytes(wrong)
        found = payung(home, "restore", "--check", str(path))
        assert (found.returncode, "Traceback" in found.stderr) == (2, False), name
    other = tmp_path / "lain"
    other.mkdir()
    (other / "secret.key").write_text("a" * 64)
    found = payung(other, "restore", str(backup))
    assert (found.returncode, "secret.key" in found.stderr) == (2, True)
    assert sorted(path.name for path in other.iterdir() if path.name != "tmp") == ["secret.key"]


def test_office_moves_to_postgresql_and_back_through_a_backup(
    home: Path, tmp_path: Path, postgresql: str
) -> None:
    before = _seen(home)
    told = payung(home, "move", "--to", postgresql)
    assert told.returncode == 0, told.stderr
    assert "PAYUNG_DATABASE" in told.stdout
    moved = _seen(home, PAYUNG_DATABASE=postgresql)
    _same(before, moved)
    assert moved["events"] == int(str(before["events"])) + 1  # the move is in its history
    refused = payung(home, "move", "--to", postgresql)
    assert (refused.returncode, "empty one" in refused.stderr) == (2, True)
    # Rows that are made after the move get keys of their own.
    python(
        home,
        "from payung.office.accounts import actions\n"
        "actions.create_user(by='t', username='baru', name='Baru (rekaan)', password=None)",
        PAYUNG_DATABASE=postgresql,
    )
    backup = tmp_path / "pg.payung"
    assert payung(home, "backup", str(backup), PAYUNG_DATABASE=postgresql).returncode == 0
    other = tmp_path / "lain"
    _secret_to(home, other)
    assert payung(other, "restore", str(backup)).returncode == 0
    _same(_seen(home, PAYUNG_DATABASE=postgresql), _seen(other))
    empty = postgresql.rpartition("/")[0] + "/lain"
    import psycopg

    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute("CREATE DATABASE lain")
    third = tmp_path / "ketiga"
    _secret_to(home, third)
    told = payung(third, "restore", str(backup), PAYUNG_DATABASE=empty)
    assert told.returncode == 0, told.stderr
    _same(_seen(other), _seen(third, PAYUNG_DATABASE=empty))
    assert payung(third, "check", PAYUNG_DATABASE=empty).returncode == 0


def test_open_office_is_not_moved(home: Path, tmp_path: Path) -> None:
    with Open(home) as office:
        from serviceworld import until

        until(lambda: office.health()[1].get("worker") is True, office)
        found = payung(home, "move", "--to", "postgresql://u@127.0.0.1:1/n")
    assert (found.returncode, "The office is open" in found.stderr) == (2, True)


def test_backup_of_an_older_version_is_restored_and_brought_up_to_date(home: Path, tmp_path: Path) -> None:
    python(
        home,
        "from django.core.management import call_command\n"
        "call_command('migrate', 'accounts', '0002', verbosity=0, interactive=False)",
    )
    backup = tmp_path / "lama.payung"
    python(
        home,
        f"from pathlib import Path\nfrom payung.office.service import backups\n"
        f"backups.backup(Path({str(backup)!r}), says=lambda said: None)",
    )
    other = tmp_path / "lain"
    _secret_to(home, other)
    told = payung(other, "restore", str(backup))
    assert told.returncode == 0, told.stderr
    with sqlite3.connect(other / "office.sqlite3") as database:
        query = "SELECT count(*) FROM django_migrations WHERE app = 'accounts' AND name LIKE '0003%'"
        assert database.execute(query).fetchone()[0] == 1


def test_office_of_before_is_backed_up_before_its_upgrade_and_restored(tmp_path: Path) -> None:
    """Version 0.1.0 had other names of apps and no `payung backup`: the new program backs it up as it is."""
    from test_office_of_before import HERE, SECRET

    home = tmp_path / "lama"
    home.mkdir()
    (home / "secret.key").write_text(SECRET)
    with sqlite3.connect(home / "office.sqlite3") as database:
        database.executescript(gzip.decompress((HERE / "sqlite.sql.gz").read_bytes()).decode())
    truth = json.loads((HERE / "sqlite.json").read_text("utf-8"))
    told = payung(home, "verify-history")
    assert (told.returncode, "older version" in told.stderr) == (2, True)
    python(home, "start.ready(current=False)")  # what `serve` asks before it upgrades
    backup = tmp_path / "lama.payung"
    told = payung(home, "backup", str(backup), "--no-files")
    assert told.returncode == 0, told.stderr
    other = tmp_path / "baru"
    _secret_to(home, other)
    told = payung(other, "restore", str(backup))
    assert told.returncode == 0, told.stderr
    look = "from payung.office.people.models import Person\nprint(Person.everybody.count())"
    assert int(python(other, look)) == truth["counts"]["register_person"]


def test_a_whole_database_is_whole_and_a_damaged_one_is_not(tmp_path: Path) -> None:
    """Tables without row numbers too, of which some versions of SQLite tell empty values that they do not have."""
    path = tmp_path / "a.sqlite3"
    columns = "a INTEGER NOT NULL, b INTEGER NOT NULL, c INTEGER NOT NULL"
    with sqlite3.connect(path) as database:
        database.execute(f"CREATE TABLE months ({columns}, PRIMARY KEY (c, a)) STRICT, WITHOUT ROWID")
        database.executemany("INSERT INTO months VALUES (?, ?, ?)", [(n, n, n) for n in range(5000)])
        database.execute("CREATE TABLE people (a INTEGER PRIMARY KEY, b TEXT)")
        database.execute("INSERT INTO people VALUES (1, NULL)")
    database.close()
    rows = {"rows": {"months": 5000, "people": 1}}
    backups._whole(path, rows)
    with pytest.raises(InputError, match=r"rusak|damaged"):
        backups._whole(path, {"rows": {"months": 4999}})
    empty = tmp_path / "b.sqlite3"
    shutil.copy(path, empty)
    with sqlite3.connect(empty) as database:  # what a table does not allow, and is there
        database.execute("PRAGMA writable_schema = ON")
        database.execute("UPDATE sqlite_master SET sql = replace(sql, 'b TEXT', 'b TEXT NOT NULL')")
    database.close()
    data = bytearray(path.read_bytes())
    data[8192:12288] = b"\xff" * 4096  # its third page
    broken = tmp_path / "c.sqlite3"
    broken.write_bytes(data)
    for wrong in (empty, broken):
        with pytest.raises(InputError, match=r"rusak|damaged"):
            backups._whole(wrong, rows)


def test_backup_takes_names_that_it_makes_and_no_others(tmp_path: Path) -> None:
    import io
    import tarfile

    for name in ("../x", "/etc/x", "uploads/../../x", "lain"):
        made = io.BytesIO()
        with tarfile.open(fileobj=made, mode="w") as tar:
            tar.addfile(tarfile.TarInfo(name))
        made.seek(0)
        with tarfile.open(fileobj=made) as tar, pytest.raises(tarfile.TarError):
            archives._unpack(tar, tar.getmembers()[0], tmp_path)
    assert not list(tmp_path.iterdir())
