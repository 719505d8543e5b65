"""Lists in a real browser: what the page says after files were sent, and why a column was taken for what it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from browserworld import barriers, follow, needs_browser, sign_in
from officeworld import nik

pytestmark = needs_browser


def test_page_tells_what_became_of_the_files_and_why_of_the_columns(
    browser: Any, office: str, tmp_path: Path
) -> None:
    photo, good = tmp_path / "foto.jpg", tmp_path / "daftar.csv"
    photo.write_bytes(b"x")
    good.write_text(f"NIK;NAMA;TGL LAHIR\n{nik(700)};SITI;05-03-1989\n", encoding="utf-8")
    page = sign_in(browser, office, "operator", "phone")
    page.goto(f"{office}/usulan/mulai/")
    page.select_option("#id_kind", "mandiri")
    follow(page, "main form button")
    page.click("text=Buang draf ini")
    assert barriers(page) == []
    page.evaluate("document.querySelector('#files').removeAttribute('accept')")
    page.set_input_files("#files", [photo, good])
    page.click("main form[data-upload] button[type=submit]")
    page.wait_for_selector("text=Yang dikenali")
    told = page.locator(".messages").inner_text()
    assert "foto.jpg: kirim berkas Excel" in told
    assert "Berkas diterima: daftar.csv" in told
    page.set_input_files("#files", good)
    page.click("main form[data-upload] button[type=submit]")
    page.wait_for_selector("text=daftar.csv sudah ada")
    follow(page, "text=Yang dikenali")
    why = page.locator("td .narrow").first
    assert why.is_visible()
    assert why.inner_text()
    assert barriers(page) == []
    page.goto(page.url.split("berkas/")[0] + "baris/")
    follow(page, "table tbody tr:first-child a")
    page.click("text=Keluarkan baris")
    assert barriers(page) == []
    page.fill("#why", "bukan warga")
    follow(page, "text=Ya, keluarkan baris ini")
    assert "Baris dikeluarkan" in page.locator(".messages").inner_text()
    assert "bukan warga" in page.locator("main").inner_text()
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    page.context.close()
