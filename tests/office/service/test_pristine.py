"""A demonstration is put back to its first state; a real office never is, whatever lies beside it."""

from __future__ import annotations

import contextlib
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from serviceworld import needs_styles, payung, python, set_up, surroundings

pytestmark = needs_styles
MARKED = """
from django.db import transaction
from payung.office.history import demonstration
from payung.office.history.actions import Entry, record
from payung.office.service import pristine
with transaction.atomic():
    record(by="payung", entries=[Entry(demonstration.MARK), Entry(demonstration.FILLED)])
"""
CHANGED = """
from payung.office.accounts import actions
actions.create_user(by="dewi", username="baru", name="Baru (rekaan)", password=None)
"""
NAMES = """
from payung.office.accounts.models import User
print(sorted(User.objects.values_list("username", flat=True)))
"""
FILE = "(Path(settings.MEDIA_ROOT) / 'a' / 'b').{}"
CUT = """
import os, signal, threading
from payung.office.service import pristine
def cut(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
{}
pristine.reset(by="dewi")
"""
MOMENTS = {
    "before the database": "pristine.connection.close = cut",
    "while it is copied": "threading.Timer(0.02, cut).start()",
    "before the links": "pristine._whole = cut",
    "before the event": "pristine.record = cut",
    "at the end": "pristine._begun().__class__.unlink = cut",
}
AFTER = """
from django.conf import settings
from payung.office.accounts.models import User
from payung.office.history.models import Event
from payung.office.history import chain, marks
from payung.office.service import pristine
start.prepare()
verdict = chain.verify(marks.noted())
names = sorted(User.objects.values_list("username", flat=True))
resets = Event.objects.filter(action=pristine.RESET)
print(names, verdict.broken_at, resets.count(), sorted(set(resets.values_list("actor", flat=True))))
print((pristine.folder() / "mulai.json").exists())
"""
IMPORTS = "from pathlib import Path\nfrom django.conf import settings\n"


def test_real_office_is_refused_and_keeps_everything(tmp_path: Path) -> None:
    home = tmp_path / "kantor"
    set_up(home)
    python(home, CHANGED)
    # Even with a first state beside it: an office without the mark has nothing to go back to.
    (home / "peragaan" / "uploads").mkdir(parents=True)
    with (
        contextlib.closing(sqlite3.connect(home / "office.sqlite3")) as source,
        contextlib.closing(sqlite3.connect(home / "peragaan" / "office.sqlite3")) as copy,
    ):
        source.backup(copy)
    python(home, "from payung.office.service import pristine\npristine.keep()")
    told = payung(home, "demo-office", "--reset")
    assert told.returncode == 2
    assert "no demonstration" in told.stderr
    assert python(home, NAMES).strip() == "['baru', 'dewi']"


def test_first_state_of_another_office_is_refused(tmp_path: Path) -> None:
    home = tmp_path / "kantor"
    set_up(home)
    python(home, MARKED + "pristine.keep()")
    with contextlib.closing(sqlite3.connect(home / "peragaan" / "office.sqlite3")) as copy, copy:
        copy.execute("UPDATE jobs_installation SET mark = 'x'")
    python(home, CHANGED)
    told = payung(home, "demo-office", "--reset")
    assert told.returncode == 2
    assert "another" in told.stderr
    assert "baru" in python(home, NAMES)


def test_demonstration_begins_anew_with_its_files_and_a_history_that_holds(tmp_path: Path) -> None:
    home = tmp_path / "kantor"
    set_up(home)
    make = (
        f"p = Path(settings.MEDIA_ROOT) / 'a'\np.mkdir(parents=True)\n{FILE.format('write_text(str(1))')}\n"
    )
    python(home, IMPORTS + MARKED + make + "pristine.keep()")
    python(home, CHANGED + IMPORTS + FILE.format("unlink()"))
    python(home, "from payung.office.history import marks\nmarks.write('day')")
    for _ in range(2):  # again and again
        told = payung(home, "demo-office", "--reset")
        assert told.returncode == 0, told.stderr
        assert python(home, NAMES).strip() == "['dewi']"
        assert python(home, IMPORTS + f"print({FILE.format('read_text()')})").strip() == "1"
    assert payung(home, "verify-history").returncode == 0
    assert "payung-peragaan" in told.stdout


def test_while_work_goes_on_nothing_is_put_back(tmp_path: Path) -> None:
    home = tmp_path / "kantor"
    set_up(home)
    python(home, MARKED + "pristine.keep()" + CHANGED)
    running = (
        "from payung.office.jobs.models import Job\nJob.objects.create(kind='x', state=Job.State.RUNNING)"
    )
    python(home, running)
    told = payung(home, "demo-office", "--reset")
    assert told.returncode == 2
    assert "baru" in python(home, NAMES)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_reset_that_is_killed_leaves_the_old_state_or_is_finished_at_the_next_start(
    tmp_path: Path, moment: str
) -> None:
    home = tmp_path / "kantor"
    set_up(home)
    python(home, MARKED + "from payung.office.history import marks\nmarks.write('day')\npristine.keep()")
    python(home, CHANGED + "from payung.office.history import marks\nmarks.write('day')")
    ended = subprocess.run(
        [
            sys.executable,
            "-c",
            f"from payung.office.service import start\nstart.load()\n{CUT.format(MOMENTS[moment])}",
        ],
        env=surroundings(home),
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    state, begun = python(home, AFTER).splitlines()
    old = "['baru', 'dewi'] None 0 []"
    new = "['dewi'] None {} ['dewi']"
    possible = {
        "before the database": {old},
        "while it is copied": {old, new.format(1)},
        "before the links": {new.format(1)},
        "before the event": {new.format(1)},
        "at the end": {new.format(2)},  # it had been recorded, and is once more
    }
    assert state in possible[moment]
    assert begun == "False"
