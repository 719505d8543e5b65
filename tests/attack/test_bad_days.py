"""Bad days of an open office: the database locked, the disk full, the clock set back, things twice in one second."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from itertools import pairwise
from pathlib import Path

import pytest
from attackworld import PASSWORD, VILLAGE, Attacked, Visitor
from serviceworld import free_port, needs_styles, until

pytestmark = [pytest.mark.slow, needs_styles]
SMALL_DISK = 24  # megabytes
WAITING = """
from payung.office.jobs import queue
from django.db import transaction
with transaction.atomic():
    job = queue.ask(by="dewi", kind="months.turn", subject="x")
print(job.pk)
"""

SOON = """
import datetime as dt
from django.db import transaction
from django.utils import timezone
from payung.office.jobs import queue
with transaction.atomic():
    job = queue.ask(by="dewi", kind="months.turn", subject="x")
    job.not_before = timezone.now() + dt.timedelta(seconds=15)
    job.save()
print(job.pk)
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own that is soon full; skipped where this user may not mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK}m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a disk can be mounted by root only")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_locked_database_says_so_within_seconds_and_stops_no_reader(on_sqlite: Attacked) -> None:
    with on_sqlite.open() as office:
        visitor = Visitor(office.address).sign_in("operator")
        other = sqlite3.connect(on_sqlite.home / "office.sqlite3")
        other.execute("BEGIN IMMEDIATE")
        try:
            began = time.monotonic()
            answers = _at_once(4, lambda: visitor.post("/usulan/mulai/", village=VILLAGE, kind="rentan"))
            assert {status for status, _ in answers} == {503}
            assert all("sibuk" in page for _, page in answers)
            assert time.monotonic() - began < 20
            assert visitor.get("/usulan/")[0] == 200
            assert office.health()[1]["database"] is True
        finally:
            other.rollback()
            other.close()
        assert visitor.post("/usulan/mulai/", village=VILLAGE, kind="rentan")[0] == 200
    assert on_sqlite.sql("SELECT count(*) FROM submissions_submission") == [(1,)]


@pytest.fixture
def on_postgresql(request: pytest.FixtureRequest, tmp_path: Path, long_attack: None) -> Attacked:
    """A closed office on PostgreSQL that waits two seconds for a lock."""
    address = request.getfixturevalue("postgresql")
    return Attacked(tmp_path / "kantor", address, query="?options=-c%20lock_timeout%3D2s")


def test_locked_rows_on_postgresql_say_so_within_seconds_and_stop_no_reader(on_postgresql: Attacked) -> None:
    """Somebody forgot a transaction: whoever would write after it is told, nobody waits for ever."""
    import psycopg

    with on_postgresql.open() as office:
        visitor = Visitor(office.address).sign_in("operator")
        with psycopg.connect(on_postgresql.database) as other:
            other.execute("LOCK TABLE history_event IN EXCLUSIVE MODE")  # it can be read
            began = time.monotonic()
            answers = _at_once(4, lambda: visitor.post("/usulan/mulai/", village=VILLAGE, kind="rentan"))
            assert {status for status, _ in answers} == {503}
            assert all("sibuk" in page for _, page in answers)
            assert time.monotonic() - began < 20
            assert visitor.get("/usulan/")[0] == 200
            assert office.health()[1]["database"] is True
            other.rollback()
        assert visitor.post("/usulan/mulai/", village=VILLAGE, kind="rentan")[0] == 200
    assert on_postgresql.sql("SELECT count(*) FROM submissions_submission") == [(1,)]


def test_postgresql_that_turned_read_only_says_so_and_goes_on_by_itself(on_postgresql: Attacked) -> None:
    """Its host found the disk full: nothing can be written until there is room."""
    with on_postgresql.open() as office:
        visitor = Visitor(office.address).sign_in("operator")
        key = int(on_postgresql.python(SOON))
        _read_only(on_postgresql, "on")
        status, page = visitor.post("/usulan/mulai/", village=VILLAGE, kind="rentan")
        assert (status, "tidak dapat ditulisi" in page) == (503, True), page[:500]
        until(lambda: "waiting" in office.log, office)
        _read_only(on_postgresql, "off")
        until(lambda: visitor.post("/usulan/mulai/", village=VILLAGE, kind="rentan")[0] == 200, office)
        until(
            lambda: on_postgresql.sql(f"SELECT state FROM jobs_job WHERE id = {key}") == [("done",)], office
        )
        assert "Traceback" not in office.log
        assert office.health()[1]["ended_lately"] == 0
    assert on_postgresql.payung("verify-history").returncode == 0


def _read_only(attacked: Attacked, state: str) -> None:
    attacked.sql(
        "SET default_transaction_read_only = off",
        f"ALTER SYSTEM SET default_transaction_read_only = {state}",
        "SELECT pg_reload_conf()",
    )


