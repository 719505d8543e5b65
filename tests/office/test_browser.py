"""The office in a real browser: phone and desk, keyboard, screen reader rules, weight, and the first way through.

Screenshots of every page at both widths go to the folder PAYUNG_SCREENSHOTS, where it is set.
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
from officeworld import PASSWORD, nik

from payung.office.assets import FILES, VENDOR

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.skipif(
        CHROMIUM is None, reason="Chromium is not here: install it (apt-get install chromium)"
    ),
    pytest.mark.skipif(
        not all((VENDOR / name).exists() for name in FILES),
        reason="styles and scripts are not here: run `make setup` (payung assets)",
    ),
]
WIDTHS = {"phone": (390, 844), "desk": (1280, 800)}
WEIGHT = 300_000  # bytes over the wire of the first page that somebody opens
VILLAGE = "62.03.01.1008"
PREPARE = Path(__file__).with_name("browseroffice.py")
# One address of every kind of page, by the role that opens it; "*" follows the first link of the list.
PAGES = {
    "operator": [
        "/",
        "/usulan/",
        "/usulan/mulai/",
        "/usulan/*",
        "/usulan/1/baris/",
        "/usulan/1/baris/*",
        "/saya/",
    ],
    "dpmd": ["/", "/papan/", "/orang/", "/orang/*", "/jabatan/", f"/jabatan/desa/{VILLAGE}/", "/jabatan/1/"],
    "admin": ["/akun/", "/akun/baru/", "/akun/2/", "/riwayat/", "/komponen/"],
    "bupati": ["/", "/papan/"],
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: Any) -> Iterator[str]:
    """The address of a running office with an account for every role."""
    home = tmp_path_factory.mktemp("office")
    values = {"PAYUNG_HOME": str(home), "PAYUNG_DATABASE": "", "PAYUNG_HOSTS": "127.0.0.1"}
    environment = {**os.environ, **values, "PAYUNG_SECOND_FACTOR": "0"}
    subprocess.run([sys.executable, PREPARE], env=environment, check=True, cwd=home)
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


def _sign_in(browser: Any, office: str, role: str, width: str) -> Any:
    size = WIDTHS[width]
    view = {"width": size[0], "height": size[1]}
    page = browser.new_context(viewport=view, locale="en-US", reduced_motion="reduce").new_page()
    page.set_default_timeout(15_000)
    page.goto(f"{office}/masuk/")
    page.fill("#id_login", role)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url(f"{office}/")
    return page


def _shoot(page: Any, name: str) -> None:
    if folder := os.environ.get("PAYUNG_SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def _barriers(page: Any) -> list[tuple[str, str, str]]:
    """Return what axe finds: rule, impact and the first place."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [(line["id"], line["impact"], line["nodes"][0]["html"][:150]) for line in found]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("role", PAGES)
def test_pages_fit_and_have_no_barrier(browser: Any, office: str, role: str, width: str) -> None:
    page = _sign_in(browser, office, role, width)
    complaints: list[str] = []
    page.on(
        "console", lambda line: complaints.append(line.text) if line.type in {"error", "warning"} else None
    )
    for address in PAGES[role]:
        page.goto(office + address.removesuffix("*"))
        if address.endswith("*"):
            page.click("table tbody tr:first-child a")
        name = f"{role}{address.replace('/', '-').replace('*', 'one')}-{width}"
        for theme in ("light",) if width == "phone" else ("dark", "light"):
            page.evaluate("theme => document.documentElement.setAttribute('data-bs-theme', theme)", theme)
            assert _barriers(page) == [], (address, theme)
            _shoot(page, f"{name}-{theme}")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{address} is {wide} pixels too wide"
    assert complaints == []
    page.context.close()


def test_first_page_is_light(browser: Any, office: str) -> None:
    page = browser.new_context().new_page()
    page.goto(f"{office}/masuk/", wait_until="networkidle")
    weigh = "performance.getEntries().reduce((sum, entry) => sum + (entry.transferSize || 0), 0)"
    assert 10_000 < page.evaluate(weigh) < WEIGHT
    page.context.close()


def test_keyboard_alone_signs_in_and_skips_to_the_content(browser: Any, office: str) -> None:
    page = _sign_in(browser, office, "operator", "desk")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"
    page.context.close()


def test_theme_and_language_stay_chosen(browser: Any, office: str) -> None:
    # A person's language follows them to every device: so this is an account that no other test reads with.
    page = _sign_in(browser, office, "inspektorat", "desk")
    page.click("[data-theme-switch]")
    chosen = page.evaluate("document.documentElement.dataset.bsTheme")
    page.click("text=English")
    assert page.locator("h1").inner_text().startswith("Welcome")
    assert page.evaluate("document.documentElement.dataset.bsTheme") == chosen == "dark"
    page.context.close()


def test_messy_list_goes_from_a_phone_to_the_agency(browser: Any, office: str, tmp_path: Path) -> None:
    messy = tmp_path / "Data warga.csv"
    rows = [
        f"{nik(600)};SITI AMINAH;05-03-1989",
        "6203990503;RUSLAN;05/03/1989",
        f"{nik(602)};BUDI;5 Maret 1989",
    ]
    messy.write_text("\n".join(["DAFTAR WARGA;;", "NIK;NAMA;TGL LAHIR", *rows]), encoding="utf-8")
    phone = _sign_in(browser, office, "operator", "phone")
    phone.goto(f"{office}/usulan/mulai/")
    phone.select_option("#id_kind", "rentan")
    phone.click("main form button")
    address = phone.url
    phone.set_input_files("#files", messy)
    phone.click("main form[data-upload] button[type=submit]")
    phone.wait_for_selector("text=Yang dikenali")
    assert phone.locator("a.figure").nth(3).inner_text().split()[-1] == "1"
    _shoot(phone, "way-1-read-phone")
    phone.click("a.figure >> nth=3")
    phone.click("table tbody tr:first-child a")
    _shoot(phone, "way-2-row-phone")
    phone.fill("#id_nik", nik(601))
    phone.click("text=Simpan dan periksa")
    assert phone.locator(".alert").inner_text().startswith("Tersimpan: siap")
    for role, step in (("kades", "submit"), ("camat", "endorse"), ("dinsos", "accept")):
        desk = _sign_in(browser, office, role, "phone" if role == "kades" else "desk")
        assert desk.locator(".todo a").count() >= 1
        desk.goto(address)
        desk.click(f"button[name=step][value={step}]")
        assert "Sudah" in desk.locator(".alert").inner_text()
        _shoot(desk, f"way-3-{step}")
        desk.context.close()
    for _ in range(100):
        phone.goto(f"{office}/orang/?cari=ruslan")
        if phone.locator("table tbody tr").count():
            break
        time.sleep(0.1)
    assert phone.locator("table tbody tr").count() == 1
    phone.context.close()
