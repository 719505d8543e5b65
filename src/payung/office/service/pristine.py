"""A demonstration put back to how it was when it was filled: nobody's training spoils the next one's.

Beside the office, in ``peragaan/``, lies what `payung demo-office` filled: the database, the uploads, the links of the
history. Putting it back copies the database over the one in use in one piece, so that a process that is killed leaves
the one or the other; all sessions end, for the former state has none. What belongs to the former state and lies outside
of the database (the links of the history) follows; a file says so meanwhile, and where it was cut off there, the next
start goes on (:func:`go_on`). A real office has no mark (:mod:`..history.demonstration`) nor such a folder, and is
refused on both grounds.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from payung.errors import InputError
from payung.office.history import demonstration, marks
from payung.office.history.actions import Entry, record
from payung.office.history.models import Event
from payung.office.jobs.models import Job
from payung.office.service import installation
from payung.text import Text

RESET = "office.demonstration_reset"
REAL = Text(
    "Kantor ini bukan peragaan: tidak ada yang diubah. Hanya kantor yang diisi payung demo-office dapat diulang.",
    "This office is no demonstration: nothing was changed. Only one that payung demo-office filled is put back.",
)
NO_COPY = Text(
    "Keadaan awal peragaan ini tidak tersimpan di sini (atau milik kantor lain): buat peragaan baru di PAYUNG_HOME "
    "lain.",
    "The first state of this demonstration is not kept here (or is another office's): make a new one in another "
    "PAYUNG_HOME.",
)
NOT_A_FILE = Text(
    "Peragaan di PostgreSQL tidak diulang di tempat: buat basis data baru lalu payung demo-office.",
    "A demonstration on PostgreSQL is not put back in place: make a new database, then payung demo-office.",
)
BUSY = Text(
    "Masih ada pekerjaan yang berjalan: tunggu sebentar, lalu ulangi.",
    "Work is going on: wait a moment, then do it again.",
)
OLDER = Text(
    "Program ini lebih baru daripada keadaan awalnya: jalankan payung demo-office --reset di server.",
    "This program is newer than the first state: run payung demo-office --reset on the server.",
)


def folder() -> Path:
    """Return where the first state of a demonstration lies."""
    return Path(settings.HOME) / "peragaan"


def keep() -> None:
    """Keep the office as it is now as the first state; only in a demonstration, and only on SQLite."""
    if connection.vendor != "sqlite" or not demonstration.marked():
        return
    folder().parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix="peragaan-", dir=folder().parent))
    with (
        contextlib.closing(_open(_database())) as source,
        contextlib.closing(_open(made / "office.sqlite3")) as copy,
    ):
        source.backup(copy)
    shutil.copytree(settings.MEDIA_ROOT, made / "uploads", copy_function=_linked, dirs_exist_ok=True)
    if marks.path().exists():
        shutil.copy2(marks.path(), made / "rantai.txt")
    if folder().exists():
        shutil.rmtree(folder())
    made.replace(folder())


def kept() -> bool:
    """Tell whether this office can be put back: a demonstration whose first state lies here."""
    return (
        connection.vendor == "sqlite"
        and demonstration.is_demonstration()
        and (folder() / "office.sqlite3").exists()
    )


def reset(*, by: str, older: bool = False) -> None:
    """Put a demonstration back to its first state; everybody is signed out. Recorded in what begins then.

    ``older`` lets a first state of an earlier program through; the caller brings the database up to date. Raises
    :class:`InputError` in a real office, where there is no first state of this very office, and while work goes on.
    """
    if not demonstration.marked():
        raise InputError(REAL)
    if connection.vendor != "sqlite":
        raise InputError(NOT_A_FILE)
    copy = folder() / "office.sqlite3"
    if not copy.exists():
        raise InputError(NO_COPY)
    if Job.objects.filter(state=Job.State.RUNNING).exists():
        raise InputError(BUSY)
    with _read_only(copy) as source:
        _refuse_foreign(source, older)
        shutil.copytree(folder() / "uploads", settings.MEDIA_ROOT, copy_function=_missing, dirs_exist_ok=True)
        _note_begun(by)
        connection.close()
        with contextlib.closing(_open(_database())) as target:
            source.backup(target)
    _follow(by)


def go_on() -> bool:
    """Finish what was cut off after the database had been put back; tell whether something was.

    Where it was cut off before that, the office is as it was: nothing to do but forget that somebody began.
    """
    try:
        begun = json.loads(_begun().read_text(encoding="utf-8"))
        by, number, link = str(begun["by"]), int(begun["number"]), str(begun["link"])
    except (OSError, ValueError, KeyError, TypeError):
        return False
    put_back = demonstration.marked() and not Event.objects.filter(number=number, chain=link).exists()
    if put_back:
        _follow(by)
    else:
        _begun().unlink(missing_ok=True)
    return put_back


def _begun() -> Path:
    """Return the file that stands beside the first state from before the exchange until all is done."""
    return folder() / "mulai.json"


def _note_begun(by: str) -> None:
    """Write down who puts the office back, and the end of the history that goes with it."""
    head = marks.head()
    text = json.dumps({"by": by, "number": head.number if head else 0, "link": head.chain if head else ""})
    waiting = _begun().with_suffix(".new")
    with waiting.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    waiting.replace(_begun())


def _follow(by: str) -> None:
    """Bring what lies outside of the database to the former state, and record that it was put back."""
    if (folder() / "rantai.txt").exists():
        marks.path().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _whole(folder() / "rantai.txt", marks.path())
    with transaction.atomic():
        record(by=by, entries=[Entry(RESET, "office")])
    _begun().unlink(missing_ok=True)


def _refuse_foreign(source: sqlite3.Connection, older: bool) -> None:
    """Refuse a file that is no first state of this office, and without ``older`` one of another program."""
    here = installation.installation()
    try:
        marked = source.execute(
            "SELECT 1 FROM history_event WHERE action IN (?, ?)", (demonstration.MARK, demonstration.FILLED)
        ).fetchone()
        of = source.execute("SELECT mark, secret FROM jobs_installation WHERE id = 1").fetchone()
        done = set(source.execute("SELECT app, name FROM django_migrations"))
    except sqlite3.DatabaseError:
        raise InputError(NO_COPY) from None
    if not marked or here is None or of is None or tuple(of) != (here.mark, here.secret):
        raise InputError(NO_COPY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        if not older and done != {tuple(row) for row in cursor.fetchall()}:
            raise InputError(OLDER)


def _database() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(str(path), timeout=60)


@contextlib.contextmanager
def _read_only(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a copy of the first state: a database in WAL mode writes beside itself even where it is only read."""
    with tempfile.TemporaryDirectory(prefix="peragaan-") as place:
        at = Path(place) / path.name
        shutil.copy2(path, at)
        with contextlib.closing(_open(at)) as source:
            yield source


def _linked(source: str, target: str) -> str:
    """Put a file, which nobody changes once it lies there, at a second place."""
    try:
        os.link(source, target)
    except OSError:
        _whole(Path(source), Path(target))
    return target


def _whole(source: Path, target: Path) -> None:
    """Copy a file so that whoever is killed in between leaves no half of it under its name."""
    waiting = target.with_name(f".{target.name}.new")
    shutil.copy2(source, waiting)
    waiting.replace(target)


def _missing(source: str, target: str) -> str:
    return target if Path(target).exists() else _linked(source, target)
