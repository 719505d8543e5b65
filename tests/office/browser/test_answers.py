"""Matching in a real browser: an answer with an unknown text comes in, is mapped, and the person's page says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browserworld import WIDTHS, barriers, follow, needs_browser, shoot, sign_in
from officeworld import nik

pytestmark = needs_browser
ROWS = [
    ("T", "Berpulang ke rahmatullah", nik(500), "AGUS REKAAN"),
    ("Y", "Data sesuai", nik(537), "BUDI REKAAN"),
    ("T", "Berpulang ke rahmatullah", nik(574), "CITRA REKAAN"),
    ("T", "NIK tidak ditemukan", nik(999), "TIDAK DIKENAL"),
    ("T", "Data sesuai", "6203", "NIK PENDEK"),
]
# "*" follows the first link of the list.
PAGES = [
    *(
        "/padan/",
        "/padan/hasil/",
        "/padan/usulan/",
        "/padan/usulan/1/",
        "/padan/usulan/1/orang/",
        "/padan/minta/",
    ),
    *("/padan/jawaban/", "/padan/jawaban/baru/", "/padan/jawaban/1/", "/padan/jawaban/1/baris/"),
    *("/padan/teks/", "/padan/teks/*", "/padan/pegawai/", "/padan/pegawai/baru/", "/padan/hasil/*"),
]


@pytest.fixture
def answered(browser: Any, office: str, tmp_path: Path) -> str:
    """The office after the agency for villages uploaded an answer of the civil registry; gives its address."""
    sheet: Path = tmp_path / "jawaban dukcapil.csv"
    heading = ("Status (Y/T)", "Keterangan Status Data", "Nomor Identitas (NIK)", "Nama Lengkap")
    lines = ["HASIL PEMADANAN;;;", *(";".join(row) for row in (heading, *ROWS))]
    sheet.write_text("\n".join(lines), encoding="utf-8")
    page = sign_in(browser, office, "dpmd", "desk")
    page.goto(f"{office}/padan/")
    follow(page, "text=Unggah jawaban")
    page.select_option("#id_agency", "dukcapil")
    page.set_input_files("#id_file", sheet)
    follow(page, "main form button")
    page.wait_for_selector("a.figure")
    shoot(page, "matching-1-answer")
    address: str = page.url
    page.context.close()
    return address


def test_answer_is_read_mapped_and_shown_on_the_persons_page(
    browser: Any, office: str, answered: str
) -> None:
    page = sign_in(browser, office, "dpmd", "phone")
    page.goto(answered)
    page.wait_for_selector("text=Teks yang belum dikenal")
    values = [text.split()[-1] for text in page.locator("a.figure").all_inner_texts()]
    assert values == ["5", "3", "1", "1"]
    shoot(page, "matching-2-read-phone")
    follow(page, "text=Berpulang ke rahmatullah")
    shoot(page, "matching-3-text-phone")
    page.select_option("#id_code", "meninggal")
    follow(page, "main form button")
    assert "2 hasil ikut berubah" in page.locator(".alert").inner_text()
    page.goto(f"{office}/orang/?cari=citra")
    follow(page, "table tbody tr:first-child a")
    section = page.locator("section.card", has_text="Hasil padan")
    assert "Meninggal" in section.first.inner_text()
    assert "Berpulang ke rahmatullah" in page.locator("ol.timeline").inner_text()
    shoot(page, "matching-4-person-phone")
    page.context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_fit_and_have_no_barrier(browser: Any, office: str, answered: str, width: str) -> None:
    page = sign_in(browser, office, "dpmd", width)
    complaints: list[str] = []
    page.on(
        "console", lambda line: complaints.append(line.text) if line.type in {"error", "warning"} else None
    )
    page.goto(answered)
    page.wait_for_selector("a.figure")
    for address in PAGES:
        page.goto(office + address.removesuffix("*"))
        if address.endswith("*"):
            follow(page, "table tbody tr:first-child a")
        for theme in ("light",) if width == "phone" else ("dark", "light"):
            page.evaluate("theme => document.documentElement.setAttribute('data-bs-theme', theme)", theme)
            assert barriers(page) == [], (address, theme)
            shoot(page, f"matching{address.replace('/', '-').replace('*', 'one')}-{width}-{theme}")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{address} is {wide} pixels too wide"
    assert complaints == []
    page.context.close()
