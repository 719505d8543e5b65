"""What ended by itself while the office is open: server and worker, each time, in a file of `payung serve`.

`/sehat/` and the state of the office say it for an hour: whatever dies is started again after a pause that grows, and
somebody has to look why.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

NAME = "SERVED_ENDINGS"  # of the variable that tells the children of `payung serve` where the file is
LATELY = 3600.0  # seconds
STARTED, PROCESS = "started", "process"  # the server with how many processes; one of them that began
MOST = 1 << 16  # bytes of the end of the file that are read


def note(what: str, many: int = 0, *, path: str = "") -> None:
    """Add a line; a disk that is full does not stop what goes on."""
    path = path or os.environ.get(NAME, "")
    if not path:
        return
    try:
        with Path(path).open("a", encoding="ascii") as file:
            file.write(f"{time.time():.0f} {what} {many}\n")
    except OSError:
        return


def lately(now: float | None = None) -> int:
    """Return how often server, worker or a process of the server ended by itself in the last hour."""
    path, since = os.environ.get(NAME, ""), (now or time.time()) - LATELY
    try:
        with Path(path).open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - MOST))
            lines = file.read().decode("ascii", "replace").splitlines()
    except OSError:
        return 0
    many = expected = 0
    for line in lines:
        at, what, number = (*line.split(), "", "")[:3]
        if not at.isdigit() or not number.isdigit():
            continue  # cut in the middle
        if what == STARTED:
            expected = int(number)
        elif what == PROCESS and expected:
            expected -= 1
        else:
            many += float(at) >= since
    return many
