"""What lies on the disk of an open office after bombs and kills: nothing in the open, nothing for others to read."""

from __future__ import annotations

import os
import signal
import stat
import zipfile
from functools import partial
from pathlib import Path

import pytest
from attackworld import VILLAGE, Attacked
from figures import tried
from serviceworld import Open, needs_styles, until

pytestmark = [pytest.mark.slow, needs_styles]
SECRET_WORD = "NAMARAHASIA"
ROWS = 4000
UPLOAD = f"""
from django.core.files.uploadedfile import SimpleUploadedFile
from payung.office.submissions import actions
lines = ["NIK;NAMA;TANGGAL LAHIR"]
lines += [f"621099050389{{n:04d}};{SECRET_WORD} {{n}};05-03-1989" for n in range(1, {ROWS} + 1)]
submission = actions.begin(by="operator", village_code="{VILLAGE}", kind="rentan")
actions.upload(by="operator", submission=submission, file=SimpleUploadedFile("nama.csv", "\\n".join(lines).encode()))
"""
# In the worker: where it starts the process that reads the list, which lies open by then, it waits as long as `held` is
# there. Python runs it at the start of every process of the office, whose own code is as it is.
STANDS_STILL = """
import os, sys, time

def look(event, arguments):
    if event == "subprocess.Popen" and "payung.rosters.cells" in arguments[1]:
        while os.path.exists({held!r}):
            time.sleep(0.05)

sys.addaudithook(look)
"""
BOMB = f"""
from pathlib import Path
from django.core.files.uploadedfile import SimpleUploadedFile
from payung.office.submissions import actions
submission = actions.begin(by="operator", village_code="{VILLAGE}", kind="rentan")
for path in sorted(Path("BOMBS").glob("*.xlsx")):
    actions.upload(by="operator", submission=submission, file=SimpleUploadedFile(path.name, path.read_bytes()))
"""
MEGABYTE = 1 << 20
MOST = (
    700 * MEGABYTE
)  # that worker or reader may use for any file at the door: a 4 GB machine holds the office


def _workers(office: Open) -> list[int]:
    """Return the processes of the background worker, and of the reader that it starts."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
            home = (path.parent / "environ").read_bytes()
        except OSError:
            continue
        ours = f"PAYUNG_HOME={office.home}".encode() in home
        if ours and ("office.service.worker" in line or "payung.rosters.cells" in line):
            found.append(int(path.parent.name))
    return found


def _peak(process: int) -> int:
    """Return the most memory (bytes) that a process has used; 0 where it is gone."""
    try:
        text = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("VmHWM")), 0)


def _in_the_open(home: Path) -> list[Path]:
    """Return files outside of the database in which the secret word can be read, or whose name says it."""
    found = []
    for folder, _, names in os.walk(home):  # what goes in this moment is passed over
        for path in (Path(folder) / name for name in names):
            if path.name.startswith("office.sqlite3"):
                continue
            named = path.suffix == ".csv" and "tmp" in path.relative_to(home).parts
            try:
                if named or SECRET_WORD.encode() in path.read_bytes():
                    found.append(path)
            except FileNotFoundError:
                continue
    return found


@pytest.mark.usefixtures("long_attack")
def test_killed_while_a_list_lies_open_leaves_nothing_open(attacked: Attacked, tmp_path: Path) -> None:
    """Each worker stands still where its list lies open and the reader is about to begin, until it is killed there."""
    attacked.python(UPLOAD)
    held = tmp_path / "held"
    held.touch()
    (tmp_path / "sitecustomize.py").write_text(STANDS_STILL.format(held=str(held)))
    kills, before = 0, []
    paths = [str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])]
    with attacked.open(PYTHONPATH=os.pathsep.join(paths)) as office:
        for _ in range(3):
            # The one before is gone, and what it had open with it; another has opened the list again.
            until(partial(_opened_anew, attacked.home, before), office)
            before = _in_the_open(attacked.home)
            assert len(before) == 1, before
            (worker,) = _workers(office)
            os.kill(worker, signal.SIGKILL)
            kills += 1
            attacked.sql("UPDATE jobs_job SET heartbeat = '2020-01-01 00:00:00'")  # time passes
        held.unlink()
        until(lambda: _done(attacked), office, 180)
        until(lambda: not _in_the_open(attacked.home), office, 60)
    tried("kills of a worker while a list lay open", kills)
    assert attacked.sql("SELECT count(*), count(DISTINCT record) FROM submissions_row") == [(ROWS, ROWS)]
    assert _in_the_open(attacked.home) == []
    assert attacked.payung("verify-history").returncode == 0


def _opened_anew(home: Path, before: list[Path]) -> bool:
    """Tell whether a list lies open, whole, and none of those of before."""
    now = _in_the_open(home)
    return len(now) == 1 and not set(now) & set(before) and SECRET_WORD.encode() in now[0].read_bytes()


def _done(office: Attacked) -> bool:
    return office.sql("SELECT state FROM jobs_job WHERE kind = 'submissions.read'") == [("done",)]


def test_everything_below_the_home_is_for_its_owner_alone(attacked: Attacked) -> None:
    attacked.python(UPLOAD)
    attacked.home.chmod(0o755)
    (attacked.home / "secret.key").chmod(0o644)
    with attacked.open() as office:
        until(lambda: _done(attacked), office, 180)
        attacked.payung("backup", str(attacked.home.parent))
        attacked.python("from payung.office.history import marks\nmarks.daily()")
        open_to_others = [
            path
            for path in [attacked.home, *attacked.home.rglob("*")]
            if stat.S_IMODE(path.lstat().st_mode) & 0o077
        ]
    assert open_to_others == []
    assert stat.S_IMODE(attacked.home.stat().st_mode) == 0o700
    (kept,) = attacked.home.parent.glob("*.payung")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def _bomb(path: Path, part: str, megabytes: int, line: bytes = b"<!-- %08x -->") -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name in {"[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"} - {part}:
            file.writestr(name, b"<a/>")
        with file.open(part, "w") as target:
            block = (
                b"".join(line % n for n in range(1024)) * 64
            )  # repeats within the window of deflate: small on the way
            for _ in range(megabytes * MEGABYTE // len(block) + 1):
                target.write(block)


@pytest.mark.usefixtures("long_attack")
def test_bombs_are_refused_and_cost_neither_worker_nor_reader_much(attacked: Attacked) -> None:
    bombs = attacked.home.parent / "bombs"
    bombs.mkdir()
    for part, megabytes in (
        ("xl/workbook.xml", 150),
        ("xl/sharedStrings.xml", 150),
        ("xl/worksheets/sheet1.xml", 420),
        ("xl/styles.xml", 60),
    ):
        _bomb(bombs / f"{part.replace('/', '-')}.xlsx", part, megabytes)
    attacked.python(BOMB.replace("BOMBS", str(bombs)))
    peak = 0
    with attacked.open() as office:

        def ended() -> bool:
            nonlocal peak
            peak = max([peak, *(_peak(process) for process in _workers(office))])
            return attacked.sql("SELECT count(*) FROM jobs_job WHERE state IN ('queued', 'running')") == [
                (0,)
            ]

        until(ended, office, 240)
        assert office.health()[0] == 200
    assert attacked.sql("SELECT count(*) FROM jobs_job WHERE state = 'failed'") == [(4,)]
    told = [str(told) for (told,) in attacked.sql("SELECT fault_id FROM jobs_job WHERE state = 'failed'")]
    assert all("mengembang" in one for one in told), told
    assert 0 < peak < MOST
    tried("bombs, each beyond what a machine of 4 GB carries", 4)
