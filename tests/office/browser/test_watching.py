"""The pages of arrears, deaths and money ahead in a real browser: readable on a phone, without barriers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browserworld import Served, barriers, needs_browser, shoot, sign_in

pytestmark = needs_browser
WATCHED = Path(__file__).parents[1] / "watchedoffice.py"


@pytest.fixture
def watched(served: Served) -> str:
    """The address of an office with arrears, a list of deaths and a thin line."""
    return served(WATCHED)


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_pages_that_watch_are_readable_and_without_barriers(browser: Any, watched: str, width: str) -> None:
    page = sign_in(browser, watched, "dinsos", width)
    for address, name, said in (
        ("/bayar/", "papan", "Sebelum terlambat"),
        ("/tunggakan/", "tangga", "Menunggu surat"),
        ("/kematian/", "kematian", "Rekaan Sari"),
        ("/tagihan/perkiraan/", "perkiraan", "APBDes pekerja rentan"),
        ("/dana/skenario/?contoh=kapuas", "kapuas", "69.720"),
        ("/dana/skenario/", "pilihan", "Pilihan C"),
    ):
        page.goto(f"{watched}{address}")
        assert said in page.content(), address
        shoot(page, f"{name}-{width}")
        assert barriers(page) == [], address
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, address
    page.goto(f"{watched}/tunggakan/")
    with page.expect_navigation():
        page.click("table tbody a >> nth=0")
    assert "kehilangan perlindungan" in page.content()
    shoot(page, f"pembayar-{width}")
    assert barriers(page) == []
    page.goto(f"{watched}/kematian/")
    with page.expect_navigation():
        page.click("table tbody a >> nth=0")
    shoot(page, f"satu-kematian-{width}")
    assert barriers(page) == []
