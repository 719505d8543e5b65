"""The same tests on PostgreSQL: a throw-away server of this machine's own programs."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from officeworld import PASSWORD, nik

from payung.office.service.assets import FILES, VENDOR

HERE = Path(__file__).parent
SAME = (
    *(
        "test_columns.py",
        "test_races.py",
        "history",
        "access/test_scope.py",
        "people",
        "posts",
        "submissions",
        "jobs",
        "front",
    ),
    *("desk/test_lists.py", "duplicates", "answers", "cases", "check", "scholarships"),
)
MONEY = (
    "programme",
    "exchange",
    "months",
    "bills",
    "arrears",
    "deaths",
    "changes",
    "reconciliation",
    "scenarios",
    "letters",
    "donors",
)
AROUND = (
    *("accounts", "api", "exports", "face", "insight", "regions"),
    *("clinics", "mortality", "notices", "patterns", "policies", "reports", "suggestions"),
)
# Files that start processes of their own, which the other engine's run does already.
APART = (
    "duplicates/test_killed.py",
    "bills/test_killed.py",
    "submissions/test_history.py",
    "submissions/test_sentences.py",
)


@pytest.mark.parametrize("names", [SAME, MONEY, AROUND], ids=["people", "money", "around"])
def test_same_tests_pass_on_postgresql(postgresql: str, names: tuple[str, ...]) -> None:
    files = [str(HERE / name) for name in names]
    files += [f"--ignore={HERE / name}" for name in APART]
    # The settings are read from the environment once, before any conftest, where their module is named there.
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *files],
        env={**environment, "PAYUNG_TEST_DATABASE": postgresql},
        capture_output=True,
        text=True,
        cwd=HERE.parent.parent,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-1000:]
    assert "passed" in run.stdout or "100%" in run.stdout


PREPARE = f"""
from payung.office.service import start
start.load()
start.prepare()
import datetime as dt
from django.core.files.uploadedfile import SimpleUploadedFile
from payung.office.accounts import actions as accounts
from payung.office.submissions import actions as intake
from payung.office.regions import actions as regions
regions.load(by="t", district="62.03")
user = accounts.create_user(by="t", username="operator", name="Operator", password="{PASSWORD}", temporary=False)
accounts.give_role(by="t", user=user, role="operator", region_code="62.03.01.1008", starts=dt.date(2020, 1, 1))
submission = intake.begin(by="operator", village_code="62.03.01.1008", kind="rentan")
rows = "NIK;NAMA;TANGGAL LAHIR\\n{nik(1)};SITI REKAAN;05-03-1989"
intake.upload(by="operator", submission=submission, file=SimpleUploadedFile("d.csv", rows.encode()))
"""


def test_office_serves_and_works_on_postgresql(postgresql: str, tmp_path: Path) -> None:
    if not all((VENDOR / name).exists() for name in FILES):
        pytest.skip("styles and scripts are not here: run `make setup` (payung assets)")
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    environment |= {
        "PAYUNG_HOME": str(tmp_path),
        "PAYUNG_DATABASE": postgresql,
        "PAYUNG_DATABASE_POOL": "1",  # as it really runs
        "PAYUNG_HOSTS": "127.0.0.1",
    }
    subprocess.run([sys.executable, "-c", PREPARE], env=environment, check=True, cwd=tmp_path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["-c", "from payung.cli import main; main()", "serve", "--port", str(port)]
    server = subprocess.Popen(
        [sys.executable, *command], env=environment, cwd=tmp_path, stdout=subprocess.DEVNULL
    )
    try:
        home = _signed_in(f"http://127.0.0.1:{port}")
        assert "Selamat datang, Operator" in home
        assert _until_done(postgresql) == ("done", 1)
    finally:
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=30) == 0


def _signed_in(office: str) -> str:
    """Sign in as a browser does, and return the first page."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    for _ in range(300):
        try:
            page = browser.open(f"{office}/masuk/", timeout=10).read().decode()
            break
        except OSError:
            time.sleep(0.1)
    else:
        raise TimeoutError("the office did not open")
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    form = {"csrfmiddlewaretoken": token, "login": "operator", "password": PASSWORD}
    answer = browser.open(f"{office}/masuk/", urllib.parse.urlencode(form).encode(), timeout=30)
    return str(answer.read().decode())


def _until_done(database: str) -> tuple[str, int]:
    """Wait until the worker has read the list; return the state of the job and the number of rows."""
    import psycopg

    with psycopg.connect(database, autocommit=True) as connection:
        for _ in range(600):
            state = connection.execute("SELECT state FROM jobs_job").fetchone()
            if state and state[0] in {"done", "failed"}:
                break
            time.sleep(0.1)
        rows = connection.execute("SELECT count(*) FROM submissions_row").fetchone()
    assert state
    assert rows
    return state[0], rows[0]