def test_the_same_twice_in_a_second_is_once(attacked: Attacked) -> None:
    with attacked.open() as office:
        visitor = Visitor(office.address).sign_in("operator")
        visitor.get("/usulan/mulai/")
        answers = _at_once(6, lambda: visitor.post("/usulan/mulai/", village=VILLAGE, kind="rentan"))
        assert {status for status, _ in answers} <= {200, 503}
        assert 200 in {status for status, _ in answers}
    assert attacked.sql("SELECT count(*) FROM submissions_submission") == [(1,)]
    assert attacked.sql("SELECT count(*) FROM history_event WHERE action = 'submission.create'") == [(1,)]
    assert attacked.payung("verify-history").returncode == 0


def _at_once(many: int, do: object) -> list[tuple[int, str]]:
    """Return what ``many`` threads got that did the same at the same time."""
    found: list[tuple[int, str]] = []
    threads = [threading.Thread(target=lambda: found.append(do())) for _ in range(many)]  # type: ignore[operator]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.mark.usefixtures("long_attack")
def test_two_hundred_slow_and_silent_lines_stop_nobody(attacked: Attacked) -> None:
    """Half of them send a byte now and then, the others nothing; from forty addresses, for as long as they like."""
    head = (
        "POST /masuk/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 200000\r\n"
        "X-Forwarded-For: 203.0.113.{}\r\n\r\nx"
    )
    over = threading.Event()
    with attacked.open(PAYUNG_PROXIES="1") as office, ExitStack() as held:
        visitor = Visitor(office.address).sign_in("operator")
        alone = _quickest(visitor)
        lines = [held.enter_context(socket.create_connection(("127.0.0.1", office.port))) for _ in range(200)]
        for number, line in enumerate(lines):
            line.sendall(head.format(1 + number % 40).encode())

        def drip() -> None:
            while not over.wait(0.5):
                for line in lines[::2]:
                    with suppress(OSError):
                        line.send(b"x")

        sender = threading.Thread(target=drip)
        sender.start()
        try:
            time.sleep(2)
            beside = _quickest(visitor)
            # Under a second; on a machine that is busy with other things, not much above what it takes anyway.
            slow = {path: took for path, took in beside.items() if took > max(1.0, 3 * alone[path])}
            assert not slow, (alone, beside)
            # What is sent comes in too, once the lines are old enough to give way.
            other = Visitor(office.address)
            other.get("/masuk/", timeout=120)
            sign_in = {"login": "dinsos", "password": PASSWORD}
            until(lambda: other.post("/masuk/", timeout=120, **sign_in)[0] == 200, office, 180)
            assert other.get("/usulan/", timeout=120)[0] == 200
            begin = {"village": VILLAGE, "kind": "rentan"}
            until(lambda: visitor.post("/usulan/mulai/", timeout=120, **begin)[0] == 200, office, 180)
        finally:
            over.set()
            sender.join()
    assert attacked.sql("SELECT count(*) FROM submissions_submission") == [(1,)]


def _quickest(visitor: Visitor) -> dict[str, float]:
    """Return the seconds that pages take at best: what they cost, not what else the machine does."""
    found = {}
    for path in ("/sehat/", "/masuk/", "/", "/orang/", "/usulan/"):
        took = []
        for _ in range(6):
            began = time.monotonic()
            assert visitor.get(path)[0] in {200, 503}  # /sehat/ may have something else to say
            took.append(time.monotonic() - began)
        found[path] = min(took)
    return found


def test_clock_set_back_loses_no_work(attacked: Attacked) -> None:
    """A worker died on a day that, after the clock was set back, has not come yet."""
    key = int(attacked.python(WAITING))
    attacked.sql(
        f"UPDATE jobs_job SET state = 'running', attempt = 1, heartbeat = '2036-01-01 00:00:00' WHERE id = {key}",
        "UPDATE jobs_installation SET cleared = '2036-01-01 00:00:00'",
    )
    with attacked.open() as office:
        until(lambda: attacked.sql(f"SELECT state FROM jobs_job WHERE id = {key}") == [("done",)], office)
        assert office.health()[0] == 200
    assert attacked.payung("verify-history").returncode == 0


def test_worker_and_server_that_are_killed_leave_nothing_behind_that_stops_the_next(
    attacked: Attacked,
) -> None:
    key = int(attacked.python(WAITING))
    with attacked.open() as office:
        os.kill(office.process.pid, signal.SIGKILL)
        office.process.wait()
        until(lambda: office.get("/sehat/")[0] == 0, office)
    with attacked.open() as office:  # at once, on the same database
        until(lambda: attacked.sql(f"SELECT state FROM jobs_job WHERE id = {key}") == [("done",)], office)
    assert attacked.payung("verify-history").returncode == 0


