"""The processes of an open office: the server and the background worker, beside the one that looks after both."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from types import FrameType

from payung.office.jobs import endings
from payung.office.service import start
from payung.text import Text

PAUSE = 0.3  # seconds between looks at the children
PATIENCE = 20  # seconds that a child has to end
SHORT_LIFE = (
    5.0  # seconds; what lived no longer than its pause and this is started again after a longer pause
)
LONGEST_PAUSE = 60.0  # seconds
BACKLOG = 1024


class Child:
    """A process that is started again when it ends: at once where it had lived, else after a pause that grows.

    Fields
        name: ``server`` or ``worker``. many: how many processes it begins (the server), noted at each start.
        pause: seconds that it rests after its latest end; never longer than :data:`LONGEST_PAUSE`.
    """

    def __init__(
        self, name: str, command: list[str], surroundings: Mapping[str, str], *, many: int = 0
    ) -> None:
        self.name, self.command, self.surroundings, self.many = name, command, surroundings, many
        self.pause = 0.0
        self._again: float | None = None  # when it is started again
        self._start()

    def look(self, now: float) -> None:
        """Notice that it ended, say so, and start it again when its pause is over."""
        if self._again is None:
            if (code := self.process.poll()) is None:
                return
            lived = now - self._born
            self.pause = 0.0 if lived > SHORT_LIFE + self.pause else min(LONGEST_PAUSE, 2 * self.pause + 1)
            self._again = now + self.pause
            endings.note(self.name, path=self.surroundings.get(endings.NAME, ""))
            self._tell(code, lived)
        if now >= self._again:
            self._start()

    def _start(self) -> None:
        if self.many:
            endings.note(endings.STARTED, self.many, path=self.surroundings.get(endings.NAME, ""))
        self.process = subprocess.Popen(self.command, env=dict(self.surroundings))
        self._born, self._again = time.monotonic(), None

    def _tell(self, code: int, lived: float) -> None:
        told = Text(
            f"{self.name} berhenti sendiri (kode {code}, hidup {lived:.0f} detik); dinyalakan lagi dalam "
            f"{self.pause:.0f} detik.",
            f"{self.name} ended by itself (code {code}, lived {lived:.0f} seconds); started again in "
            f"{self.pause:.0f} seconds.",
        )
        sys.stderr.write(f"! {told.read()}\n")
        sys.stderr.flush()


def serve(*, host: str, port: int, workers: int, threads: int) -> int:
    """Run the server and the background worker until SIGTERM or SIGINT; return the exit code.

    What dies is started again, without end and without haste (:class:`Child`); `/sehat/` says for an hour that it did.
    However this process ends, its children do too. Raises :class:`InputError` where something else listens there
    already.
    """
    start.free(host, port)
    given = {"host": host, "port": port, "workers": workers, "threads": threads}
    server = [sys.executable, "-m", "payung.office.service.server", *(str(value) for value in given.values())]
    worker = [sys.executable, "-m", "payung.office.service.worker"]
    figures = tempfile.mkdtemp(prefix="metrics-")  # where server processes keep figures
    quiet = {
        **os.environ,
        "PAYUNG_QUIET": "1",  # what there is to say about settings was said
        # glibc gives each thread a heap of its own and returns little of it: a server of many threads goes on growing.
        "MALLOC_ARENA_MAX": os.environ.get("MALLOC_ARENA_MAX", "2"),
        "PROMETHEUS_MULTIPROC_DIR": figures,
        endings.NAME: str(Path(figures) / "endings"),
    }
    stopping: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.append(number)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    children = [Child("server", server, quiet, many=workers), Child("worker", worker, quiet)]
    while not stopping:
        for child in children:
            child.look(time.monotonic())
        time.sleep(PAUSE)
    for child in children:
        if child.process.poll() is None:
            child.process.terminate()
    for child in children:
        try:
            child.process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            child.process.kill()
    return 0
