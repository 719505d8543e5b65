"""An open office as processes: what a monitor sees, slow lines, killed parents and children, a proxy, IPv6."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import stat
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from serviceworld import Open, free_port, needs_styles, payung, python, set_up, until

from payung.office.settings import STATIC_ROOT

pytestmark = needs_styles
TOKEN = "a-token-for-the-collector"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("terbuka") / "kantor"
    set_up(folder)
    return folder


@pytest.fixture
def office(home: Path) -> Iterator[Open]:
    values = {
        "PAYUNG_METRICS_TOKEN": TOKEN,
        "PAYUNG_PROXIES": "1",
        "PAYUNG_ACCESS_LOG": "1",
        "PAYUNG_LOG": "json",
    }
    with Open(home, PAYUNG_HOSTS="127.0.0.1,payung.example", **values) as opened:
        yield opened


def _children(process: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == process:
            found.append(int(path.parent.name))
    return found


def _descendants(process: int) -> list[int]:
    return [one for child in _children(process) for one in (child, *_descendants(child))]


def _alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def _beats(home: Path) -> int:
    with sqlite3.connect(home / "office.sqlite3", timeout=20) as database:
        return int(database.execute("SELECT count(*) FROM jobs_beat").fetchone()[0])


def test_monitor_and_collector_see_the_office(office: Open, home: Path) -> None:
    until(lambda: office.health()[1].get("worker") is True, office)
    status, told = office.health()
    assert (status, told["ok"], told["database"], told["disk"]) == (200, True, True, True)
    assert office.get("/metrics")[0] == 401
    assert office.get("/metrics", Authorization="Bearer wrong")[0] == 401
    text = office.get("/metrics", Authorization=f"Bearer {TOKEN}")[1]
    for line in (
        'payung_requests_total{method="GET",status="200"}',
        "payung_workers 1.0",
        "payung_database_up 1.0",
    ):
        assert line in text
    status, page = office.get(
        "/masuk/?cari=rahasia", X_Request_ID="nomor-permintaan-1", X_Forwarded_For="203.0.113.7"
    )
    assert (status, "Payung" in page) == (200, True)
    office.get("/masuk/", Host="bukan.kami")
    until(lambda: "bukan.kami" in office.log, office)
    lines = [json.loads(line) for line in office.log.splitlines() if line.startswith("{")]
    assert "rahasia" not in office.log
    assert any(
        line["request"] == "nomor-permintaan-1" and line["said"].startswith("GET /masuk/ 200")
        for line in lines
    )
    assert sum("bukan.kami" in line["said"] for line in lines) == 1
    assert "Traceback" not in office.log


def test_slow_lines_do_not_stop_the_office(office: Open) -> None:
    head = "POST /masuk/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\nX-Forwarded-For: 203.0.113.{}\r\n\r\n"
    with ExitStack() as lines:
        for number in range(60):
            line = lines.enter_context(socket.create_connection(("127.0.0.1", office.port)))
            line.sendall(head.format(number % 4).encode() + b"x")
        time.sleep(1)
        began = time.monotonic()
        assert office.health()[0] == 200
        assert office.get("/masuk/")[0] == 200
        assert time.monotonic() - began < 10


def test_busy_database_is_said_after_a_few_seconds(office: Open, home: Path) -> None:
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    page = browser.open(f"{office.address}/masuk/", timeout=20).read().decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    form = urllib.parse.urlencode({"csrfmiddlewaretoken": token, "login": "dewi", "password": "x"}).encode()
    lock = sqlite3.connect(home / "office.sqlite3", isolation_level=None)
    try:
        lock.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        with pytest.raises(urllib.error.HTTPError) as refused:
            browser.open(f"{office.address}/masuk/", form, timeout=60)
        took = time.monotonic() - began
        assert office.health()[0] == 200
    finally:
        lock.close()
    with refused.value as answer:
        assert (answer.code, "sibuk" in answer.read().decode()) == (503, True)
    assert 4 < took < 20  # the lock is held for as long as we like


def test_large_body_of_a_stranger_is_refused_before_it_is_sent(office: Open) -> None:
    with socket.create_connection(("127.0.0.1", office.port)) as line:
        line.sendall(b"POST /masuk/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 250000000\r\n\r\nx")
        assert b" 413 " in line.recv(100)


def test_nobody_is_left_when_a_parent_is_killed(home: Path) -> None:
    office = Open(home)
    with office:
        until(lambda: len(_descendants(office.process.pid)) >= 3, office)
        everybody = _descendants(office.process.pid)
        os.kill(office.process.pid, signal.SIGKILL)
        office.process.wait(timeout=40)
        until(lambda: not any(map(_alive, everybody)), office)
    with socket.create_server(("127.0.0.1", office.port)):
        pass  # the port is free again


def test_server_that_is_killed_leaves_no_process_and_is_started_again(home: Path) -> None:
    with Open(home) as office:
        until(lambda: len(_descendants(office.process.pid)) >= 3, office)
        (server,) = [one for one in _children(office.process.pid) if _children(one)][:1]
        below = [server, *_descendants(server)]
        os.kill(server, signal.SIGKILL)
        until(lambda: not any(map(_alive, below)), office)
        until(lambda: office.health()[0] == 200, office)
        told = office.health()[1]
        assert told["ended_lately"] == 1
        assert any("berhenti sendiri" in one for one in told["said"])
    with socket.create_server(("127.0.0.1", office.port)):
        pass  # the port is free again


def test_threads_take_memory_from_few_places(office: Open) -> None:
    """What many threads once needed would otherwise stay with each of them: memory that rises for days."""
    below = _descendants(office.process.pid)
    assert len(below) >= 2
    for process in below:
        assert b"\0MALLOC_ARENA_MAX=2\0" in Path(f"/proc/{process}/environ").read_bytes()


def test_killed_worker_is_missed_and_started_again(home: Path) -> None:
    with Open(home) as office:
        until(lambda: _beats(home) == 1, office)
        workers = [one for one in _children(office.process.pid) if not _children(one)]
        for one in workers:
            os.kill(one, signal.SIGKILL)

        def again() -> bool:
            leaves = {one for one in _children(office.process.pid) if not _children(one)}
            return bool(leaves) and leaves.isdisjoint(workers) and office.health()[1].get("worker") is True

        until(again, office)
    python(home, "from payung.office.jobs.models import Beat\nBeat.objects.update(at='2020-01-01T00:00Z')")


def test_office_answers_under_ipv6(home: Path) -> None:
    try:
        free_port("::1")
    except OSError:
        pytest.skip("this machine has no IPv6")
    with Open(home, host="::1", PAYUNG_HOSTS="[::1]") as office:
        assert office.get("/masuk/")[0] == 200
        found = payung(home, "serve", "--host", "::1", "--port", str(office.port))
        assert (found.returncode, f"[::1]:{office.port} is in use" in found.stderr) == (2, True)


def test_served_files_can_be_read_by_whoever_serves(home: Path) -> None:
    for path in [STATIC_ROOT, *STATIC_ROOT.rglob("*")]:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode & 0o044 == 0o044, path


def test_temporary_files_of_a_killed_process_are_gone_with_the_next(home: Path) -> None:
    left = home / "tmp" / f"{socket.gethostname()}-999999999"
    left.mkdir(parents=True)
    (left / "nama rahasia.csv").write_text("x")
    assert payung(home, "verify-history").returncode == 0
    assert not left.exists()
    assert not [path for path in (home / "tmp").iterdir() if path.is_dir()]


def test_administrator_who_lost_everything_is_rescued(home: Path) -> None:
    python(
        home,
        "from payung.office.accounts.models import User\nfrom payung.office.accounts import actions\n"
        "u = User.objects.get(username='dewi')\nactions.set_active(by='x', user=u, active=False, reason='x')",
    )
    told = payung(home, "rescue-admin", "dewi")
    assert told.returncode == 0, told.stderr
    password = told.stdout.split("password ")[1].split(",")[0]
    code = (
        "from payung.office.accounts.models import User\nu = User.objects.get(username='dewi')\n"
        f"print(u.check_password('{password}'), u.is_active, u.must_change_password)"
    )
    assert python(home, code).split() == ["True"] * 3
    unknown = payung(home, "rescue-admin", "siapa")
    assert (unknown.returncode, "dewi" in unknown.stderr) == (2, True)


def test_job_that_was_given_up_is_done_again(home: Path) -> None:
    made = "from payung.office.jobs.models import Job\n"
    key = python(
        home,
        f"{made}print(Job.objects.create(kind='x', subject='y', asked_by='t', state='failed', broken=True).pk)",
    ).strip()
    told = payung(home, "jobs", "--again", key, "--json")
    rows = [row for row in json.loads(told.stdout) if row["kind"] == "x"]  # beside the work of the day
    assert [(row["pk"], row["state"]) for row in rows] == [(int(key), "queued")]
    assert payung(home, "jobs", "--again", key).returncode == 2
    python(home, f"{made}Job.objects.all().delete()")


def test_check_tells_what_is_wrong_and_ends_with_code_1(home: Path) -> None:
    # What an office of another test left undone is not looked at here.
    python(home, "from payung.office.jobs.models import Job\nJob.objects.all().delete()")
    found = json.loads(payung(home, "check", "--json").stdout)
    assert (found["ok"], [one["code"] for one in found["findings"]]) == (True, ["backup.old"])
    (home / "secret.key").chmod(0o644)
    home.chmod(0o755)
    told = payung(
        home, "check", "--json", PAYUNG_SECOND_FACTOR="0", PAYUNG_HOSTS="payung.example", PAYUNG_HOST="x"
    )
    assert told.returncode == 1
    codes = {one["code"] for one in json.loads(told.stdout)["findings"]}
    wanted = {"settings.unknown", "settings.second_factor", "settings.https", "rights.open"}
    assert wanted <= codes
    (home / "secret.key").chmod(0o600)
    home.chmod(0o700)
    with sqlite3.connect(home / "office.sqlite3") as database:
        query = "SELECT sql FROM sqlite_master WHERE name = 'history_event_no_update'"
        (guard,) = database.execute(query).fetchone()
        database.execute("DROP TRIGGER history_event_no_update")
    told = payung(home, "check", "--only", "guards")
    with sqlite3.connect(home / "office.sqlite3") as database:
        database.execute(guard)  # the next tests use this office
    assert (told.returncode, "history.open" in told.stdout) == (1, True)
    assert payung(home, "check", "--only", "nothing").returncode == 2
