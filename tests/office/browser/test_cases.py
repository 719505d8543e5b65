"""A family at 390 pixels: from the report to the receipt, a photo made small on the phone, a report without an account
that survives a lost network; the new pages fit and have no barrier."""

from __future__ import annotations

import base64
import re
import struct
import time
from pathlib import Path
from typing import Any

import pytest
from browserworld import WIDTHS, Served, barriers, follow, needs_browser, shoot, sign_in

pytestmark = needs_browser
CASES = Path(__file__).parents[1] / "browsercases.py"
SECRET = b"-2.99 114.40 HP-Rekaan"


@pytest.fixture
def office(served: Served) -> str:
    """The address of a running office with cases."""
    return served(CASES)


def photo(page: Any) -> bytes:
    """Return a photo as a phone makes it: larger than the insurer takes, and it says where it was taken."""
    drawn = page.evaluate(
        """() => {
          const canvas = document.createElement("canvas");
          canvas.width = 3800; canvas.height = 2900;
          const pen = canvas.getContext("2d"), points = pen.createImageData(3800, 2900);
          let seed = 1;
          for (let at = 0; at < points.data.length; at++) {
            seed = (seed * 1103515245 + 12345) % 2147483648;
            points.data[at] = at % 4 === 3 ? 255 : seed >> 16;
          }
          pen.putImageData(points, 0, 0);
          return canvas.toDataURL("image/jpeg", 1).split(",")[1];
        }"""
    )
    content = base64.b64decode(drawn)
    exif = b"Exif\0\0II*\0\x08\0\0\0\0\0" + SECRET
    return content[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + content[2:]


def move(page: Any, to: str, **values: str) -> None:
    """Take the case of the page one step further."""
    page.select_option("#id_to", to)
    for name, value in values.items():
        page.fill(f"#id_{name}", value)
    follow(page, "form[action$='/langkah/'] button.btn-primary")


def test_from_report_to_receipt_on_a_phone(browser: Any, office: str) -> None:
    page = sign_in(browser, office, "operator", "phone")
    page.goto(f"{office}/kejadian/lapor/")
    page.select_option("#id_happening", "meninggal")
    page.fill("#id_name", "Seseorang Rekaan")
    page.fill("#id_place", "rumah")
    follow(page, "main form button.btn-primary")
    case = page.url
    assert "K-20" in page.content()
    content = photo(page)
    assert len(content) > 6_000_000
    page.select_option("#id_code", "family-card")
    page.set_input_files("#id_file", {"name": "IMG 1.jpg", "mimeType": "image/jpeg", "buffer": content})
    made_small = "(input) => input.files[0].size < 6000000 && input.checkValidity()"
    for _ in range(120):  # drawn anew, on this device
        if page.locator("#id_file").evaluate(made_small):
            break
        time.sleep(0.5)
    follow(page, "form[action$='/berkas/'] button.btn-primary")
    link = page.locator("#berkas a", has_text="family-card.jpg")
    with page.expect_download() as waiting:
        link.click()
    kept = Path(waiting.value.path()).read_bytes()
    assert kept.startswith(b"\xff\xd8")
    assert SECRET not in kept
    assert len(kept) < 6_000_000
    page.goto(case)
    move(page, "diverifikasi_desa")
    move(page, "berkas_lengkap", note="aslinya di meja")
    move(page, "diajukan_bpjs")
    move(page, "diperiksa")
    move(page, "disetujui", amount="42.000.000")
    move(page, "dibayar", amount="42.000.000", holder="Ahli Waris")
    move(page, "diserahkan", holder="Ahli Waris", witness="Kades")
    shoot(page, "case-handed-phone")
    assert barriers(page) == []
    folded = page.locator("#surat details summary")
    if folded.count() and not page.locator("#surat details[open]").count():
        folded.click()
    follow(page, "#surat a[href*=benefit_receipt]")
    follow(page, "main form button.btn-primary")
    for _ in range(240):  # the worker makes it
        page.goto(case)
        if page.locator("#surat a[href^='/surat/']", has_text="Tanda terima santunan").count():
            break
        time.sleep(0.5)
    assert "tanpa potongan" in page.locator("#surat").inner_text()
    page.context.close()


def test_a_report_without_an_account_survives_a_lost_network(browser: Any, office: str) -> None:
    inside = sign_in(browser, office, "operator", "desk")
    inside.goto(f"{office}/kejadian/tautan/")
    follow(inside, "main form button.btn-primary")
    link = re.search(r"/lapor/[\w-]+/", inside.content())
    assert link
    inside.context.close()
    page = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-US").new_page()
    address = office + link[0]
    page.goto(address)
    page.select_option("#id_happening", "kecelakaan")
    for name, value in (
        ("name", "Orang Jauh"),
        ("place", "kebun"),
        ("reporter", "Pak RT"),
        ("phone", "081200000000"),
    ):
        page.fill(f"#id_{name}", value)
    key = page.input_value("[name=key]")
    assert re.fullmatch(r"[0-9a-f]{32}", key)
    shoot(page, "report-public-phone")
    assert barriers(page) == []
    page.goto(address)  # the browser was closed
    assert (page.input_value("#id_name"), page.input_value("[name=key]")) == ("Orang Jauh", key)
    assert "Isian yang belum terkirim dikembalikan" in page.content()
    follow(page, "main form button.btn-primary")
    number = page.locator("h1").inner_text().strip()
    assert re.fullmatch(r"K-\d{4}-\d{5}", number)
    assert "RSUD Rekaan" in page.content()
    shoot(page, "report-public-answer-phone")
    assert barriers(page) == []
    page.go_back()  # and sent again: the same report
    page.evaluate(
        """([key]) => { document.querySelector("[name=key]").value = key; }""",
        [key],
    )
    for name, value in (
        ("name", "Orang Jauh"),
        ("place", "kebun"),
        ("reporter", "Pak RT"),
        ("phone", "081200000000"),
    ):
        page.fill(f"#id_{name}", value)
    page.select_option("#id_happening", "kecelakaan")
    follow(page, "main form button.btn-primary")
    assert page.locator("h1").inner_text().strip() == number
    page.goto(address)  # what was taken is no longer kept, and a new report has a key of its own
    assert page.input_value("#id_name") == ""
    assert page.input_value("[name=key]") != key
    page.context.close()


PAGES = {
    "dinsos": ("/plkk/", "/plkk/katakan/", "/plkk/daftar/", "/plkk/baru/", "/kematian/perkiraan/"),
    "inspektorat": ("/pola/", "/pola/sampel/", "/pola/sampel/baru/", "/kejadian/3/", "/kematian/perkiraan/"),
}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("role", PAGES)
def test_new_pages_fit_and_have_no_barrier(browser: Any, office: str, role: str, width: str) -> None:
    page = sign_in(browser, office, role, width)
    for number, address in enumerate(PAGES[role]):
        page.goto(office + address)
        shoot(page, f"family-{role}-{number}-{width}")
        assert barriers(page) == [], address
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, address
    if role == "inspektorat":
        page.goto(f"{office}/pola/sampel/baru/")
        page.fill("#id_since", page.evaluate("new Date().getFullYear() - 1 + '-01-01'"))
        page.fill("#id_size", "2")
        page.fill("#id_seed", f"benih {width}")
        follow(page, "main form button.btn-primary")
        follow(page, "a:has-text('Tulis hasil') >> nth=0")
        shoot(page, f"family-sample-{width}")
        assert barriers(page) == []
    page.context.close()


TAP, KEY = 3.0, 0.5  # seconds of somebody slow: to find and touch a thing, to type a sign


class Hand:
    """Counts what a slow hand does on a phone."""

    def __init__(self, page: Any) -> None:
        self.page, self.taps, self.keys = page, 0, 0

    def choose(self, selector: str, value: str) -> None:
        self.page.select_option(selector, value)
        self.taps += 2  # the field, the choice

    def write(self, selector: str, text: str) -> None:
        self.page.fill(selector, text)
        self.taps, self.keys = self.taps + 1, self.keys + len(text)

    def tap(self, selector: str, *, leads: bool = False) -> None:
        if leads:
            follow(self.page, selector)
        else:
            self.page.click(selector)
        self.taps += 1

    @property
    def seconds(self) -> float:
        return self.taps * TAP + self.keys * KEY


def test_report_takes_a_slow_hand_less_than_two_minutes(browser: Any, office: str) -> None:
    """From the first page of an operator, and from the link of the village; pages themselves answer at once."""
    page = sign_in(browser, office, "operator", "phone")
    hand = Hand(page)
    hand.tap("button.menu-button")
    if not page.locator("nav a[href='/kejadian/']").first.is_visible():
        hand.tap("summary:has-text('Keluarga')")
    hand.tap("nav a[href='/kejadian/']:visible", leads=True)
    hand.tap("a[href='/kejadian/lapor/']:visible", leads=True)
    hand.choose("#id_happening", "kecelakaan")
    hand.write("#id_name", "Seseorang Panjang Namanya Rekaan")
    hand.write("#id_place", "Kebun karet dekat sungai")
    hand.tap("main form button.btn-primary", leads=True)
    assert re.search(r"K-\d{4}-\d{5}", page.content())
    assert "2 × 24 jam" in page.content()
    told = f"operator: {hand.taps} taps, {hand.keys} keys, {hand.seconds:.0f} s"
    assert hand.seconds < 120, told
    page.goto(f"{office}/kejadian/tautan/")
    follow(page, "main form button.btn-primary")
    link = re.search(r"/lapor/[\w-]+/", page.content())
    assert link
    page.context.close()
    page = browser.new_context(viewport={"width": 390, "height": 844}, locale="id-ID").new_page()
    page.goto(office + link[0])
    hand = Hand(page)
    hand.choose("#id_happening", "meninggal")
    hand.write("#id_name", "Seorang Lain Panjang Namanya")
    hand.write("#id_place", "Di rumahnya sendiri")
    hand.write("#id_reporter", "Tetangga Sebelah")
    hand.write("#id_phone", "081200000000")
    hand.tap("main form button.btn-primary", leads=True)
    assert re.search(r"K-\d{4}-\d{5}", page.content())
    told += f"; link: {hand.taps} taps, {hand.keys} keys, {hand.seconds:.0f} s"
    assert hand.seconds < 120, told
    page.context.close()
