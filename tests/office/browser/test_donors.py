"""A donor in a real browser: one page of its own money on a phone, and what the office sees of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browserworld import Served, barriers, follow, needs_browser, shoot, sign_in

pytestmark = needs_browser
MONEY = Path(__file__).parents[1] / "moneyoffice.py"


def fits(page: Any) -> bool:
    """Whether nothing is wider than the screen."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wide <= 0


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_a_donor_sees_its_own_money_and_the_office_makes_it_a_line(
    browser: Any, served: Served, width: str
) -> None:
    office = served(MONEY)
    page = sign_in(browser, office, "donatur", width)
    assert page.url == f"{office}/donatur/saya/"
    shown = page.inner_text("main")
    assert "PT Sawit Rekaan" in shown
    assert "Rp15.000.000" in shown
    assert "REKAAN" not in shown  # how the invented people are called
    shoot(page, f"donatur-saya-{width}")
    assert barriers(page) == []
    assert fits(page)
    with page.expect_download() as sheet:
        page.click("main a[href*=sertifikat]")
    assert sheet.value.suggested_filename.startswith("sertifikat-")
    page = sign_in(browser, office, "dinsos", width)
    for address, name in (
        ("/donatur/", "donatur"),
        ("/donatur/baru/", "donatur-baru"),
        ("/donatur/1/", "donatur-satu"),
        ("/donatur/1/janji/", "janji-baru"),
        ("/janji/1/", "janji"),
    ):
        page.goto(f"{office}{address}")
        shoot(page, f"{name}-{width}")
        assert barriers(page) == [], address
        assert fits(page), address
    page.fill("#id_name", "CSR tambahan")
    follow(page, "main form button.btn-primary")
    assert "CSR tambahan" in page.inner_text("h1")
