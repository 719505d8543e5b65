"""Where this process puts what it needs for a moment: a folder of the office that nobody else opens.

Lists lie open there while they are read, and uploads while they are received. What a killed process left behind
is removed by the next one that starts.
"""

from __future__ import annotations

import atexit
import fcntl
import logging
import os
import shutil
import socket
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

FOLDER, LOCK = "tmp", ".held"
LOG = logging.getLogger("payung.service")


def use(home: Path) -> Path | None:
    """Let this process keep its temporary files below ``home``; remove those of processes that are gone.

    Returns the folder, or ``None`` where ``home`` cannot be written: then the machine's own folder is used.
    """
    try:
        folder = home / FOLDER
        folder.mkdir(mode=0o700, exist_ok=True)
        sweep(home)
        mine = folder / _name(os.getpid())
        mine.mkdir(mode=0o700, exist_ok=True)
        _hold(mine)
    except OSError:
        return None
    tempfile.tempdir = str(mine)
    atexit.register(_leave, mine, os.getpid())
    return mine


def take(folder: str, files: Mapping[str, int]) -> bool:
    """Make ``files`` (name, bytes) below ``folder`` with all their room on the disk; tell whether there was enough."""
    try:
        for name, size in files.items():
            if folder:
                file = os.open(Path(folder) / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
                try:
                    os.posix_fallocate(file, 0, size)
                finally:
                    os.close(file)
    except OSError:
        for name in files:
            (Path(folder) / name).unlink(missing_ok=True)
        LOG.warning("no figures are kept in this process: there is no room in %s", folder)
        return False
    return True


def sweep(home: Path) -> int:
    """Remove the folders of processes of this machine that are gone; return how many."""
    many = 0
    for path in (home / FOLDER).glob(f"{socket.gethostname()}-*"):
        number = path.name.rpartition("-")[2]
        if number.isdigit() and int(number) != os.getpid() and not _held(path, int(number)):
            shutil.rmtree(path, ignore_errors=True)
            many += 1
    return many


def _hold(folder: Path) -> None:
    """Lock a file of ``folder`` as long as this process lives: the system lets go of it however the process ends."""
    lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    with suppress(OSError):  # a disk without locks: then the number of the process must do
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _held(folder: Path, number: int) -> bool:
    """Tell whether the process of ``folder`` lives: by its lock, since another process may have its number by now."""
    try:
        lock = os.open(folder / LOCK, os.O_RDWR | os.O_CLOEXEC)
    except OSError:  # of before, or it has only just begun
        return _alive(number)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return _alive(number)
    else:
        return False
    finally:
        os.close(lock)


def _name(number: int) -> str:
    return f"{socket.gethostname()}-{number}"


def _alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _leave(folder: Path, owner: int) -> None:
    if os.getpid() == owner:  # not in a child that was forked off
        shutil.rmtree(folder, ignore_errors=True)
