"""A demonstration in a real browser: marked on every page, and put back by a button while the office is open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browserworld import WIDTHS, Served, barriers, follow, needs_browser, shoot, sign_in

pytestmark = needs_browser
MARKED = Path(__file__).parents[1] / "browserdemonstration.py"


@pytest.mark.parametrize("width", WIDTHS)
def test_administrator_begins_it_anew_and_everybody_signs_in_again(
    browser: Any, served: Served, width: str
) -> None:
    office = served(MARKED)
    other = sign_in(browser, office, "operator", width)
    shoot(other, f"peragaan-beranda-{width}")
    assert barriers(other) == []
    page = sign_in(browser, office, "admin", width)
    page.goto(f"{office}/akun/baru/")
    page.fill("#id_name", "Baru Rekaan")
    page.fill("#id_username", "baru.rekaan")
    follow(page, "main form button")
    page.goto(f"{office}/akun/?cari=baru.rekaan")
    assert page.locator("main tbody tr").count() == 1
    page.goto(f"{office}/keadaan/")
    page.click("text=Mulai peragaan dari awal")
    shoot(page, f"peragaan-mulai-{width}")
    assert barriers(page) == []
    follow(page, "text=Ya, mulai dari awal")
    assert page.url.startswith(f"{office}/masuk/")
    other.goto(f"{office}/usulan/")
    assert "/masuk/" in other.url
    page.context.close()
    page = sign_in(browser, office, "admin", width)
    page.goto(f"{office}/akun/?cari=baru.rekaan")
    assert page.locator("main tbody tr").count() == 0
    page.goto(f"{office}/riwayat/")
    assert "Peragaan dimulai dari awal" in page.locator("main").inner_text()
    page.context.close()
    other.context.close()


def test_real_office_has_neither_mark_nor_button(browser: Any, office: str) -> None:
    page = sign_in(browser, office, "admin", "desk")
    page.goto(f"{office}/keadaan/")
    assert page.locator("body[data-watermark]").count() == 0
    assert page.locator("text=Mulai peragaan dari awal").count() == 0
    page.context.close()
