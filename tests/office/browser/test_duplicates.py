"""Reviewing duplicates in a real browser: by keyboard at a desk, by touch on a phone, each for itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browserworld import PATIENCE, WIDTHS, Served, barriers, follow, needs_browser, shoot, sign_in
from officeworld import PASSWORD

pytestmark = needs_browser
DUPLICATES = Path(__file__).parents[1] / "duplicatesoffice.py"


@pytest.fixture
def queue(served: Served) -> str:
    """The address of the queue, in which pairs wait: a list went all the way into the register."""
    return f"{served(DUPLICATES)}/tinjau/"


def _names(page: Any) -> str:
    return str(page.locator(".versus [role=columnheader]").all_inner_texts()[1:])


def _wait(page: Any, name: str) -> None:
    page.wait_for_function("name => document.querySelector('.versus')?.innerText.includes(name)", arg=name)


@pytest.mark.parametrize("width", WIDTHS)
def test_queue_and_pair_fit_and_have_no_barrier(browser: Any, queue: str, width: str) -> None:
    page = sign_in(browser, queue.removesuffix("/tinjau/"), "dinsos", width)
    complaints: list[str] = []
    page.on(
        "console", lambda line: complaints.append(line.text) if line.type in {"error", "warning"} else None
    )
    for name in ("queue", "pair"):
        page.goto(queue)
        if name == "pair":
            follow(page, "table tbody tr:first-child a")
            page.wait_for_selector(".versus")
        for theme in ("light", "dark"):
            page.evaluate("theme => document.documentElement.setAttribute('data-bs-theme', theme)", theme)
            assert barriers(page) == [], (name, theme)
            shoot(page, f"review-{name}-{width}-{theme}")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} is {wide} pixels too wide"
    assert complaints == []
    page.context.close()


def test_duplicate_is_decided_and_undone_with_the_keyboard(browser: Any, queue: str) -> None:
    page = sign_in(browser, queue.removesuffix("/tinjau/"), "dinsos", "desk")
    follow(page, ".todo a[href='/tinjau/']")
    page.fill("#f-cari", "siti")
    with page.expect_navigation():
        page.press("#f-cari", "Enter")
    follow(page, "table tbody tr:first-child a")
    _wait(page, "SITI AMINNAH")
    first = page.url
    names = _names(page)
    page.keyboard.press("2")
    assert page.locator("input[name=simpan]").nth(1).is_checked()
    page.fill("#alasan", "sb")  # letters of a reason decide nothing
    page.locator("#alasan").press("l")
    assert page.url == first
    page.locator("h1").click()
    page.keyboard.press("s")
    page.wait_for_url(lambda url: url != first)
    assert _names(page) != names
    shoot(page, "review-after-desk")
    page.keyboard.press("u")
    page.wait_for_url(first)
    assert "semuanya seperti semula" in page.locator(".alert").first.inner_text()
    assert _names(page) == names
    assert "orang yang sama" not in page.locator("h1").inner_text()
    page.keyboard.press("l")
    page.wait_for_url(lambda url: url != first)
    page.uncheck("[data-keys-switch]")
    second = page.url
    page.locator("h1").click()
    page.keyboard.press("b")
    page.wait_for_timeout(300)
    assert page.url == second
    page.check("[data-keys-switch]")
    page.context.close()


def test_duplicate_is_decided_and_undone_by_touch(browser: Any, queue: str) -> None:
    office = queue.removesuffix("/tinjau/")
    size = WIDTHS["phone"]
    phone = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, has_touch=True, is_mobile=True, locale="en-US"
    ).new_page()
    phone.set_default_timeout(PATIENCE)
    phone.goto(f"{office}/masuk/")
    phone.fill("#id_login", "dinsos")
    phone.fill("#id_password", PASSWORD)
    phone.press("#id_password", "Enter")
    phone.wait_for_url(f"{office}/")
    phone.goto(f"{queue}?cari=mariati")
    phone.locator("table tbody tr a").first.tap()
    _wait(phone, "MARIATI")
    address = phone.url
    small = phone.locator(".decide-buttons .btn").evaluate_all(
        "all => all.filter(one => one.getBoundingClientRect().height < 44).length"
    )
    assert small == 0
    phone.locator("button[value=sama]").tap()
    phone.wait_for_url(lambda url: url != address)
    shoot(phone, "review-after-phone")
    phone.goto(address)
    assert "orang yang sama" in phone.locator("h1").inner_text()
    shoot(phone, "review-decided-phone")
    phone.locator("text=Urungkan keputusan ini").tap()
    phone.wait_for_selector("text=semuanya seperti semula")
    assert phone.locator("button[value=sama]").is_visible()
    phone.context.close()


def test_two_people_do_not_get_the_same_pair(browser: Any, queue: str) -> None:
    office = queue.removesuffix("/tinjau/")
    first, second = sign_in(browser, office, "dinsos", "desk"), sign_in(browser, office, "dinsos.dua", "desk")
    first.goto(f"{queue}berikut/")
    second.goto(f"{queue}berikut/")
    assert first.locator(".decide-buttons").is_visible()
    assert second.locator(".decide-buttons").is_visible()
    assert first.url != second.url
    second.goto(first.url)
    assert "sedang membuka pasangan ini" in second.locator(".alert").first.inner_text()
    shoot(second, "review-taken-desk")
    for page in (first, second):
        page.context.close()
