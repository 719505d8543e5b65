"""What the tests of running an office share: commands as an administrator calls them, an office of their own."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from payung.office.service.assets import FILES, VENDOR

PAYUNG = [sys.executable, "-c", "from payung.cli import main; main()"]
# Settings of the tests themselves that an office of its own must not get.
OF_THE_TESTS = ("DJANGO_SETTINGS_MODULE", "PAYUNG_SECRET", "PAYUNG_DATABASE_POOL")
needs_styles = pytest.mark.skipif(
    not all((VENDOR / name).exists() for name in FILES),
    reason="styles and scripts are not here: run `make setup` (payung assets)",
)


def surroundings(home: Path, **values: str) -> dict[str, str]:
    """Return the variables of a process that runs the office in ``home``; it makes its own secret."""
    kept = {name: value for name, value in os.environ.items() if name not in OF_THE_TESTS}
    own = {"PAYUNG_HOME": str(home), "PAYUNG_DATABASE": "", "PAYUNG_HOSTS": "127.0.0.1", "PAYUNG_LANG": "en"}
    return {**kept, **own, **values}


def payung(home: Path, *arguments: str, **values: str) -> subprocess.CompletedProcess[str]:
    """Call ``payung`` and wait for its end; its working directory is beside ``home``."""
    return subprocess.run(
        [*PAYUNG, *arguments],
        env=surroundings(home, **values),
        capture_output=True,
        text=True,
        check=False,
        cwd=home.parent,
    )


def python(home: Path, code: str, **values: str) -> str:
    """Run ``code`` in the office in ``home``, Django set up; return what it printed."""
    text = f"from payung.office.service import start\nstart.load()\n{code}"
    run = subprocess.run(
        [sys.executable, "-c", text],
        env=surroundings(home, **values),
        capture_output=True,
        text=True,
        check=False,
        cwd=home.parent,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


def set_up(home: Path, **values: str) -> str:
    """Set an office of 62.10 up; return the temporary password of its administrator ``dewi``.

    On SQLite it is a copy of one that ``payung setup`` made once in this process: making all tables takes ten seconds.
    """
    if values.get("PAYUNG_DATABASE"):
        return _set_up(home, **values)
    made, password = _fresh()
    shutil.copytree(made, home, dirs_exist_ok=True)
    return password


@cache
def _fresh() -> tuple[Path, str]:
    """Return the home of an office that nobody opened yet, and the password of ``dewi``."""
    folder = Path(tempfile.mkdtemp(prefix="payung-fresh-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder / "kantor", _set_up(folder / "kantor")


def _set_up(home: Path, **values: str) -> str:
    told = payung(
        home, "setup", "--district", "62.10", "--admin", "dewi", "--name", "Dewi (rekaan)", **values
    )
    assert told.returncode == 0, told.stderr
    return told.stdout.split("password ")[1].split()[0]


def free_port(host: str = "127.0.0.1") -> int:
    """Return a port that nothing listens on."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as free:
        free.bind((host, 0))
        port: int = free.getsockname()[1]
        return port


class Open:
    """An office that is open as long as the ``with`` lasts.

    Fields
        address: where it answers.
        process: `payung serve`.
        log: what it said on standard error.
    """

    def __init__(self, home: Path, *arguments: str, host: str = "127.0.0.1", **values: str) -> None:
        self.home, self.values = home, values
        self.port = free_port(host)
        self.address = f"http://{f'[{host}]' if ':' in host else host}:{self.port}"
        self.path = home.parent / f"log-{self.port}"
        command = [*PAYUNG, "serve", "--host", host, "--port", str(self.port), *arguments]
        with self.path.open("w") as log:
            self.process = subprocess.Popen(
                command,
                env=surroundings(home, **values),
                cwd=home.parent,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )

    @property
    def log(self) -> str:
        return self.path.read_text(encoding="utf-8")

    def __enter__(self) -> Open:
        try:
            self.wait()
        except BaseException:
            self.__exit__()  # nothing of it stays
            raise
        return self

    def wait(self) -> None:
        """Wait until it answers that it is well."""
        until(lambda: self.health()[0] == 200, self)

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=40)

    def health(self) -> tuple[int, dict[str, Any]]:
        """Return status and content of `/sehat/`; 0 while nothing answers."""
        status, text = self.get("/sehat/")
        try:
            return status, json.loads(text)
        except ValueError:
            return status, {}

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Return status and content of a page; 0 where nothing answers."""
        asked = urllib.request.Request(
            self.address + path, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        try:
            with urllib.request.urlopen(asked, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""


def until(condition: Any, office: Open | None = None, seconds: float = 300) -> None:
    """Wait until ``condition()`` holds. So long, because a busy machine opens an office in two minutes; an office whose
    `payung serve` ended is not waited for."""
    end = time.monotonic() + seconds
    while not condition():
        over = time.monotonic() > end or (office is not None and office.process.poll() not in (None, -9))
        assert not over, "waited too long" + (f": {office.log}" if office else "")
        time.sleep(0.1)
