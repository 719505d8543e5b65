"""Starting with wrong settings: one sentence that says what is wrong, before anything is written."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from officeworld import listing
from serviceworld import set_up, surroundings

from payung.errors import InputError
from payung.office.service import installation, start
from payung.office.vault import sealed


def _payung(home: Path, *arguments: str, **values: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PAYUNG_HOME": str(home),
        "PAYUNG_DATABASE": "",
        "PAYUNG_LANG": "en",
        **values,
    }
    command = [sys.executable, "-c", "from payung.cli import main; main()", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=home)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@pytest.mark.parametrize("command", ["verify-history", "worker"])
def test_command_in_a_folder_without_an_office_says_so(tmp_path: Path, command: str) -> None:
    found = _payung(tmp_path, command)
    assert (found.returncode, "There is no office" in found.stderr) == (2, True)


@pytest.mark.parametrize("query", ["", "?nonsense=1"])
def test_database_that_cannot_be_opened_is_named_with_its_own_words(tmp_path: Path, query: str) -> None:
    address = f"postgresql://u:rahasia@127.0.0.1:{_free_port()}/payung{query}"
    found = _payung(tmp_path, "serve", "--port", str(_free_port()), PAYUNG_DATABASE=address)
    assert found.returncode == 2
    assert "PAYUNG_DATABASE cannot be opened" in found.stderr
    assert "Traceback" not in found.stderr
    assert "rahasia" not in found.stderr


def test_setup_with_a_name_that_cannot_be_one_leaves_nothing_behind(tmp_path: Path) -> None:
    found = _payung(tmp_path, "setup", "--district", "62.10", "--admin", "De wi!", "--name", "Dewi (rekaan)")
    assert (found.returncode, "A user name" in found.stderr) == (2, True)
    found = _payung(tmp_path, "verify-history")
    assert "0 events" in found.stdout


def test_address_that_cannot_be_opened_is_told_from_one_in_use() -> None:
    with pytest.raises(InputError, match="tidak dapat dibuka"):
        start.free("no.such.host.invalid", 8000)
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(InputError, match="sudah dipakai"):
        start.free("127.0.0.1", taken.getsockname()[1])


@pytest.mark.django_db
def test_office_does_not_open_with_another_secret(make_people: Any, settings: Any) -> None:
    make_people(listing(1))
    start.ready()
    settings.FIELD_KEY = b"another key of thirty-two bytes."
    sealed._cipher.cache_clear()
    try:
        with pytest.raises(InputError, match="rahasia lain"):
            start.ready()
    finally:
        sealed._cipher.cache_clear()


@pytest.mark.django_db
def test_worker_on_a_machine_without_the_files_says_so_at_its_start(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "here"
    installation.note()
    installation.refuse_other_uploads()
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    with pytest.raises(InputError, match="bukan folder unggahan kantor ini"):
        installation.refuse_other_uploads()


def test_hours_and_language_are_those_of_the_settings_file(tmp_path: Path) -> None:
    set_up(tmp_path / "kantor")
    (tmp_path / ".env").write_text("PAYUNG_TIMEZONE=Asia/Jayapura\nPAYUNG_LANG=id\n", encoding="utf-8")
    code = (
        "from payung.office.service import start\nstart.load()\nimport datetime as dt\n"
        "from django.utils import timezone\nfrom payung.text import Text\n"
        "at = dt.datetime(2026, 1, 31, 16, 0, tzinfo=dt.UTC)\n"
        "print(timezone.localtime(at).isoformat(), Text('ya', 'yes').read())"
    )
    environment = {
        name: value for name, value in surroundings(tmp_path / "kantor").items() if name != "PAYUNG_LANG"
    }
    run = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert run.stdout.split() == ["2026-02-01T01:00:00+09:00", "ya"]


def test_setup_that_is_left_at_a_question_makes_nothing_and_says_nothing_else(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from payung.cli import main; main()", "setup"]
    run = subprocess.run(
        command,
        env=surroundings(tmp_path / "kantor", PAYUNG_LANG="id"),
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
    )
    assert run.returncode == 130
    assert "Kode kabupaten" in run.stdout
    assert "Abort" not in run.stdout + run.stderr
    assert not (tmp_path / "kantor").exists()
