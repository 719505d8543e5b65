"""The office in a real browser: phone and desk, keyboard, screen reader rules, weight, and the first way through."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from browserworld import WIDTHS, barriers, follow, needs_browser, shoot, sign_in
from officeworld import nik

pytestmark = needs_browser
WEIGHT = 300_000  # bytes over the wire of the first page that somebody opens
VILLAGE = "62.03.01.1008"
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


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("role", PAGES)
def test_pages_fit_and_have_no_barrier(browser: Any, office: str, role: str, width: str) -> None:
    page = sign_in(browser, office, role, width)
    complaints: list[str] = []
    page.on(
        "console", lambda line: complaints.append(line.text) if line.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    for address in PAGES[role]:
        page.goto(office + address.removesuffix("*"))
        if address.endswith("*"):
            follow(page, "table tbody tr:first-child a")
        name = f"{role}{address.replace('/', '-').replace('*', 'one')}-{width}"
        for theme in ("light",) if width == "phone" else ("dark", "light"):
            page.evaluate("theme => document.documentElement.setAttribute('data-bs-theme', theme)", theme)
            assert barriers(page) == [], (address, theme)
            shoot(page, f"{name}-{theme}")
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
    page = sign_in(browser, office, "operator", "desk")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"
    page.context.close()


def test_theme_and_language_stay_chosen(browser: Any, office: str) -> None:
    # A person's language follows them to every device: so this is an account that no other test reads with.
    page = sign_in(browser, office, "inspektorat", "desk")
    page.click("[data-theme-switch]")
    chosen = page.evaluate("document.documentElement.dataset.bsTheme")
    follow(page, "text=English")
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
    phone = sign_in(browser, office, "operator", "phone")
    phone.goto(f"{office}/usulan/mulai/")
    phone.select_option("#id_kind", "rentan")
    follow(phone, "main form button")
    address = phone.url
    phone.set_input_files("#files", messy)
    phone.click("main form[data-upload] button[type=submit]")
    phone.wait_for_selector("text=Arti kolom")
    assert phone.locator("a.figure").nth(3).inner_text().split()[-1] == "1"
    shoot(phone, "way-1-read-phone")
    follow(phone, "a.figure >> nth=3")
    follow(phone, "table tbody tr:first-child a")
    shoot(phone, "way-2-row-phone")
    phone.fill("#id_nik", nik(601))
    follow(phone, "text=Simpan dan periksa")
    assert phone.locator(".alert").inner_text().startswith("Tersimpan: siap")
    for role, step in (("kades", "submit"), ("camat", "endorse"), ("dinsos", "accept")):
        desk = sign_in(browser, office, role, "phone" if role == "kades" else "desk")
        assert desk.locator(".next a, .todo a").count() >= 1
        desk.goto(address)
        follow(desk, f"button[name=step][value={step}]")
        assert "Sudah" in desk.locator(".alert").inner_text()
        shoot(desk, f"way-3-{step}")
        desk.context.close()
    for _ in range(100):
        phone.goto(f"{office}/orang/?cari=ruslan")
        if phone.locator("table tbody tr").count():
            break
        time.sleep(0.1)
    assert phone.locator("table tbody tr").count() == 1
    phone.context.close()
