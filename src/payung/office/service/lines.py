"""Lines on which hardly anything comes: seen and ended in the kernel, since whoever reads from one waits for it."""

from __future__ import annotations

import contextlib
import os
import socket
import stat
import struct
from collections.abc import Container, Iterator
from pathlib import Path

OPEN = Path("/proc/self/fd")
# Where struct tcp_info of Linux says how many milliseconds ago something was sent, and how many bytes came.
SENT, CAME, SIZE = 44, 128, 136


def end_slow(peers: Container[str], *, age: float, slowest: float) -> int:
    """End the lines of ``peers`` slower than ``slowest`` bytes a second for ``age`` seconds; return how many.

    Those are lines over which nothing was answered for so long and less came at all. One that is kept open and idle
    is among them, which does no harm. Where this machine is no Linux nothing is ended.
    """
    ended = 0
    for line in _lines():
        with line, contextlib.suppress(OSError, struct.error):
            told = line.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, SIZE)
            (silent,), (came,) = struct.unpack_from("=I", told, SENT), struct.unpack_from("=Q", told, CAME)
            slow = silent >= 1000 * age and came < slowest * age
            if slow and line.getpeername()[0] in peers:
                line.shutdown(socket.SHUT_RDWR)
                ended += 1
    return ended


def _lines() -> Iterator[socket.socket]:
    """Go through the connections of this process, each by a handle of its own."""
    try:
        names = [path.name for path in OPEN.iterdir()]
    except OSError:
        return
    for name in names:
        with contextlib.suppress(OSError):
            if stat.S_ISSOCK(os.fstat(int(name)).st_mode):
                line = socket.socket(fileno=os.dup(int(name)))
                if line.family in (socket.AF_INET, socket.AF_INET6) and line.type == socket.SOCK_STREAM:
                    yield line
                else:
                    line.close()
