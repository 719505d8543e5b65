"""A worker killed by the machine while it looks for pairs: the next one ends with the same pairs, each once."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from officeworld import VILLAGE
from processesworld import environment_of, run, until, value

TWICE = 600  # people who stand in the list twice: several chunks
PREPARE = f"""
from payung.office.service import start
start.load()
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
from django.core.files.uploadedfile import SimpleUploadedFile
from payung.office.submissions import actions
from payung.office.submissions.work import landings
from payung.office.jobs import queue
from payung.office.jobs.worker import run_all
from payung.office.duplicates.work import comparisons
heads, tails = ("BA", "DI", "GU", "KE", "LO", "MA", "NI", "RU", "SE", "TO"), ("RAN", "DIT", "GUS", "MEL", "NOK", "SAP")
lines = ["NIK;NAMA;TANGGAL LAHIR"]
for n in range({TWICE}):
    name = f"{{heads[n % 10]}}{{tails[n // 10 % 6]}} {{heads[n // 60 % 10]}}{{tails[n % 6]}}"
    day, month, year = n % 28 + 1, n // 28 % 12 + 1, 1960 + n // 336
    for serial in (1, 2):
        number = f"620399{{day:02d}}{{month:02d}}{{year % 100:02d}}{{serial:04d}}"
        lines.append(f"{{number}};{{name}};{{day:02d}}-{{month:02d}}-{{year}}")
submission = actions.begin(by="operator", village_code="{VILLAGE}", kind="rentan")
actions.upload(by="operator", submission=submission, file=SimpleUploadedFile("d.csv", "\\n".join(lines).encode()))
run_all()
for who, step in (("kades", "submit"), ("camat", "endorse"), ("dinsos", "accept")):
    actions.move(by=who, submission=submission, name=step)
landings.follow = lambda *args, **kwargs: []
run_all()
queue.ask(by="dinsos", kind=comparisons.KIND, subject="submission:1", submission=submission.pk)
"""


@pytest.mark.slow
def test_worker_killed_while_finding_pairs_loses_and_doubles_nothing(tmp_path: Path) -> None:
    run(tmp_path, "-c", PREPARE)
    assert value(tmp_path, "SELECT count(*) FROM people_person") == 2 * TWICE
    command = [sys.executable, "-m", "payung.office.service.worker"]
    worker = subprocess.Popen(command, env=environment_of(tmp_path))
    until(lambda: value(tmp_path, "SELECT count(*) FROM duplicates_pair") > 0)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    half = value(tmp_path, "SELECT count(*) FROM duplicates_pair")
    with sqlite3.connect(tmp_path / "office.sqlite3", timeout=20) as database:
        unfinished = "SELECT count(*) FROM jobs_job WHERE kind = 'duplicates.find' AND state = 'running'"
        assert database.execute(unfinished).fetchone() == (1,)
        database.execute("UPDATE jobs_job SET heartbeat = '2020-01-01 00:00:00'")  # time passes
    worker = subprocess.Popen(command, env=environment_of(tmp_path))
    done = "SELECT count(*) FROM jobs_job WHERE kind = 'duplicates.find' AND state = 'done'"
    until(lambda: value(tmp_path, done) == 1)
    worker.terminate()
    assert worker.wait(timeout=20) == 0
    found = value(tmp_path, "SELECT count(*) FROM duplicates_pair")
    assert half < found
    twins = "left_id % 2 = 1 AND right_id = left_id + 1"
    assert value(tmp_path, f"SELECT count(*) FROM duplicates_pair WHERE {twins}") == TWICE
    events = "SELECT count(*) FROM history_event WHERE action = 'pair.find'"
    assert value(tmp_path, events) == 2 * found
