"""Starting the office: Django in this process, the database up to date, the server and the worker beside it."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

from payung.errors import InputError, MissingDataError
from payung.text import Text

PAUSE = 0.3  # seconds between looks at the children


def load() -> None:
    """Set Django up in this process."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "payung.office.settings")
    django.setup()


def prepare() -> None:
    """Bring the database and the served files up to date; quick where they are. Needs :func:`load`.

    Raises :class:`InputError` where the database cannot be reached, or was written with another secret.
    """
    from django.core.management import call_command

    from payung.office import assets, renamed

    _reach()
    renamed.rename()
    call_command("migrate", interactive=False, verbosity=0)
    _same_secret()
    assets.collect()


def ready() -> None:
    """Refuse an office that was never set up, cannot be reached, or has another secret. Needs :func:`load`."""
    from django.conf import settings
    from django.db import connection

    _reach()
    if "history_event" not in connection.introspection.table_names():
        raise InputError(
            Text(
                f"Di {settings.HOME} belum ada kantor: periksa PAYUNG_HOME dan PAYUNG_DATABASE, atau payung setup.",
                f"There is no office in {settings.HOME}: check PAYUNG_HOME and PAYUNG_DATABASE, or run payung setup.",
            )
        )
    _same_secret()


def _reach() -> None:
    """Refuse a PostgreSQL that does not answer, with its own words: the pool would only say that it waited."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return
    import psycopg

    values = connection.settings_dict
    options = {name: value for name, value in values["OPTIONS"].items() if name != "pool"}
    given = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    parts = {name: values[key] for name, key in given.items() if values[key]}
    try:
        psycopg.connect(**{"connect_timeout": 10, **parts, **options}).close()
    except psycopg.Error as error:
        why = (str(error).strip().splitlines() or ["?"])[-1]
        raise InputError(
            Text(
                f"Basis data PAYUNG_DATABASE tidak dapat dibuka ({why}): periksa alamat, nama, dan sandinya.",
                f"The database PAYUNG_DATABASE cannot be opened ({why}): check its address, name and password.",
            )
        ) from None


def _same_secret() -> None:
    """Refuse to go on with another secret: what it sealed could never be matched with what is there."""
    from payung.office.people.models import Person
    from payung.office.submissions.models import Row

    try:
        Person.everybody.filter(nik__isnull=False).order_by("pk").first()
        Row.objects.filter(nik__isnull=False).order_by("pk").first()
    except MissingDataError as error:
        raise InputError(
            Text(
                f"Kantor ini ditulis dengan rahasia lain. {error.message.id}",
                f"This office was written with another secret. {error.message.en}",
            )
        ) from None


def free(host: str, port: int) -> None:
    """Refuse an address that is taken: the server itself would share it without a word."""
    try:
        with socket.create_server((host, port)):
            return
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise InputError(
                Text(
                    f"Pintu {host}:{port} sudah dipakai: hentikan yang lain, atau pilih --port lain.",
                    f"{host}:{port} is in use: stop the other one, or choose another --port.",
                )
            ) from None
        raise InputError(
            Text(
                f"{host}:{port} tidak dapat dibuka ({error.strerror}): periksa --host dan --port.",
                f"{host}:{port} cannot be opened ({error.strerror}): check --host and --port.",
            )
        ) from None


def serve(*, host: str, port: int, workers: int) -> int:
    """Run the server and the background worker until SIGTERM or SIGINT; return the exit code.

    A worker that dies is started again; when the server dies, everything ends. Raises :class:`InputError` where
    something else listens there already.
    """
    free(host, port)
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
