"""The processes of an open office: the server and the background worker, beside the one that looks after both."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from types import FrameType

from payung.office.service import start

PAUSE = 0.3  # seconds between looks at the children
PATIENCE = 20  # seconds that a child has to end
SHORT_LIFE = 5.0  # seconds; a worker that lived no longer is started again after a growing pause
LONGEST_PAUSE = 60.0  # seconds
BACKLOG = 1024


def serve(*, host: str, port: int, workers: int, threads: int) -> int:
    """Run the server and the background worker until SIGTERM or SIGINT; return the exit code.

    A worker that dies is started again; when the server dies, everything ends. However this process ends, its
    children do too. Raises :class:`InputError` where something else listens there already.
    """
    start.free(host, port)
    given = {"host": host, "port": port, "workers": workers, "threads": threads}
    server = [sys.executable, "-m", "payung.office.service.server", *(str(value) for value in given.values())]
    worker = [sys.executable, "-m", "payung.office.service.worker"]
    quiet = {
        **os.environ,
        "PAYUNG_QUIET": "1",  # what there is to say about settings was said
        # Threads take memory from few places: by default each of many keeps what it once needed, for ever.
        "MALLOC_ARENA_MAX": os.environ.get("MALLOC_ARENA_MAX", "2"),
        "PROMETHEUS_MULTIPROC_DIR": tempfile.mkdtemp(
            prefix="metrics-"
        ),  # where server processes keep figures
    }
    children = {"server": subprocess.Popen(server, env=quiet), "worker": subprocess.Popen(worker, env=quiet)}
    born, pause = time.monotonic(), 0.0
    stopping: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.append(number)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stopping and children["server"].poll() is None:
        if children["worker"].poll() is not None:
            lived = time.monotonic() - born
            if lived >= pause:
                pause = 0.0 if lived > SHORT_LIFE + pause else min(LONGEST_PAUSE, 2 * pause + 1)
                children["worker"], born = subprocess.Popen(worker, env=quiet), time.monotonic()
        time.sleep(PAUSE)
    ended = children["server"].poll()
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    for child in children.values():
        try:
            child.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()
    return 0 if stopping else ended or 1
