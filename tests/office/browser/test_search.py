"""The one search box: by the key / on a desk, behind its sign on a phone; both lead to one page of what was found."""

from __future__ import annotations

from typing import Any

import pytest
from browserworld import barriers, follow, needs_browser, shoot, sign_in

pytestmark = needs_browser


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_box_finds_from_any_page(browser: Any, office: str, width: str) -> None:
    page = sign_in(browser, office, "operator", width)
    page.goto(f"{office}/usulan/")
    if width == "phone":
        assert not page.is_visible("#seek-text")
        page.click("[data-seek]")
        shoot(page, "search-box-phone")
    else:
        page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "seek-text"
    page.keyboard.type("dewy/rekan")  # in a box / is a sign like any other
    assert page.input_value("#seek-text") == "dewy/rekan"
    page.fill("#seek-text", "dewy rekan")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".found h2").first.inner_text().strip() == "Orang yang namanya mirip"
    assert page.locator(".found li a").first.inner_text().strip().startswith("DEWI REKAAN")
    assert barriers(page) == []
    shoot(page, f"search-alike-{width}")
    page.evaluate("document.documentElement.setAttribute('data-bs-theme', 'dark')")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.evaluate("document.documentElement.setAttribute('data-bs-theme', 'light')")
    page.fill("#cari", "selat")
    follow(page, ".seek-page button")
    assert page.locator(".found").count() >= 1
    shoot(page, f"search-village-{width}")
    page.fill("#cari", "tidak ada siapa")
    follow(page, ".seek-page button")
    assert page.locator("text=Tidak ditemukan").count() == 1
    shoot(page, f"search-none-{width}")
    page.context.close()


def test_key_can_be_switched_off(browser: Any, office: str) -> None:
    page = sign_in(browser, office, "operator", "desk")
    page.goto(f"{office}/cari/")
    page.uncheck("[data-keys-switch]")
    page.goto(f"{office}/usulan/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") != "seek-text"
    page.context.close()
