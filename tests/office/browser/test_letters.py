"""A letter in a real browser: written, made, opened on its page, checked by anybody; fits a phone, no barrier."""

from __future__ import annotations

import time
from typing import Any

import pytest
from browserworld import WIDTHS, barriers, follow, needs_browser, shoot, sign_in

pytestmark = needs_browser
VILLAGE = "62.03.01.1008"


@pytest.fixture
def letter(browser: Any, office: str) -> str:
    """The address of a letter that the operator issues on the page of the village."""
    page = sign_in(browser, office, "operator", "phone")
    page.goto(f"{office}/jabatan/desa/{VILLAGE}/")
    follow(page, "#surat a[href*=village_count]")
    shoot(page, "letter-issue-phone")
    page.fill("#id_a_note", "belum didata RT")
    follow(page, "main form button.btn-primary")
    assert "sedang dibuat" in page.content()
    for _ in range(120):  # the worker makes it
        page.goto(f"{office}/jabatan/desa/{VILLAGE}/")
        if page.locator("#surat a[href^='/surat/']", has_text="001/02/DESA").count():
            break
        time.sleep(0.5)
    shoot(page, "letter-beside-phone")
    follow(page, "#surat a:has-text('001/02/DESA')")
    address = page.url
    page.context.close()
    return str(address)


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_letters_fit_and_have_no_barrier(browser: Any, office: str, letter: str, width: str) -> None:
    page = sign_in(browser, office, "operator", width)
    pages = {
        "list": f"{office}/surat/",
        "letter": letter,
        "again": f"{letter}ulang/",
        "head": f"{office}/surat/kop/",
        "village": f"{office}/jabatan/desa/{VILLAGE}/",
    }
    for name, address in pages.items():
        page.goto(address)
        shoot(page, f"letter-{name}-{width}")
        assert barriers(page) == [], name
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, name
    page.context.close()


def test_anybody_checks_the_code_of_the_paper(browser: Any, office: str, letter: str) -> None:
    inside = sign_in(browser, office, "operator", "desk")
    inside.goto(letter)
    code = inside.locator("dd.nik").inner_text()
    inside.context.close()
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    page.goto(f"{office}/cek-surat/")
    page.fill("#id_kode", code)
    follow(page, "main form button")
    assert "Ada di kantor dan berlaku" in page.content()
    shoot(page, "letter-check-phone")
    assert barriers(page) == []
    page.context.close()
