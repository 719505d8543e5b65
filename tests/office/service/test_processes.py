"""The office as processes: a worker killed in the middle of an import, the server, the terminal commands."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from officeworld import VILLAGE
from processesworld import environment_of, run, until, value

ROWS = 2500
PREPARE = f"""
from payung.office.service import start
start.load()
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
from django.core.files.uploadedfile import SimpleUploadedFile
from payung.office.submissions import actions
lines = ["NIK;NAMA;TANGGAL LAHIR"] + [f"620399050389{{n:04d}};ORANG {{n}};05-03-1989" for n in range(1, {ROWS} + 1)]
submission = actions.begin(by="operator", village_code="{VILLAGE}", kind="rentan")
actions.upload(by="operator", submission=submission, file=SimpleUploadedFile("d.csv", "\\n".join(lines).encode()))
"""


def _payung(home: Path, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    return run(home, "-c", "from payung.cli import main; main()", *arguments, check=check)


def test_worker_killed_in_the_middle_of_an_import_loses_and_doubles_nothing(tmp_path: Path) -> None:
    run(tmp_path, "-c", PREPARE)
    command = [sys.executable, "-m", "payung.office.service.worker"]
    rows = "SELECT count(*) FROM submissions_row"
    worker = subprocess.Popen(command, env=environment_of(tmp_path))
    until(lambda: value(tmp_path, rows) > 0)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    half = value(tmp_path, rows)
    assert 0 < half < ROWS
    with sqlite3.connect(tmp_path / "office.sqlite3", timeout=20) as database:
        state = database.execute("SELECT state, attempt FROM jobs_job").fetchone()
        assert state == ("running", 1)
        database.execute("UPDATE jobs_job SET heartbeat = '2020-01-01 00:00:00'")  # time passes
    worker = subprocess.Popen(command, env=environment_of(tmp_path))
    until(lambda: value(tmp_path, "SELECT count(*) FROM jobs_job WHERE state = 'done'") >= 1)
    worker.terminate()
    assert worker.wait(timeout=20) == 0
    assert (
        value(tmp_path, rows) == ROWS == value(tmp_path, "SELECT count(DISTINCT record) FROM submissions_row")
    )
    assert value(tmp_path, "SELECT count(*) FROM history_event WHERE action = 'submission.read'") == 1
    verdict = json.loads(_payung(tmp_path, "verify-history", "--json").stdout)
    assert verdict["broken_at"] is None


def test_broken_history_ends_with_code_1(tmp_path: Path) -> None:
    run(tmp_path, "-c", PREPARE)
    with sqlite3.connect(tmp_path / "office.sqlite3") as database:
        database.execute("DROP TRIGGER history_event_no_update")
        database.execute("UPDATE history_event SET actor = 'nobody' WHERE number = 1")
    found = _payung(tmp_path, "verify-history", check=False)
    assert (found.returncode, "event 1" in found.stdout) == (1, True)


def test_setup_makes_the_first_administrator_and_serve_opens(tmp_path: Path) -> None:
    from payung.office.service.assets import FILES, VENDOR

    if not all((VENDOR / name).exists() for name in FILES):
        pytest.skip("styles and scripts are not here: run `make setup` (payung assets)")
    told = _payung(
        tmp_path, "setup", "--district", "62.10", "--admin", "dewi", "--name", "Dewi (rekaan)"
    ).stdout
    assert "dewi" in told
    assert value(tmp_path, "SELECT count(*) FROM regions_region WHERE code LIKE '62.10%'") > 100
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-c", "from payung.cli import main; main()", "serve", "--port", str(port)],
        env=environment_of(tmp_path),
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
    )

    def healthy() -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/sehat/", timeout=5) as answer:
                return bool(json.load(answer)["ok"])
        except OSError:
            return False

    try:
        until(healthy)
        second = _payung(tmp_path, "serve", "--port", str(port), check=False)
        assert (second.returncode, "in use" in second.stderr) == (2, True)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/masuk/", timeout=10) as answer:
            page = answer.read().decode()
        style = re.findall(r'rel="stylesheet"\s+href="([^"]+)"', page)[0]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{style}", timeout=10) as answer:
            assert "immutable" in answer.headers["Cache-Control"]
            assert len(answer.read()) > 100_000
    finally:
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=30) == 0


def test_demonstration_fills_an_empty_office_once(tmp_path: Path) -> None:
    import datetime as dt

    from payung.district import make
    from payung.office.access.roles import ROLES
    from payung.office.service.assets import FILES, VENDOR

    if not all((VENDOR / name).exists() for name in FILES):
        pytest.skip("styles and scripts are not here: run `make setup` (payung assets)")
    make(tmp_path / "kapuas", district="62.03", people=150, seed=1, on=dt.date(2027, 1, 1))
    command = ("demo-office", str(tmp_path / "kapuas"), "--villages", "2", "--json")
    told = json.loads(_payung(tmp_path, *command).stdout)
    assert {account["role"] for account in told["accounts"]} == {role.name.en for role in ROLES.values()}
    assert value(tmp_path, "SELECT count(*) FROM people_person") > 0
    assert value(tmp_path, "SELECT count(*) FROM submissions_submission WHERE state = 'padan_dukcapil'") > 0
    people = value(tmp_path, "SELECT count(*) FROM people_person")
    assert json.loads(_payung(tmp_path, *command).stdout) == told
    assert value(tmp_path, "SELECT count(*) FROM people_person") == people
    assert json.loads(_payung(tmp_path, "verify-history", "--json").stdout)["broken_at"] is None
