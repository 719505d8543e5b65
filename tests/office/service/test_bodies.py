"""What is sent is received within limits of size, time and number, before any page looks at it."""

from __future__ import annotations

import io
import socket
import threading
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.office.service import bodies, lines


class Slow:
    """A line that gives so many bytes a second; its own clock."""

    def __init__(self, length: int, speed: float) -> None:
        self.left, self.speed, self.now = length, speed, 0.0

    def read(self, size: int) -> bytes:
        many = min(size, self.left)
        self.left -= many
        self.now += many / self.speed
        return b"x" * many

    def clock(self) -> float:
        return self.now


@given(st.binary(max_size=3 * bodies.LARGEST_PIECE))
def test_body_arrives_as_it_was_sent(data: bytes) -> None:
    with bodies.receive(io.BytesIO(data), len(data)) as body:
        assert body.read() == data


@pytest.mark.parametrize("speed", [20_000, 5_000, 1_000_000])  # 2G, and worse than that
def test_slow_village_is_waited_for(speed: float) -> None:
    line = Slow(1_000_000, speed)
    with bodies.receive(line, 1_000_000, clock=line.clock) as body:
        assert len(body.read()) == 1_000_000


@pytest.mark.parametrize("length", [1_000, 1_000_000])
def test_who_sends_a_byte_now_and_then_is_not(length: int) -> None:
    line = Slow(length, 2)
    with pytest.raises(bodies.TooSlowError):
        bodies.receive(line, length, clock=line.clock)
    assert line.now < 2 * (bodies.GRACE + length / bodies.SLOWEST)


def test_body_that_breaks_off_is_not_taken() -> None:
    with pytest.raises(bodies.TooSlowError):
        bodies.receive(io.BytesIO(b"half"), 8)


def _ask(door: bodies.Guarded, body: Any = b"", cookie: str = "", **values: Any) -> int:
    found: list[int] = []
    source = io.BytesIO(body) if isinstance(body, bytes) else body
    length = len(body) if isinstance(body, bytes) else 1000
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/masuk/",
        "REMOTE_ADDR": "192.0.2.1",
        "CONTENT_LENGTH": str(length),
        "HTTP_COOKIE": cookie,
        "wsgi.input": source,
        **values,
    }

    def start(status: str, headers: list[tuple[str, str]]) -> None:
        found.append(int(status.split()[0]))

    answer = door(environ, start)
    list(answer)
    getattr(answer, "close", lambda: None)()
    return found[0]


def _office(environ: dict[str, Any], start: Any) -> list[bytes]:
    start("200 OK", [])
    return [environ["wsgi.input"].read()]


def test_stranger_may_send_a_form_and_no_more() -> None:
    door = bodies.Guarded(_office, threads=8)
    assert _ask(door, b"x" * 1000) == 200
    large = str(bodies.LARGEST_OF_STRANGERS + 1)
    assert _ask(door, CONTENT_LENGTH=large) == 413
    assert _ask(door, b"x" * (bodies.LARGEST_OF_STRANGERS + 1), cookie="sessionid=a") == 200
    assert _ask(door, cookie="sessionid=a", CONTENT_LENGTH=str(bodies.LARGEST + 1)) == 413
    assert _ask(door, CONTENT_LENGTH="banyak") == 200  # Django reads none of it


class Held:
    """A line on which nothing comes until it is let go."""

    def __init__(self) -> None:
        self.reading, self.go = threading.Event(), threading.Event()

    def read(self, size: int) -> bytes:
        self.reading.set()
        self.go.wait(20)
        return b""


