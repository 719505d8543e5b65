"""What would lose an office, and does not: cleaning, a wrong folder, a bad secret, an older program."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from serviceworld import needs_styles, payung, python, set_up

ROOT = Path(__file__).parents[3]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "kantor"


def test_cleaning_removes_the_demonstration_and_never_an_office(tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    kept = [tmp_path / "var/office/secret.key", tmp_path / "var/kantor/uploads/x", tmp_path / ".env"]
    gone = [
        tmp_path / "var/demo/office/secret.key",
        tmp_path / ".venv/bin/payung",
        tmp_path / "var/setup.log",
    ]
    for path in kept + gone:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    run = subprocess.run(
        ["make", "clean", "DEMO=var"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert all(path.exists() for path in kept)
    assert not any(path.exists() for path in gone)


@pytest.mark.parametrize(
    "command", ["serve", "worker", "verify-history", "check", "backup x.payung", "rescue-admin dewi", "jobs"]
)
def test_command_in_the_wrong_folder_makes_nothing(tmp_path: Path, command: str) -> None:
    found = payung(tmp_path / "salah", *command.split())
    assert (found.returncode, "There is no office" in found.stderr) == (2, True)
    assert not list(tmp_path.iterdir())


def test_office_of_before_is_named_where_nothing_was_said(tmp_path: Path) -> None:
    old = tmp_path / "var/office"
    old.mkdir(parents=True)
    (old / "secret.key").write_text("x" * 40)
    found = payung(tmp_path / "salah", "verify-history")
    assert f"PAYUNG_HOME={old}" in found.stderr


@needs_styles
def test_office_that_was_set_up_is_private_and_knows_its_secret(home: Path) -> None:
    set_up(home)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    for path in home.rglob("*"):
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path
    secret = home / "secret.key"
    kept = secret.read_text()
    for wrong in ("", "a" * 64):  # nobody has a NIK in this office yet
        secret.write_text(wrong)
        for command in ("verify-history", "serve"):
            found = payung(home, command)
            assert (found.returncode, "secret" in found.stderr.lower()) == (2, True), found.stderr
        assert secret.read_text() == wrong
    secret.unlink()
    found = payung(home, "verify-history")
    assert (found.returncode, secret.exists()) == (2, False)
    secret.write_text(kept)
    assert payung(home, "verify-history").returncode == 0


@needs_styles
def test_second_district_is_refused_unless_it_is_meant(home: Path) -> None:
    set_up(home)
    command = ("setup", "--district", "62.03", "--admin", "lain", "--name", "Lain (rekaan)")
    found = payung(home, *command)
    assert found.returncode == 2
    assert "Gunung Mas" in found.stderr
    code = "from payung.office.accounts.models import User\nprint(User.objects.count())"
    assert python(home, code).strip() == "1"
    assert payung(home, *command, "--another-district").returncode == 0
    assert python(home, code).strip() == "2"


@needs_styles
def test_older_program_refuses_the_database_of_a_newer_one(home: Path) -> None:
    set_up(home)
    python(
        home,
        "from django.db.migrations.recorder import MigrationRecorder as R\n"
        "from django.db import connection\nR(connection).record_applied('people', '9999_from_tomorrow')",
    )
    for command in ("serve", "worker", "verify-history"):
        found = payung(home, command)
        assert (found.returncode, "9999_from_tomorrow" in found.stderr) == (2, True), found.stderr


@needs_styles
def test_older_database_is_brought_up_to_date_by_serve_only(home: Path) -> None:
    set_up(home)
    python(
        home,
        "from django.core.management import call_command\n"
        "call_command('migrate', 'jobs', '0001', verbosity=0, interactive=False)",
    )
    found = payung(home, "worker")
    assert (found.returncode, "older version" in found.stderr) == (2, True)
    python(home, "start.prepare()")
    assert payung(home, "verify-history").returncode == 0


@needs_styles
def test_dump_that_would_lose_sealed_values_says_so(home: Path) -> None:
    set_up(home)
    told = python(
        home,
        "from payung.office.people.models import Person\n"
        "from payung.errors import PayungError\n"
        "from django.core import serializers\n"
        "try:\n    serializers.serialize('json', [Person(name='SITI', nik='6203991234567890')])\n"
        "except PayungError as error:\n    print(error.message.en)",
    )
    assert "payung move" in told
    assert "6203991234567890" not in told


def test_what_is_in_the_way_is_said_in_one_sentence(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    (tmp_path / "kantor").mkdir(mode=0o500)
    found = payung(tmp_path / "kantor", "setup", "--district", "62.10", "--admin", "dewi", "--name", "Dewi")
    assert (found.returncode, "Traceback" in found.stderr) == (2, False)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a folder away")
@pytest.mark.parametrize(
    "command", ["verify-history", "serve", "setup --district 62.10 --admin dewi --name Dewi"]
)
def test_root_leaves_no_files_in_the_office_of_its_owner(tmp_path: Path, command: str) -> None:
    home = tmp_path / "kantor"
    home.mkdir()
    (home / "secret.key").write_text("x" * 64)
    os.chown(home, 65534, 65534)
    found = payung(home, *command.split())
    assert (found.returncode, "run as that user" in found.stderr) == (2, True)
    assert [path.name for path in home.iterdir()] == ["secret.key"]


def test_secret_that_cannot_be_read_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "kantor/secret.key").mkdir(parents=True)  # nobody can read a folder, not even root
    found = payung(tmp_path / "kantor", "verify-history")
    assert (found.returncode, "secret.key cannot be read" in found.stderr) == (2, True)


def test_unknown_setting_is_told_with_what_may_be_meant(tmp_path: Path) -> None:
    found = payung(tmp_path / "kantor", "verify-history", PAYUNG_HOST="x")
    assert "PAYUNG_HOST is not known and is ignored. Is PAYUNG_HOSTS meant?" in found.stderr
