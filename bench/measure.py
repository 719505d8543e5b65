"""Run a command and measure it: wall seconds, processor seconds and peak memory, children included."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Measured:
    """What a command took.

    Fields
        wall, cpu: seconds. peak: megabytes that the command and its children held together, sampled.
        code: exit code.
    """

    wall: float
    cpu: float
    peak: float
    code: int


def measure(command: Sequence[str], *, every: float = 0.2) -> Measured:
    """Run ``command`` with its output thrown away, and measure it."""
    start = time.perf_counter()
    with Path(os.devnull).open("wb") as nowhere:
        pid = os.posix_spawnp(
            command[0],
            list(command),
            os.environ,
            file_actions=[(os.POSIX_SPAWN_DUP2, nowhere.fileno(), 1)],
        )
    peak, stop = 0.0, threading.Event()

    def watch() -> None:
        nonlocal peak
        while not stop.wait(every):
            peak = max(peak, sum(_resident(one) for one in _family(pid)))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    _, status, usage = os.wait4(pid, 0)
    stop.set()
    watcher.join()
    wall = time.perf_counter() - start
    return Measured(wall, usage.ru_utime + usage.ru_stime, peak, os.waitstatus_to_exitcode(status))


def _family(pid: int) -> list[int]:
    found, queue = [], [pid]
    while queue:
        one = queue.pop()
        found.append(one)
        try:
            for thread in Path(f"/proc/{one}/task").iterdir():
                queue += [int(child) for child in (thread / "children").read_text().split()]
        except OSError:
            continue
    return found


def _resident(pid: int) -> float:
    """Return the proportional share of memory in megabytes, so that pages shared by a family count once."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0
