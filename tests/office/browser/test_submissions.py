"""Lists in a real browser: what the page says after files were sent, and why a column was taken for what it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from browserworld import barriers, follow, needs_browser, sign_in
from officeworld import PASSWORD, nik
from openpyxl import load_workbook

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
    page.wait_for_selector("a:has-text('Arti kolom')")
    told = page.locator(".messages").inner_text()
    assert "foto.jpg: kirim berkas Excel" in told
    assert "Berkas diterima: daftar.csv" in told
    page.set_input_files("#files", good)
    page.click("main form[data-upload] button[type=submit]")
    page.wait_for_selector("text=daftar.csv sudah ada")
    follow(page, "a:has-text('Arti kolom')")
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


def test_what_was_typed_survives_a_lost_session_and_a_file_is_weighed_before_it_is_sent(
    browser: Any, office: str, tmp_path: Path
) -> None:
    faulty = tmp_path / "rusak.csv"
    faulty.write_text("NIK;NAMA;TGL LAHIR\n12345;RUSMINI;05-03-1989\n", encoding="utf-8")
    page = sign_in(browser, office, "operator", "phone")
    page.goto(f"{office}/usulan/mulai/")
    page.select_option("#id_kind", "mandiri")
    follow(page, "main form button")
    page.evaluate("document.querySelector('#files').setAttribute('data-limit', '10')")
    page.set_input_files("#files", faulty)
    assert "30 MB" in page.evaluate("document.querySelector('#files').validationMessage")
    page.reload()
    page.set_input_files("#files", faulty)
    page.click("main form[data-upload] button[type=submit]")
    page.wait_for_selector("a[href*='hasil=returned']")  # the files are read, and the page has come again
    follow(page, "a[href*='hasil=returned']")
    page.locator("table tbody tr", has_text="RUSMINI").locator("td").nth(
        1
    ).click()  # the whole row leads there
    page.wait_for_selector("[name=nik]")
    row = page.url
    assert page.locator("[name=nik]").get_attribute("inputmode") == "numeric"
    assert page.locator("[name=nik]").get_attribute("aria-invalid") == "true"
    assert not page.locator("[name=job]").is_visible()
    page.fill("[name=nik]", nik(701))
    assert "16 / 16" in page.locator("main").inner_text()
    page.context.clear_cookies()
    follow(page, "text=Simpan dan periksa")
    assert "masih ada" in page.locator("main").inner_text()
    page.fill("#id_login", "operator")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url(row)
    assert page.locator("[name=nik]").input_value() == nik(701)
    assert barriers(page) == []
    follow(page, "text=Simpan dan periksa")
    assert "Tersimpan" in page.locator(".messages").inner_text()
    page.reload()
    assert page.locator("form .alert-info").count() == 0
    page.context.close()


def test_column_is_corrected_the_workbook_mended_and_sent_again_on_a_phone(
    browser: Any, office: str, tmp_path: Path
) -> None:
    people = ("SITI AMINAH", "SITI WATI", "RUSLAN HADI")
    numbers = (nik(710), nik(711), "62039905038")
    listed = tmp_path / "warga.csv"
    rows = [f"{number};{name};05-03-1989" for number, name in zip(numbers, people, strict=True)]
    listed.write_text("\n".join(["NIK;ORANGNYA;TANGGAL LAHIR", *rows]), encoding="utf-8")
    page = sign_in(browser, office, "operator", "phone")
    page.goto(f"{office}/usulan/mulai/")
    page.select_option("#id_kind", "mandiri")
    follow(page, "main form button")
    home = page.url
    page.set_input_files("#files", listed)
    page.click("main form[data-upload] button[type=submit]")
    page.wait_for_selector("a:has-text('Arti kolom')")
    follow(page, "a:has-text('Arti kolom')")
    shown = page.locator("select[aria-label=ORANGNYA]")
    assert shown.bounding_box()["width"] > 250  # the meaning is read, not its first letters
    assert "SITI AMINAH" in page.locator("tr", has=shown).inner_text()
    shown.select_option("other")
    follow(page, "text=Simpan dan baca ulang")
    page.wait_for_selector("a[href*='hasil=returned']:has-text('3')")  # nobody has a name now
    follow(page, "a:has-text('Arti kolom')")
    page.locator("select[aria-label=ORANGNYA]").select_option("name")
    follow(page, "text=Simpan dan baca ulang")
    page.wait_for_selector("a[href*='hasil=returned']:has-text('1')")
    with page.expect_download() as fetched:
        page.click("text=Berkas perbaikan")
    mended = tmp_path / fetched.value.suggested_filename
    fetched.value.save_as(mended)
    book = load_workbook(mended)
    (cell,) = [
        cell for row in book.worksheets[0].iter_rows() for cell in row if str(cell.value) == "62039905038"
    ]
    cell.value = nik(712)
    book.save(mended)
    page.set_input_files("#files", mended)
    page.click("main form[data-upload] button[type=submit]")
    page.wait_for_selector("text=digantikan")
    page.goto(f"{home}baris/")
    cells = page.locator("main table tbody tr").all_inner_texts()
    assert len([row for row in cells if any(name in row for name in people) and "siap" in row.lower()]) == 3
    page.context.close()


def test_filters_of_a_list_are_folded_on_a_phone(browser: Any, office: str) -> None:
    page = sign_in(browser, office, "dpmd", "phone")
    page.goto(f"{office}/orang/")
    assert not page.locator("#f-wilayah").is_visible()
    assert page.locator("table tbody tr").first.bounding_box()["y"] < 844
    page.click("text=Saring")
    assert page.locator("#f-wilayah").is_visible()
    assert barriers(page) == []
    page.context.close()
