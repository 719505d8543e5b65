"""Money in a real browser: a village pays on a phone, an answer's row is given its person, a month is compared."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from browserworld import Served, barriers, follow, needs_browser, shoot, sign_in

pytestmark = needs_browser
MONEY = Path(__file__).parents[1] / "moneyoffice.py"


@pytest.fixture
def money(served: Served) -> str:
    """The address of an office whose money lives."""
    return served(MONEY)


def fits(page: Any) -> bool:
    """Whether nothing is wider than the screen."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wide <= 0


def test_a_village_pays_its_bill_on_a_phone(browser: Any, money: str) -> None:
    page = sign_in(browser, money, "kades", "phone")
    page.goto(f"{money}/tagihan/?keadaan=sent")
    follow(page, "table tbody a >> nth=0")
    shoot(page, "tagihan-desa-phone")
    assert fits(page)
    assert barriers(page) == []
    bill = page.inner_text("h1").split()[0]
    address = page.url
    owed = re.search(r"Belum dibayar\s+Rp([\d.]+)", page.inner_text("main"))
    assert owed
    today = dt.datetime.now(tz=ZoneInfo("Asia/Jakarta")).date()
    page.goto(f"{money}/uang/baru/")
    proof = f"reference;paid_on;amount;bill\nBUKTI-1;{today};{owed[1].replace('.', '')};{bill}\n"
    page.set_input_files(
        "input[type=file]", {"name": "bukti.csv", "mimeType": "text/csv", "buffer": proof.encode()}
    )
    shoot(page, "bukti-desa-phone")
    assert fits(page)
    follow(page, "main form button.btn-primary")
    assert "Dibukukan 1" in page.content(), page.inner_text("main")
    page.goto(address)
    assert "Lunas" in page.inner_text("h1")
    page.goto(f"{money}/uang/")
    assert "BUKTI-1" in page.content()


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_pages_of_the_money_are_readable_and_without_barriers(browser: Any, money: str, width: str) -> None:
    page = sign_in(browser, money, "dinsos", width)
    for address, name in (
        ("/sk/1/", "sk"),
        ("/tagihan/1/", "tagihan"),
        ("/bpjs/1/", "kiriman"),
        ("/bpjs/belum-selesai/", "belum-selesai"),
        ("/mutasi/", "mutasi"),
        ("/rekonsiliasi/", "rekonsiliasi"),
    ):
        page.goto(f"{money}{address}")
        shoot(page, f"{name}-{width}")
        assert barriers(page) == [], address
        assert fits(page), address
    follow(page, "main ul.todo a >> nth=0")
    shoot(page, f"rekonsiliasi-bulan-{width}")
    assert barriers(page) == []
    assert fits(page)


def test_a_row_of_an_answer_is_given_its_person_once(browser: Any, money: str) -> None:
    page = sign_in(browser, money, "dinsos", "desk")
    page.goto(f"{money}/bpjs/belum-selesai/")
    follow(page, "main table tbody a >> nth=0")
    shoot(page, "siapa-ini-desk")
    assert barriers(page) == []
    row = page.url
    name = re.search(r"Rekaan \w+ \d+", page.inner_text("h1"))
    assert name
    chosen = page.locator("select[name=line] option", has_text=name[0])
    page.select_option("select[name=line]", value=chosen.get_attribute("value"))
    page.select_option("select[name=verdict]", value="accepted")
    page.fill("textarea[name=note]", "cabang salah ketik NIK")
    follow(page, "main form button.btn-primary")
    assert "Tidak ada yang menunggu" in page.content()
    assert page.goto(row).status == 404
