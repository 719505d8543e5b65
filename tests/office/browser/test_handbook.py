"""The pictures of the handbook: taken here, of an office that is filled by scripts; every guide has its own.

``PAYUNG_PICTURES=1`` takes them anew into the office; otherwise the pages are only opened as their reader opens them.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from browserworld import Served, needs_browser, sign_in

from payung.office.handbook.rules import PICTURES, guides

pytestmark = needs_browser
FOLDER = Path(__file__).parents[3] / "src/payung/office/handbook/static/handbook"
SCRIPTS = [Path(__file__).parents[1] / f"{name}.py" for name in ("browsercases", "moneyoffice")]
# Picture → whose page it is, and which. Every one is as wide as a phone.
TAKEN = {
    "umum-masuk": ("", "/masuk/"),
    "umum-beranda": ("operator", "/"),
    "desa-usulan": ("operator", "/usulan/mulai/"),
    "desa-tagihan": ("kades", "/tagihan/"),
    "desa-lapor": ("operator", "/kejadian/lapor/"),
    "rt-usul": ("ketua_rt", "/usul/baru/"),
    "camat-tunggakan": ("camat", "/tunggakan/"),
    "dinas-usulan": ("dinsos", "/usulan/"),
    "dinas-bulan": ("dpmd", "/rekonsiliasi/"),
    "bendahara-uang": ("bkad", "/uang/"),
    "bpjs-klaim": ("bpjs", "/kejadian/"),
    "bupati-ringkasan": ("bupati", "/ringkasan/"),
    "donatur-dukungan": ("donatur", "/donatur/saya/"),
    "inspektorat-laporan": ("inspektorat", "/laporan/"),
    "admin-akun": ("admin", "/akun/"),
}


def test_every_guide_has_pictures_and_every_picture_its_guide() -> None:
    used = set()
    for code, guide in guides().items():
        named = set(re.findall(rf"!\[[^\]]+\]\({PICTURES}([a-z-]+)\.png\)", guide.text))
        assert named, code
        assert all(one.startswith(f"{code}-") for one in named)
        used |= named
    assert used == set(TAKEN) == {path.stem for path in FOLDER.glob("*.png")}
    assert all(path.stat().st_size < 80_000 for path in FOLDER.glob("*.png"))
    assert 'src="/static/handbook/umum-masuk' in guides()["umum"].html


@pytest.mark.slow
def test_pictures_show_pages_that_open(browser: Any, served: Served) -> None:
    address = served(*SCRIPTS)
    for name, (role, path) in TAKEN.items():
        page = sign_in(browser, address, role, "phone") if role else browser.new_page()
        page.set_viewport_size({"width": 390, "height": 640})
        answer = page.goto(f"{address}{path}")
        assert (answer.status, page.url) == (200, f"{address}{path}"), name
        assert page.locator("main").inner_text().strip()
        if os.environ.get("PAYUNG_PICTURES"):
            page.screenshot(path=FOLDER / f"{name}.png")
        page.context.close()
