"""Server and worker that die again and again: started again each time, after pauses that grow and have an end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from payung.office.jobs import endings
from payung.office.service import processes


class Dying:
    """A process that lives ``lives`` seconds by the clock of these tests."""

    now, lives, begun = 0.0, 0.0, 0

    def __init__(self, command: list[str], env: Any) -> None:
        self.born = Dying.now
        Dying.begun += 1

    def poll(self) -> int | None:
        return -9 if Dying.now >= self.born + Dying.lives else None


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> processes.Child:
    Dying.now, Dying.lives, Dying.begun = 0.0, 0.0, 0
    monkeypatch.setattr(processes.subprocess, "Popen", Dying)
    monkeypatch.setattr(processes.time, "monotonic", lambda: Dying.now)
    return processes.Child("worker", ["x"], {endings.NAME: str(tmp_path / "endings")})


def _pauses(child: processes.Child, seconds: float, lives: float) -> list[float]:
    Dying.lives, found, begun = lives, [], Dying.begun
    end = Dying.now + seconds
    while Dying.now < end:
        child.look(Dying.now)
        if Dying.begun > begun:
            begun = Dying.begun
            found.append(child.pause)
        Dying.now += 0.1
    return found


def test_pauses_grow_up_to_a_minute_and_nothing_is_given_up(child: processes.Child) -> None:
    found = _pauses(child, 3600, lives=0.2)
    assert found[:7] == [1, 3, 7, 15, 31, 60, 60]
    assert set(found[7:]) == {60}
    assert len(found) > 50


def test_what_had_lived_is_started_again_at_once(child: processes.Child) -> None:
    assert _pauses(child, 100, lives=30)[:2] == [0, 0]
    _pauses(child, 10, lives=0.2)
    found = _pauses(child, 400, lives=90)  # the cause is gone
    assert found[-1] == 0


def test_each_end_is_said_and_counted(
    child: processes.Child, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    _pauses(child, 6, lives=0.2)
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 3
    assert "kode -9" in said[0] or "code -9" in said[0]
    monkeypatch.setenv(endings.NAME, str(tmp_path / "endings"))
    assert endings.lately() == 3
