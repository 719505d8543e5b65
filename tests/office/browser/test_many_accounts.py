"""The accounts of all villages in a real browser: list, faults, slips, the second administrator, first sign-in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browserworld import PATIENCE, WIDTHS, Served, barriers, follow, needs_browser, shoot, sign_in

from payung.regions import Gazetteer

pytestmark = needs_browser
ADMINS = Path(__file__).parents[1] / "browseradmins.py"
HEAD = "Nama Pengguna;Nama;Peran;Wilayah"


def _list(folder: Path, *more: str) -> Path:
    villages = Gazetteer.load().villages("62.03")
    rows = [
        f"op.{place.code[3:].replace('.', '')};Operator {place.name};operator;{place.code}"
        for place in villages
    ]
    assert len(rows) > 200
    path = folder / "akun-desa.csv"
    path.write_text("\n".join([HEAD, *rows, *more]), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", WIDTHS)
def test_accounts_of_all_villages_are_made_printed_and_confirmed(
    browser: Any, served: Served, tmp_path: Path, width: str
) -> None:
    office = served(ADMINS)
    page = sign_in(browser, office, "admin", width)
    page.goto(f"{office}/akun/")
    follow(page, "text=Dari daftar")
    shoot(page, f"akun-daftar-{width}")
    assert barriers(page) == []
    page.set_input_files("#id_file", _list(tmp_path, "Op Salah;;raja;1"))
    follow(page, "main form button")
    assert page.locator("main tbody tr").count() == 4
    shoot(page, f"akun-daftar-salah-{width}")
    page.set_input_files("#id_file", _list(tmp_path))
    follow(page, "main form button")
    shoot(page, f"akun-daftar-periksa-{width}")
    assert barriers(page) == []
    follow(page, "text=/^Buat [0-9]+ akun$/")
    page.wait_for_selector(".slip", timeout=PATIENCE)
    assert page.locator(".slip").count() > 200
    shoot(page, f"akun-slip-{width}")
    assert barriers(page) == []
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    words = page.locator(".slip").first.locator("b").all_inner_texts()
    page.context.close()

    page = sign_in(browser, office, "admin.dua", width)
    page.goto(f"{office}/akun/usulan/")
    shoot(page, f"akun-usulan-{width}")
    follow(page, "main .todo a")
    shoot(page, f"akun-bersama-{width}")
    assert barriers(page) == []
    follow(page, "main button[value=confirm]")
    assert "dikuatkan dan berlaku" in page.locator(".messages").inner_text()
    page.context.close()

    page = browser.new_context().new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{office}/masuk/")
    page.fill("#id_login", words[0])
    page.fill("#id_password", words[1])
    page.press("#id_password", "Enter")
    page.wait_for_url(lambda url: "/saya/sandi/" in url)  # a password of their own first
    page.context.close()
