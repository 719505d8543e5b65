"""What is sent to the office is received before any page looks at it: within limits of size, time and number.

Whoever sends slowly holds a thread of the server. So a body that comes slower than :data:`SLOWEST` ends, of one
address only some come at the same time, and of all addresses together no more than leave threads for others: pages
and `/sehat/` go on answering. Where all places are taken, lines on which hardly anything comes are ended for whoever
comes next. A proxy in front that receives whole requests first (nginx does) makes this idle.
"""

from __future__ import annotations

import logging
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from typing import IO, Any

from django.conf import settings

from payung.office.service import faults, lines
from payung.office.service.requests import forwarded
from payung.text import Text

LARGEST = 256 * 1024 * 1024  # bytes of one request: several files at once
LARGEST_OF_STRANGERS = 256 * 1024  # bytes where nobody has signed in: a form
GRACE = 20.0  # seconds that any body may take
SLOWEST = 4 * 1024  # bytes a second beyond that; a village on 2G has five times as much
IN_MEMORY = 1024 * 1024  # bytes; what is larger waits in a file that has no name
SMALLEST_PIECE, LARGEST_PIECE = 16, 64 * 1024  # bytes asked for at once: few where they come slowly
QUICK = 0.05  # seconds for a piece
OLD = 10.0  # seconds after which a line that is slower than it may be gives its place away
WAITS = 2.0  # seconds that the next one waits for it
LOG = logging.getLogger("payung.bodies")

TOO_LARGE = Text(
    "Yang dikirim terlalu besar, jadi tidak diterima: kirim berkasnya satu per satu (masing-masing "
    "paling besar 30 MB).",
    "What was sent is too large and was not taken: send the files one by one (30 MB each at most).",
)
TOO_SLOW = Text(
    "Pengiriman terlalu lambat atau terputus, jadi tidak ada yang tersimpan: coba lagi dengan "
    "jaringan yang lebih baik.",
    "It was sent too slowly or broke off, so nothing was saved: try again on a better line.",
)

Start = Callable[..., Any]
Application = Callable[[dict[str, Any], Start], Iterable[bytes]]


class TooSlowError(Exception):
    """A body did not come in time, or not to its end."""


class Guarded:
    """The office behind a door that receives what is sent.

    Fields
        application: what answers.
        threads: requests that this process works on at the same time.
    """

    def __init__(self, application: Application, *, threads: int) -> None:
        self.application = application
        self.of_all = max(2, threads * 3 // 4)
        self.of_one = max(2, threads // 4)
        self._lock = threading.Lock()
        self._receiving: Counter[str] = Counter()
        self._since: dict[
            int, tuple[str, float]
        ] = {}  # thread → whose line it reads (the machine beside us), since when

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        """Receive the body, then let the office answer; or answer here why it was not taken."""
        length = _length(environ)
        if not length:
            return self.application(environ, start)
        known = settings.SESSION_COOKIE_NAME in environ.get("HTTP_COOKIE", "")
        if length > (LARGEST if known else LARGEST_OF_STRANGERS):
            return _refuse(start, 413, TOO_LARGE, environ)
        address = forwarded(environ, settings.ENVIRONMENT.proxies)
        if not self._enter(address, str(environ.get("REMOTE_ADDR", ""))):
            return _refuse(start, 503, faults.BUSY, environ)
        try:
            body = receive(environ["wsgi.input"], length)
        except TooSlowError:
            return _refuse(start, 408, TOO_SLOW, environ)
        finally:
            self._leave(address)
        environ["wsgi.input"] = body
        return _Closing(self.application(environ, start), body)

    def _enter(self, address: str, peer: str) -> bool:
        """Take a place, if need be that of a line on which hardly anything comes."""
        if self._place(address, peer):
            return True
        now = time.monotonic()
        with self._lock:
            old = {whose for whose, since in self._since.values() if now - since >= OLD}
        if not old or not lines.end_slow(old, age=OLD, slowest=SLOWEST):
            return False
        while time.monotonic() - now < WAITS:
            time.sleep(QUICK)
            if self._place(address, peer):
                return True
        return False

    def _place(self, address: str, peer: str) -> bool:
        with self._lock:
            if self._receiving.total() >= self.of_all or self._receiving[address] >= self.of_one:
                return False
            self._receiving[address] += 1
            self._since[threading.get_ident()] = (peer, time.monotonic())
            return True

    def _leave(self, address: str) -> None:
        with self._lock:
            self._receiving[address] -= 1
            self._since.pop(threading.get_ident(), None)
            if not self._receiving[address]:
                del self._receiving[address]


def receive(source: Any, length: int, *, clock: Callable[[], float] = time.monotonic) -> IO[bytes]:
    """Return ``length`` bytes of ``source`` as a file at its begin. Raises :class:`TooSlowError`."""
    end = clock() + GRACE + length / SLOWEST
    body = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed with the answer
    left, piece = length, SMALLEST_PIECE
    try:
        while left:
            began = clock()
            found = source.read(min(piece, left))
            now = clock()
            if not found or now > end:
                raise TooSlowError
            body.write(found)
            left -= len(found)
            quick = now - began < QUICK
            piece = min(LARGEST_PIECE, piece * 2) if quick else max(SMALLEST_PIECE, piece // 4)
    except BaseException:
        body.close()
        raise
    body.seek(0)
    return body


class _Closing:
    """An answer that closes the received body when it was sent."""

    def __init__(self, answer: Iterable[bytes], body: IO[bytes]) -> None:
        self.answer, self.body = answer, body
        self.pieces = iter(answer)

    def __iter__(self) -> _Closing:
        return self

    def __next__(self) -> bytes:
        return next(self.pieces)

    def close(self) -> None:
        """Close both."""
        try:
            if hasattr(self.answer, "close"):
                self.answer.close()
        finally:
            self.body.close()


def _length(environ: dict[str, Any]) -> int:
    """Return how many bytes are announced; 0 for none, or for what is no number (Django reads none of it)."""
    text = str(environ.get("CONTENT_LENGTH") or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _refuse(start: Start, status: int, told: Text, environ: dict[str, Any]) -> Iterable[bytes]:
    LOG.warning("%s %s not taken: %s", environ.get("REQUEST_METHOD"), environ.get("PATH_INFO"), status)
    answer = faults.page(status, told, headers={"Retry-After": faults.RETRY_AFTER, "Connection": "close"})
    start(f"{status} {answer.reason_phrase}", list(answer.items()))
    return [answer.content]
