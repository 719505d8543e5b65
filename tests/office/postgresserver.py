"""A throw-away PostgreSQL of this machine's own programs; a benchmark uses it too, so nothing of the tests is asked."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def programs() -> Path | None:
    """Return the folder of initdb and postgres, or ``None`` where PostgreSQL is not installed."""
    folders = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    if found := shutil.which("initdb"):
        folders.insert(0, Path(found).parent)
    return next((f for f in folders if (f / "initdb").exists() and (f / "postgres").exists()), None)


MISSING = "PostgreSQL is not here: install it (apt-get install postgresql) to test on it"


@contextmanager
def running() -> Iterator[str]:
    """Run a server as long as the ``with`` lasts; the address of its empty database."""
    found = programs()
    if found is None:
        raise FileNotFoundError(MISSING)
    # postgres refuses to run as root: then it runs as the user that its package made.
    user = "postgres" if os.geteuid() == 0 else None
    # Not in the folder for temporary files of the office under test: nobody else may enter that.
    folder = Path(tempfile.mkdtemp(prefix="payung-postgres-", dir="/tmp" if Path("/tmp").is_dir() else None))
    if user:
        shutil.chown(folder, user)
    data = folder / "data"
    quiet = {"cwd": "/", "user": user, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(
        [found / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-N", "--locale=C", "-E", "UTF8"],
        check=True,
        **quiet,  # type: ignore[call-overload]
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # What a power cut would leave is no matter here.
    quick = (
        "fsync=off",
        "full_page_writes=off",
        "synchronous_commit=off",
        "wal_level=minimal",
        "max_wal_senders=0",
        "max_wal_size=4GB",
    )
    apart = ("listen_addresses=127.0.0.1", "unix_socket_directories=")
    options = [word for one in (*quick, *apart) for word in ("-c", one)]
    server = subprocess.Popen([found / "postgres", "-D", data, "-p", str(port), *options], **quiet)  # type: ignore[call-overload]
    try:
        _wait(port)
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        server.terminate()
        server.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(port: int) -> None:
    """Wait until the server takes connections."""
    import psycopg

    for _ in range(100):
        try:
            psycopg.connect(f"postgresql://postgres@127.0.0.1:{port}/postgres", connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise TimeoutError("PostgreSQL did not start")
