"""A demonstration begins anew by a button of `/keadaan/`: what was done is gone, and everybody signs in again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from browserworld import Served, barriers, follow, needs_browser, shoot, sign_in

pytestmark = needs_browser
DEMONSTRATED = Path(__file__).parents[1] / "demonstratedoffice.py"
WATERMARK = "getComputedStyle(document.body, '::after').content"


def test_button_puts_a_demonstration_back(browser: Any, served: Served) -> None:
    address = served(DEMONSTRATED)
    operator = sign_in(browser, address, "operator", "phone")
    assert operator.evaluate(WATERMARK) not in ("none", '""')  # nobody takes it for a real office
    operator.goto(f"{address}/usulan/mulai/")
    operator.select_option("[name=kind]", "rentan")
    follow(operator, "main form button.btn-primary")
    begun = operator.url
    admin = sign_in(browser, address, "admin", "phone")
    admin.goto(f"{address}/keadaan/")
    again = admin.locator("form[action$='ulang/'] button, form:has-text('dari awal') button").first
    assert not again.is_visible()  # what cannot be taken back is not one tap away
    admin.click("summary:has-text('Mulai peragaan dari awal')")
    assert "Tidak dapat ditarik kembali" in admin.locator("form:has-text('dari awal')").inner_text()
    assert barriers(admin) == []
    shoot(admin, "demonstration-reset")
    follow(admin, "button:has-text('Ya, mulai dari awal')")
    assert "/masuk/" in admin.url
    operator.goto(begun)
    assert "/masuk/" in operator.url
    operator = sign_in(browser, address, "operator", "phone")
    assert operator.goto(begun).status == 404
