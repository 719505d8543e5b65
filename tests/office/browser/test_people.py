"""A person by hand in a real browser: added, mended, heir, card, paper; fits a phone, no barrier."""

from __future__ import annotations

import contextlib
import re
import zlib
from typing import Any

import pytest
from browserworld import WIDTHS, barriers, follow, needs_browser, shoot, sign_in
from officeworld import nik

pytestmark = needs_browser
VILLAGE = "62.03.01.1008"


@pytest.fixture
def person(browser: Any, office: str) -> str:
    """The address of a person whom the operator enters, names an heir for, and gives a card."""
    page = sign_in(browser, office, "operator", "phone")
    page.goto(f"{office}/orang/")
    follow(page, "text=Tambah orang")
    page.fill("#id_nik", "6203")
    page.fill("#id_name", "Siti Rekaan")
    page.select_option("#id_category", "rentan")
    page.fill("#id_job", "tukang ojek")
    page.fill("#id_kk", nik(1)[:12] + "9999")
    page.fill("#id_reason", "datang ke kantor desa")
    follow(page, "main form button")
    assert page.locator(".invalid-feedback").first.inner_text().startswith("NIK bukan 16 angka")
    shoot(page, "register-add-fault-phone")
    page.fill("#id_nik", nik(700))
    follow(page, "main form button")
    page.wait_for_selector("text=Riwayat")
    address = page.url
    follow(page, "text=Tambah")
    page.select_option("#id_relation", "spouse")
    page.fill("#id_name", "Ahmad Rekaan")
    page.fill("#id_phone", "081234567890")
    follow(page, "text=Simpan")
    assert "urutan pertama" in page.content()
    page.goto(f"{address}kartu/")
    page.fill("#id_kpj", "26000000001")
    follow(page, "text=Simpan")
    assert "belum diserahkan" in page.content()
    page.context.close()
    return str(address)


def _pages(office: str, person: str) -> dict[str, str]:
    return {
        "home": f"{office}/",
        "person": person,
        "change": f"{person}ubah/",
        "nik": f"{person}nik/betulkan/",
        "heir-add": f"{person}ahli-waris/",
        "heir": f"{person}ahli-waris/1/",
        "card": f"{person}kartu/",
        "household": f"{office}/kk/1/",
        "add": f"{office}/orang/tambah/",
        "cards-received": f"{office}/kartu/terima/",
        "posts": f"{office}/jabatan/daftar/",
        "roster": f"{office}/jabatan/desa/{VILLAGE}/cetak/",
        "board": f"{office}/papan/?cetak=ya",
    }


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_the_register_fit_and_have_no_barrier(
    browser: Any, office: str, person: str, width: str
) -> None:
    page = sign_in(browser, office, "operator", width)
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    for name, address in _pages(office, person).items():
        page.goto(address)
        for theme in ("dark", "light"):
            page.evaluate("theme => document.documentElement.setAttribute('data-bs-theme', theme)", theme)
            assert barriers(page) == [], (name, theme)
        shoot(page, f"register-{name}-{width}")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} is {wide} pixels too wide"
    assert complaints == []
    page.context.close()


def test_card_goes_into_the_hand_by_a_tick(browser: Any, office: str, person: str) -> None:
    for width in reversed(WIDTHS):
        page = sign_in(browser, office, "operator", width)
        page.goto(f"{office}/kartu/")
        assert barriers(page) == [], width
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, width
        shoot(page, f"register-cards-{width}")
        follow(page, "text=Untuk dicetak")
        assert barriers(page) == [], width
        assert page.locator("table tbody tr").count() == 1
        shoot(page, f"register-cards-paper-{width}")
        page.go_back()
    page.check("input[name=kartu]")
    page.fill("#id_handed_to", "Ahmad Rekaan")
    follow(page, "#serah button")
    assert "1 kartu tercatat diserahkan" in page.locator(".alert").inner_text()
    page.goto(person)
    assert "kepada Ahmad Rekaan" in page.content()
    page.context.close()


@pytest.mark.parametrize("address", [f"/jabatan/desa/{VILLAGE}/cetak/", "/papan/?cetak=ya", "/kartu/cetak/"])
def test_paper_is_landscape_without_menus(browser: Any, office: str, address: str, tmp_path: Any) -> None:
    page = sign_in(browser, office, "operator", "desk")
    page.goto(office + address)
    page.evaluate("document.documentElement.setAttribute('data-bs-theme', 'dark')")
    page.emulate_media(media="print")
    for hidden in (".side", ".actions", ".back", ".list-tools"):
        assert page.locator(hidden).evaluate_all("all => all.filter(one => one.offsetParent).length") == 0, (
            hidden
        )
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.pdf(path=tmp_path / "paper.pdf", prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox ?\[0 0 ([0-9.]+) ([0-9.]+)\]", (tmp_path / "paper.pdf").read_bytes())
    assert {(round(float(width)), round(float(height))) for width, height in boxes} == {(842, 595)}
    assert not re.search(r"\b[0-9]{16}\b", page.locator("main").inner_text())
    page.context.close()


def _written(pdf: bytes) -> int:
    """Return how many pieces of text stand in a paper."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    total = 0
    for stream in streams:
        with contextlib.suppress(zlib.error):
            total += len(re.findall(rb"\bT[jJ]\b", zlib.decompress(stream)))
    return total


def test_table_begins_on_the_first_sheet(browser: Any, office: str) -> None:
    page = sign_in(browser, office, "dpmd", "desk")
    page.goto(f"{office}/papan/?cetak=ya")
    page.emulate_media(media="print")
    first = _written(page.pdf(prefer_css_page_size=True, page_ranges="1"))
    # As it was: a table that is longer than a sheet and may not break begins on the next one.
    page.evaluate("document.querySelector('main .card').style.setProperty('break-inside', 'avoid')")
    before = _written(page.pdf(prefer_css_page_size=True, page_ranges="1"))
    assert first > before + 20
    page.context.close()
