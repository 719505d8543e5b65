"""A running office and Chromium for the browser tests: fixtures, signing in, pictures, what axe finds.

The fixtures ``office`` and ``browser`` are in reach of every test; a module of browser tests says
``pytestmark = needs_browser``. Tests share the accounts of one office: one that changes an account (its
language, its password) takes an account that no other test reads with.

Screenshots go to the folder PAYUNG_SCREENSHOTS, where it is set.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
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
PATIENCE = 30_000  # milliseconds; the machine may be doing much else


@pytest.fixture(scope="module")
def office(tmp_path_factory: Any) -> Iterator[str]:
    """The address of a running office with an account for every role."""
    yield from served(tmp_path_factory.mktemp("office"), PREPARE)


def served(home: Path, *scripts: Path) -> Iterator[str]:
    """Yield the address of an office in ``home`` that ``scripts`` filled, and end it afterwards."""
    values = {"PAYUNG_HOME": str(home), "PAYUNG_DATABASE": "", "PAYUNG_HOSTS": "127.0.0.1"}
    environment = {**os.environ, **values, "PAYUNG_SECOND_FACTOR": "0"}
    for script in scripts:
        subprocess.run([sys.executable, script], env=environment, check=True, cwd=home)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["-c", "from payung.cli import main; main()", "serve", "--port", str(port)]
    server = subprocess.Popen(
        [sys.executable, *command], env=environment, cwd=home, stdout=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{address}/sehat/", timeout=5).close()
            break
        except OSError:
            time.sleep(0.1)
    yield address
    server.send_signal(signal.SIGTERM)
    server.wait(timeout=30)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium of this machine."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        yield play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


def sign_in(browser: Any, office: str, role: str, width: str) -> Any:
    """Return a page on the first page of the account of ``role``; ``width`` is a key of ``WIDTHS``."""
    size = WIDTHS[width]
    view = {"width": size[0], "height": size[1]}
    page = browser.new_context(viewport=view, locale="en-US", reduced_motion="reduce").new_page()
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


def barriers(page: Any) -> list[tuple[str, str, str]]:
    """Return what axe finds: rule, impact and the first place."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [(line["id"], line["impact"], line["nodes"][0]["html"][:150]) for line in found]