def test_slow_lines_leave_threads_for_others() -> None:
    door = bodies.Guarded(_office, threads=8)
    lines = [Held() for _ in range(door.of_all)]
    threads = []
    try:
        for number, line in enumerate(lines):
            values = {"REMOTE_ADDR": f"192.0.2.{number // door.of_one}"}
            threads.append(threading.Thread(target=_ask, args=(door, line), kwargs=values))
            threads[-1].start()
            assert line.reading.wait(20)
        assert door.of_all < 8
        assert _ask(door, b"x", REMOTE_ADDR="198.51.100.1") == 503
        assert _ask(door, b"", CONTENT_LENGTH="") == 200  # a page
    finally:
        for line in lines:
            line.go.set()
        for thread in threads:
            thread.join()
    assert _ask(door, b"x", REMOTE_ADDR="198.51.100.1") == 200


def test_one_address_cannot_take_all_places() -> None:
    door = bodies.Guarded(_office, threads=16)
    lines = [Held() for _ in range(door.of_one)]
    threads = [threading.Thread(target=_ask, args=(door, line)) for line in lines]
    try:
        for thread, line in zip(threads, lines, strict=True):
            thread.start()
            assert line.reading.wait(20)
        assert _ask(door, b"x") == 503
        assert _ask(door, b"x", REMOTE_ADDR="198.51.100.1") == 200
    finally:
        for line in lines:
            line.go.set()
        for thread in threads:
            thread.join()


def _served() -> tuple[socket.socket, socket.socket]:
    """Return both ends of a connection: of who asks, and ours."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        theirs = socket.create_connection(door.getsockname(), source_address=("127.0.0.2", 0))
        ours, _ = door.accept()
    return theirs, ours


def test_line_on_which_hardly_anything_comes_is_ended_and_others_are_not() -> None:
    """Silent, or a byte now and then: ended. Who sent enough, who is being answered, and other peers go on."""
    pairs = [_served() for _ in range(4)]
    (slow, read), (quick, read_quick), (asked, answering), (_, untouched) = pairs
    try:
        slow.sendall(b"x")
        quick.sendall(b"x" * 50_000)
        read_quick.recv(50_000, socket.MSG_WAITALL)
        time.sleep(1.2)
        assert lines.end_slow({"192.0.2.1"}, age=1.0, slowest=4096) == 0
        assert lines.end_slow({"127.0.0.2"}, age=1e6, slowest=4096) == 0
        answering.sendall(b"answer")
        answered = time.monotonic()
        ended = lines.end_slow({"127.0.0.2"}, age=1.0, slowest=4096)
        in_time = (
            time.monotonic() - answered < 0.8
        )  # else this machine was so slow that it had no answer for a second
        assert ended == 2 or not in_time  # the silent one too
        assert read.recv(10) == b"x"
        assert read.recv(10) == b""  # whoever reads from it waits no more
        for theirs, ours in ((quick, read_quick), (asked, answering) if in_time else (quick, read_quick)):
            theirs.sendall(b"more")
            assert ours.recv(10) == b"more"
        assert untouched.recv(10) == b""
    finally:
        for pair in pairs:
            for one in pair:
                one.close()


def test_where_all_places_are_taken_slow_lines_are_ended_for_who_comes_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = [Held() for _ in range(6)]

    def end(peers: Any, *, age: float, slowest: float) -> int:
        assert peers == {"192.0.2.0", "192.0.2.1", "192.0.2.2"}
        for line in held:
            line.go.set()
        return len(held)

    door = bodies.Guarded(_office, threads=8)
    threads = []
    for number, line in enumerate(held):
        values = {"REMOTE_ADDR": f"192.0.2.{number // door.of_one}"}
        threads.append(threading.Thread(target=_ask, args=(door, line), kwargs=values))
        threads[-1].start()
        assert line.reading.wait(20)
    monkeypatch.setattr(lines, "end_slow", end)
    monkeypatch.setattr(bodies, "OLD", 1e9)
    assert _ask(door, b"x", REMOTE_ADDR="198.51.100.1") == 503  # they are young
    monkeypatch.setattr(bodies, "OLD", 0.0)
    monkeypatch.setattr(bodies, "WAITS", 60.0)
    assert _ask(door, b"x", REMOTE_ADDR="198.51.100.1") == 200
    for thread in threads:
        thread.join()
