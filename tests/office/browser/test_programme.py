"""From the agreement to the imported answer in a real browser, by those who do it: agency, regent, village."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from browserworld import barriers, follow, needs_browser, shoot, sign_in
from officeworld import nik
from openpyxl import load_workbook
from signingworld import NAME, sign_pdf, signer_in

pytestmark = needs_browser
VILLAGE = "62.03.01.1008"
NAMES = ("SITI REKAAN", "BUDI CONTOH", "RINA ANDAIAN")
NUMBERS = [nik(800 + at) for at in range(5)]


def written(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def listed(path: Path, *people: tuple[str, str]) -> Path:
    rows = (f"{number};{name};05-03-1989;{VILLAGE};Pekerja rentan" for number, name in people)
    return written(path, "NIK;NAMA LENGKAP;TANGGAL LAHIR;KODE DESA;KATEGORI", *rows)


def fits(page: Any) -> bool:
    """Whether nothing is wider than the screen."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wide <= 0


def fill(page: Any, **values: str) -> None:
    """Fill the form of the page; what is a choice is chosen."""
    for name, value in values.items():
        box = page.locator(f"main [name={name}]")
        if box.evaluate("element => element.tagName") == "SELECT":
            box.select_option(value)
        else:
            box.fill(value)


def seen(page: Any, name: str) -> str:
    """Look at a page: no barrier, nothing wider than the screen, a picture; return its words."""
    shoot(page, f"program-{name}")
    assert barriers(page) == [], name
    assert fits(page), name
    return str(page.locator("main").inner_text())


def fetched(page: Any, words: str, folder: Path) -> Path:
    """Click what gives a file and return it under the name that it came with."""
    with page.expect_download() as given:
        page.click(f"main a:has-text('{words}')")
    path = folder / given.value.suggested_filename
    given.value.save_as(path)
    return path


def test_from_the_agreement_to_the_imported_answer(browser: Any, office: str, tmp_path: Path) -> None:
    page = sign_in(browser, office, "dinsos", "desk")
    page.goto(f"{office}/perjanjian/")
    follow(page, "main a:has-text('Catat perjanjian')")
    seen(page, "perjanjian-baru")
    days = {"signed_on": "2026-12-01", "starts": "2027-01-01", "ends": "2027-12-31"}
    fill(page, kind="pks", number="560/12/2026", region_code="62.03", quotas="rentan 3", **days)
    follow(page, "main form button.btn-primary")
    assert "560/12/2026" in seen(page, "perjanjian")

    page.goto(f"{office}/dana/")
    follow(page, "main a:has-text('Catat baris dana')")
    fill(page, name="APBD 2027", source="apbd", amount="10.000.000", region_code="62.03")
    fill(page, from_month="2027-01", until_month="2027-12", account_code="5.1.02.02.02.0006")
    follow(page, "main form button.btn-primary")
    assert "Rp10.000.000" in seen(page, "dana")

    page.goto(f"{office}/sk/")
    follow(page, "main a:has-text('Susun SK')")
    chosen = page.locator("main [name=line] option", has_text="APBD 2027").get_attribute("value")
    fill(page, line=chosen, from_month="2027-01", until_month="2027-12", title="Pekerja rentan 2027")
    people = listed(tmp_path / "usulan.csv", *zip(NUMBERS, NAMES, strict=False))
    reserve = listed(tmp_path / "cadangan.csv", (NUMBERS[3], "DEWI MISALAN"))
    page.set_input_files("main [name=people]", people)
    page.set_input_files("main [name=reserve]", reserve)
    follow(page, "main form button.btn-primary")
    draft = seen(page, "sk-konsep")
    assert "Rp604.800" in draft
    decree = page.url

    follow(page, "main button[value=freeze]")
    assert "Sidik lampiran" in seen(page, "sk-beku")
    annex = fetched(page, "Lampiran (PDF)", tmp_path)
    assert annex.read_bytes().startswith(b"%PDF-")
    # Another person signs: who decides is not who drew it up.
    regent = sign_in(browser, office, "bupati", "phone")
    regent.goto(decree)
    fill(regent, number="96/2026", signed_on="2026-12-20")
    follow(regent, "main button[value=sign]")
    assert "96/2026" in seen(regent, "sk-ditetapkan-phone")
    regent.context.close()
    paper = tmp_path / "sk-bertanda-tangan.pdf"
    with ThreadPoolExecutor(1) as beside:  # the browser's own loop runs in this thread
        signed = beside.submit(sign_pdf, signer_in(tmp_path), annex.read_bytes())
        paper.write_bytes(signed.result())
    page.goto(decree)
    page.set_input_files("main [name=file]", paper)
    follow(page, "main button:has-text('Simpan berkas')")
    shown = seen(page, "sk-berkas")
    assert NAME in shown
    assert "utuh" in shown

    follow(page, "main button:has-text('Buat kiriman')")
    assert "3 orang" in seen(page, "kiriman")
    batch = page.url
    file = fetched(page, "Unduh berkas", tmp_path)
    sheet = load_workbook(file).active
    assert file.name == "usulan_bpu.xlsx"
    assert {sheet.cell(row, 2).value for row in range(2, 5)} == set(NUMBERS[:3])
    fill(page, on="2026-11-20")
    follow(page, "main form[action$='/kirim/'] button:has-text('Catat')")

    answer = written(
        tmp_path / "jawaban.csv", "Status (Y/T);Keterangan Status Data;NIK;Nama Lengkap",
        f"Y;;{NUMBERS[0]};{NAMES[0]}", f"T;Sudah terdaftar BPU;{NUMBERS[1]};{NAMES[1]}",
        f"Y;;{NUMBERS[2]};{NAMES[2]}", f"Y;;{NUMBERS[4]};ENTAH SIAPA",
    )  # fmt: skip
    for again in (False, True):  # the same answer twice changes nothing
        page.goto(batch)
        page.set_input_files("main [name=file]", answer)
        follow(page, "main form[action$='/jawaban/'] button")
        if not again:
            assert "2 diterima, 1 ditolak, 1 baris menunggu" in page.locator(".messages").inner_text()
    words = seen(page, "kiriman-dijawab")
    assert page.locator("main ul.todo li", has_text="jawaban.csv").count() == 1
    assert "DEWI MISALAN" in words  # the top of the reserve is proposed, with its clocks
    page.goto(f"{office}/bpjs/belum-selesai/")
    assert page.locator("main table tbody tr").count() == 1
    follow(page, "main table tbody a >> nth=0")
    fill(page, line="0", note="bukan kiriman kita")
    follow(page, "main form button.btn-primary")
    assert "Tidak ada yang menunggu" in page.content()
    page.context.close()

    village = sign_in(browser, office, "operator", "phone")
    assert "ditolak BPJS" in village.locator("main").inner_text()
    village.goto(f"{office}/bpjs/ditolak/")
    rejected = seen(village, "ditolak-desa-phone")
    assert NAMES[1] in rejected
    assert NAMES[0] not in rejected
    assert "Sudah terdaftar BPU" in rejected
    village.context.close()
