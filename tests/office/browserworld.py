"""A running office and Chromium for the browser tests: fixtures, signing in, pictures, what axe finds.

The fixtures ``office`` and ``browser`` are in reach of every test; a module of browser tests says
``pytestmark = needs_browser``. Each test has an office of its own: what one does there, no other meets, in whatever
order they run. What the scripts fill is filled once a process and copied.

Screenshots go to the folder PAYUNG_SCREENSHOTS, where it is set.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from officeworld import PASSWORD

from payung.office.service.assets import FILES, VENDOR

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_browser = [
    pytest.mark.skipif(
        CHROMIUM is None, reason="Chromium is not here: install it (apt-get install chromium)"
    ),
    pytest.mark.skipif(
        not all((VENDOR / name).exists() for name in FILES),
        reason="styles and scripts are not here: run `make setup` (payung assets)",
    ),
]
WIDTHS = {"phone": (390, 844), "desk": (1280, 800)}
PREPARE = Path(__file__).with_name("browseroffice.py")
Served = Callable[..., str]
Filled = Callable[..., Path]
PATIENCE = 60_000  # milliseconds; the machine may be doing much else


@pytest.fixture
def office(served: Served) -> str:
    """The address of a running office with an account for every role."""
    return served()


@pytest.fixture
def served(filled: Filled, tmp_path: Path) -> Iterator[Served]:
    """Open an office of this test's own, which ``browseroffice.py`` and then further scripts filled."""
    with contextlib.ExitStack() as opened:
        yield lambda *scripts: opened.enter_context(_open(filled(PREPARE, *scripts), tmp_path / "office"))


@pytest.fixture(scope="session")
def filled(tmp_path_factory: Any) -> Filled:
    """Give the home folder of an office that scripts filled; the same scripts run once a process."""
    known: dict[tuple[Path, ...], Path] = {}

    def fill(*scripts: Path) -> Path:
        if scripts not in known:
            home: Path = tmp_path_factory.mktemp("filled") / "office"
            if scripts[:-1]:
                shutil.copytree(fill(*scripts[:-1]), home)
            else:
                home.mkdir()
            subprocess.run([sys.executable, scripts[-1]], env=_environment(home), check=True, cwd=home)
            known[scripts] = home
        return known[scripts]

    return fill


def _environment(home: Path) -> dict[str, str]:
    values = {"PAYUNG_HOME": str(home), "PAYUNG_DATABASE": "", "PAYUNG_HOSTS": "127.0.0.1"}
    return {**os.environ, **values, "PAYUNG_SECOND_FACTOR": "0"}


@contextlib.contextmanager
def _open(filled: Path, home: Path) -> Iterator[str]:
    """Give the address of an office in ``home``, a copy of ``filled``, and end it afterwards."""
    shutil.copytree(filled, home)
    environment = _environment(home)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["-c", "from payung.cli import main; main()", "serve", "--port", str(port)]
    server = subprocess.Popen(
        [sys.executable, *command], env=environment, cwd=home, stdout=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{address}/sehat/", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=60)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium of this machine."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        yield play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


def sign_in(browser: Any, office: str, role: str, width: str, **context: Any) -> Any:
    """Return a page on the first page of the account of ``role``; ``width`` is a key of ``WIDTHS``.

    ``context`` is what else Chromium is told of its context.
    """
    size = WIDTHS[width]
    view = {"width": size[0], "height": size[1]}
    page = browser.new_context(viewport=view, locale="en-US", reduced_motion="reduce", **context).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{office}/masuk/")
    page.fill("#id_login", role)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url(lambda url: "/masuk/" not in url)
    return page


def follow(page: Any, selector: str) -> None:
    """Click what leads to another page and wait until that page is there: a click alone waits for nothing."""
    with page.expect_navigation():
        page.click(selector)


def shoot(page: Any, name: str) -> None:
    """Keep a picture of the whole page, where somebody wants pictures."""
    if folder := os.environ.get("PAYUNG_SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def barriers(page: Any, rules: Sequence[str] = ()) -> list[tuple[str, str, str]]:
    """Return what axe finds: rule, impact and the first place; ``rules`` are asked alone.

    The size of targets, which WCAG 2.2 AA asks for and axe leaves out unless told, is asked too.
    """
    from axe_playwright_python.sync_playwright import Axe

    wanted: dict[str, Any] = {"rules": {"target-size": {"enabled": True}}}
    if rules:
        wanted = {"runOnly": {"type": "rule", "values": list(rules)}}
    found = Axe().run(page, options=wanted).response["violations"]
    return [(line["id"], line["impact"], line["nodes"][0]["html"][:150]) for line in found]
