"""Wait until an address of this machine answers: `wait_for.py ADDRESS PID`. Code 1 where the process ended first."""

from __future__ import annotations

import os
import sys
import time
import urllib.error
import urllib.request

SECONDS = 30


def answers(address: str) -> bool:
    """Tell whether ``address`` answers with 200."""
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def alive(pid: int) -> bool:
    """Tell whether the process is there."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def main() -> int:
    """Ask twice a second, for at most :data:`SECONDS`."""
    address, pid = sys.argv[1], int(sys.argv[2])
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and alive(pid):
        if answers(address):
            return 0
        time.sleep(0.5)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
