"""A long list in a real browser: asked for, it appears by itself, and is fetched; fits a phone, no barrier."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browserworld import PREPARE, WIDTHS, Served, barriers, follow, needs_browser, shoot, sign_in

pytestmark = needs_browser


@pytest.fixture
def long_office(served: Served) -> str:
    """An office with more events than are taken out at once."""
    return served(PREPARE.with_name("exportsoffice.py"))


def test_long_list_appears_by_itself_and_is_fetched(browser: Any, long_office: str) -> None:
    page = sign_in(browser, long_office, "inspektorat", "desk")
    page.goto(f"{long_office}/riwayat/")
    page.click("summary:has-text('Unduh')")
    page.fill("#alasan", "rapat")
    follow(page, "button[name=bentuk][value=csv]")
    assert page.url.endswith("/unduhan/")
    assert "sedang disiapkan" in page.content()
    page.wait_for_selector("button[form=fetch]", timeout=90_000)  # nobody loads the page again
    with page.expect_download() as got:
        page.click("button[form=fetch]")
    name = got.value.suggested_filename
    assert name.startswith("riwayat-r")
    assert name.endswith(".csv")
    assert len(Path(got.value.path()).read_text(encoding="utf-8-sig").splitlines()) > 5_000
    page.context.close()
    for width in WIDTHS:
        page = sign_in(browser, long_office, "inspektorat", width)
        page.goto(f"{long_office}/unduhan/")
        assert barriers(page) == []
        shoot(page, f"exports-{width}")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0
        page.context.close()
