"""Starting the office: Django in this process, the database up to date, the server and the worker beside it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

from payung.errors import InputError
from payung.text import Text

PAUSE = 0.3  # seconds between looks at the children


def load() -> None:
    """Set Django up in this process."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "payung.office.settings")
    django.setup()


def prepare() -> None:
    """Bring the database and the served files up to date; quick where they are. Needs :func:`load`."""
    from django.core.management import call_command

    from payung.office import assets

    call_command("migrate", interactive=False, verbosity=0)
    assets.collect()


def _free(host: str, port: int) -> None:
    """Refuse an address that is taken: the server itself would share it without a word."""
    try:
        with socket.create_server((host, port)):
            return
    except OSError:
        raise InputError(
            Text(
                f"Pintu {host}:{port} sudah dipakai: hentikan yang lain, atau pilih --port lain.",
                f"{host}:{port} is in use: stop the other one, or choose another --port.",
            )
        ) from None


def serve(*, host: str, port: int, workers: int) -> int:
    """Run the server and the background worker until SIGTERM or SIGINT; return the exit code.

    A worker that dies is started again; when the server dies, everything ends. Raises :class:`InputError` where
    something else listens there already.
    """
    _free(host, port)
    server = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", "4", "--log-level", "warning"),
        *("--respawn-failed-workers", "payung.office.wsgi:application"),
    ]
    worker = [sys.executable, "-m", "payung.office.worker"]
    children = {"server": subprocess.Popen(server), "worker": subprocess.Popen(worker)}
    stopping: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.append(number)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stopping and children["server"].poll() is None:
        if children["worker"].poll() is not None:
            children["worker"] = subprocess.Popen(worker)
        time.sleep(PAUSE)
    ended = children["server"].poll()
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    for child in children.values():
        try:
            child.wait(timeout=20)
        except subprocess.TimeoutExpired:
            child.kill()
    return 0 if stopping else ended or 1
