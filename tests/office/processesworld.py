"""An office in processes of its own: started, asked, waited for."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path


def environment_of(home: Path) -> dict[str, str]:
    values = {
        "PAYUNG_HOME": str(home),
        "PAYUNG_DATABASE": "",
        "PAYUNG_HOSTS": "127.0.0.1",
        "PAYUNG_LANG": "en",
    }
    return {**os.environ, **values}


def run(home: Path, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        env=environment_of(home),
        capture_output=True,
        text=True,
        check=check,
        cwd=home,
    )


def value(home: Path, query: str) -> int:
    with sqlite3.connect(home / "office.sqlite3", timeout=20) as database:
        return int(database.execute(query).fetchone()[0])


def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.01)
