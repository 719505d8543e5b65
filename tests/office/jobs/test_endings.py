"""What ended by itself while the office was open: counted for an hour, and said."""

from __future__ import annotations

from pathlib import Path

import pytest

from payung.office.jobs import endings, health

NOW = 1_800_000_000.0


def _lines(path: Path, *lines: str) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="ascii")


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "endings"
    monkeypatch.setenv(endings.NAME, str(path))
    return path


def test_where_nobody_keeps_a_file_nothing_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(endings.NAME, raising=False)
    endings.note("worker")
    assert endings.lately() == 0
    monkeypatch.setenv(endings.NAME, str(tmp_path / "gone" / "endings"))
    endings.note("worker")
    assert endings.lately() == 0


def test_processes_that_the_server_begins_with_did_not_end_and_those_after_them_did(kept: Path) -> None:
    began = [f"{NOW:.0f} started 2", f"{NOW:.0f} process 0", f"{NOW:.0f} process 0"]
    _lines(kept, *began)
    assert endings.lately(NOW) == 0
    _lines(kept, *began, f"{NOW:.0f} process 0", f"{NOW:.0f} worker 0", f"{NOW:.0f} server 0", *began)
    assert endings.lately(NOW) == 3


def test_an_hour_later_it_is_said_no_more_and_a_line_that_broke_off_is_none(kept: Path) -> None:
    _lines(kept, f"{NOW:.0f} worker 0", "18000")
    assert endings.lately(NOW + endings.LATELY) == 1
    assert endings.lately(NOW + endings.LATELY + 1) == 0


@pytest.mark.django_db
def test_health_says_it_and_the_office_is_not_down_for_it(kept: Path) -> None:
    endings.note("worker")
    works, told = health.look()
    assert told["ended_lately"] == 1
    assert works == told["disk"]
    assert any("berhenti sendiri" in one for one in told["said"])