@pytest.mark.parametrize("part", ["worker", "server"])
def test_what_dies_again_and_again_is_started_again_after_growing_pauses_and_said(
    attacked: Attacked, part: str
) -> None:
    """A crash loop: killed as soon as it lives, five times; then the cause is gone and all goes on by itself."""
    with attacked.open() as office:
        killed: list[int] = []

        def kill() -> bool:
            living = [one for one in _parts(office.process.pid, part) if one not in killed]
            for one in living:
                os.kill(one, signal.SIGKILL)
            killed.extend(living)
            return bool(living)

        for _ in range(5):
            until(kill, office)
        key = int(attacked.python(WAITING))
        until(lambda: office.health()[0] == 200, office)
        until(lambda: attacked.sql(f"SELECT state FROM jobs_job WHERE id = {key}") == [("done",)], office)
        told = office.health()[1]
        assert told["ended_lately"] >= 5
        assert sum("ended by itself" in one for one in told["said_en"]) == 1
        pauses = [
            int(found)
            for found in re.findall(rf"{part} ended by itself .* started again in (\d+) s", office.log)
        ]
        assert len(pauses) >= 5
        # Longer each time, unless a slow machine let it live so long that it counts as well.
        assert all(after in (0, 2 * before + 1) for before, after in pairwise(pauses)), pauses
        visitor = Visitor(office.address).sign_in("admin")
        assert "berhenti sendiri" in visitor.get("/keadaan/")[1]
    assert attacked.payung("verify-history").returncode == 0


def _parts(parent: int, part: str) -> list[int]:
    """Return the processes below ``parent`` that are its worker, or its server."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, IndexError):
            fields = (path / "stat").read_text().rpartition(")")[2].split()
            command = (path / "cmdline").read_bytes()
            if (int(fields[1]), fields[0] != "Z") == (
                parent,
                True,
            ) and b"service." + part.encode() in command:
                found.append(int(path.name))
    return found


def test_full_disk_is_said_everywhere_and_work_goes_on_when_there_is_room(
    small_disk: Path, set_up_once: Path
) -> None:
    attacked = Attacked(small_disk / "kantor", "", like=set_up_once)
    with attacked.open_full() as office:
        visitor = Visitor(office.address).sign_in("operator")
        _, told = office.health()
        assert (told["ok"], told["disk"]) == (
            False,
            False,
        )  # a disk of 24 MB is almost full from the beginning
        assert "penuh" in told["said"][0]
        assert "hampir penuh" in visitor.get("/usulan/")[1]
        filler = _fill(small_disk)
        status, page = visitor.post("/usulan/mulai/", village=VILLAGE, kind="rentan")
        assert status in {200, 503}
        assert status == 200 or "penuh" in page or "sibuk" in page
        filler.unlink()
        until(lambda: visitor.post("/usulan/mulai/", village=VILLAGE, kind="rentan")[0] == 200, office)
        key = int(attacked.python(WAITING))
        until(lambda: attacked.sql(f"SELECT state FROM jobs_job WHERE id = {key}") == [("done",)], office)
    assert attacked.payung("verify-history").returncode == 0


FIGURES = """
import os
from payung.office.service import temporary
assert temporary.take(FOLDER, {f"counter_{os.getpid()}.db": 1 << 16})
os.environ["PROMETHEUS_MULTIPROC_DIR"] = FOLDER
from prometheus_client import Counter
counted = Counter("x", "x", ["status"])
with open(FOLDER + "/penuh", "wb", buffering=0) as file:
    for size in (1 << 20, 1 << 12, 1):
        try:
            while True:
                file.write(b"x" * size)
        except OSError:
            continue
for number in range(100):
    counted.labels(f"a label of some length, so that pages of memory follow: {number}").inc()
assert not temporary.take(FOLDER, {"histogram_1.db": 1 << 16})
assert not os.path.exists(FOLDER + "/histogram_1.db")
"""


def test_figures_do_not_end_a_process_when_the_disk_is_full(small_disk: Path) -> None:
    """They lie in memory that is a file: a page of it without room on the disk would end the process (SIGBUS)."""
    code = FIGURES.replace("FOLDER", repr(str(small_disk)))
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, (run.returncode, run.stderr)


def _fill(disk: Path) -> Path:
    """Write a file until nothing fits any more."""
    path = disk / "penuh"
    with path.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    return path


def test_disk_that_cannot_be_written_is_said_in_a_sentence(small_disk: Path, set_up_once: Path) -> None:
    attacked = Attacked(small_disk / "kantor", "", like=set_up_once)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    told = attacked.payung("serve", "--port", str(free_port()))
    assert (told.returncode, "Traceback" in told.stderr, "read-only" in told.stderr) == (2, False, True)
