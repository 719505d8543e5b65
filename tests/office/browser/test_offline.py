"""Without a signal, at 390 pixels: the pages of the field open, keep what is filled in, and send it later, once."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from browserworld import barriers, follow, needs_browser, shoot, sign_in
from officeworld import nik

pytestmark = needs_browser
KEPT = "path => caches.open('payung-halaman').then(kept => kept.match(path)).then(Boolean)"


def _laid_ready(page: Any, *paths: str) -> None:
    """Wait until the worker is there and ``paths`` lie on the device."""
    for _ in range(300):
        controlled = page.evaluate("!!navigator.serviceWorker.controller")
        if controlled and all(page.evaluate(KEPT, path) for path in paths):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{paths} were not laid ready")


def _suggest(page: Any, office: str, name: str, number: int) -> None:
    page.goto(f"{office}/usul/baru/")
    page.fill("#id_name", name)
    page.fill("#id_nik", nik(number))
    page.click("main form .btn-primary")
    page.wait_for_selector("[role=status]:has-text('Tersimpan di telepon ini')")


def _queue(page: Any) -> list[dict[str, Any]]:
    found = page.evaluate("localStorage.getItem('payung-antre:' + document.body.getAttribute('data-user'))")
    return list(json.loads(found)) if found else []


def test_field_pages_work_without_a_signal_and_send_once(browser: Any, office: str) -> None:
    page = sign_in(browser, office, "ketua_rt", "phone")
    _laid_ready(page, "/usul/baru/", "/kejadian/lapor/")
    page.context.set_offline(True)
    _suggest(page, office, "Tetangga Luring Satu", 811)
    _suggest(page, office, "Tetangga Luring Dua", 812)
    kept = _queue(page)
    assert len(kept) == 2
    marks = [dict(item["values"])["once"] for item in kept]
    assert len(set(marks)) == 2
    assert not any("csrfmiddlewaretoken" in dict(item["values"]) for item in kept)
    shoot(page, "offline-kept-phone")
    assert barriers(page) == []
    page.goto(f"{office}/kejadian/lapor/")
    page.select_option("#id_happening", index=1)
    page.fill("#id_name", "Orang Celaka Luring")
    page.fill("#id_place", "Kebun karet")
    page.click("main form .btn-primary")
    page.wait_for_selector("[role=status]:has-text('Tersimpan di telepon ini: 3')")
    page.goto(f"{office}/akun/saya/")
    page.wait_for_selector("text=Tidak ada sinyal")
    shoot(page, "offline-page-phone")
    page.context.set_offline(False)
    page.goto(f"{office}/usul/")
    page.wait_for_selector("[role=status]:has-text('3 isian yang tersimpan sudah terkirim')")
    assert _queue(page) == []
    page.goto(f"{office}/usul/")
    assert page.locator("tbody tr:has-text('Tetangga Luring Satu')").count() == 1
    # The answer was lost on the way: what is sent again is there once.
    page.evaluate(
        "kept => localStorage.setItem('payung-antre:' + document.body.getAttribute('data-user'), kept)",
        json.dumps(kept),
    )
    page.goto(f"{office}/usul/")
    page.wait_for_selector("[role=status]:has-text('2 isian yang tersimpan sudah terkirim')")
    page.goto(f"{office}/usul/")
    assert page.locator("tbody tr:has-text('Tetangga Luring')").count() == 2
    page.context.close()


def test_link_of_a_village_reports_without_a_signal_once(browser: Any, office: str) -> None:
    inside = sign_in(browser, office, "operator", "desk")
    inside.goto(f"{office}/kejadian/tautan/")
    follow(inside, "main form button.btn-primary")
    link = re.search(r"/lapor/[\w-]+/", inside.content())
    assert link
    page = browser.new_context(viewport={"width": 390, "height": 844}, locale="id-ID").new_page()
    page.goto(office + link[0])
    _laid_ready(page, link[0])
    page.context.set_offline(True)
    page.goto(office + link[0])  # opened again where there is no signal
    page.select_option("#id_happening", "kecelakaan")
    told = {"name": "Orang Hulu Luring", "place": "kebun", "reporter": "Tetangga", "phone": "081200000000"}
    for name, value in told.items():
        page.fill(f"#id_{name}", value)
    page.click("main form .btn-primary")
    page.wait_for_selector("[role=status]:has-text('Tersimpan di telepon ini: 1 laporan')")
    kept = page.evaluate("localStorage.getItem('payung-antre:umum')")
    assert page.input_value("#id_name") == ""
    shoot(page, "report-public-kept-phone")
    assert barriers(page) == []
    page.context.set_offline(False)
    page.wait_for_selector("[role=status]:has-text('1 laporan terkirim')")
    sent = re.search(r"K-\d{4}-\d{5}", page.locator("[role=status]").inner_text())
    assert sent
    assert page.evaluate("localStorage.getItem('payung-antre:umum')") is None
    shoot(page, "report-public-sent-phone")
    # The answer was lost on the way: what is sent again is there once, under the same number.
    page.evaluate("kept => localStorage.setItem('payung-antre:umum', kept)", kept)
    page.goto(office + link[0])
    page.wait_for_selector(f"[role=status]:has-text('{sent[0]}')")
    page.context.close()
    inside.goto(f"{office}/kejadian/?cari=Orang Hulu Luring")
    assert inside.locator("tbody tr:has-text('Orang Hulu Luring')").count() == 1
    assert sent[0] in inside.content()
    inside.context.close()


def _add(page: Any, office: str, name: str, number: int) -> None:
    page.goto(f"{office}/orang/tambah/")
    page.fill("#id_nik", nik(number))
    page.fill("#id_name", name)
    page.fill("#id_birth_date", "05-03-1989")
    page.select_option("#id_category", "rentan")
    page.fill("#id_reason", "ditemui di rumahnya")
    page.click("main form .btn-primary")
    page.wait_for_selector("[role=status]:has-text('Tersimpan di telepon ini')")


def test_person_is_added_without_a_signal_and_is_in_the_register_once(browser: Any, office: str) -> None:
    page = sign_in(browser, office, "operator", "phone")
    _laid_ready(page, "/orang/tambah/", "/usulan/", "/kejadian/lapor/")
    page.context.set_offline(True)
    page.goto(f"{office}/usulan/")  # my village's lists open, too
    assert page.locator("main table tbody tr").count() == 1
    _add(page, office, "Luring Rekaan Satu", 821)
    _add(page, office, "Luring Rekaan Dua", 822)
    kept = _queue(page)
    assert [item["path"] for item in kept] == ["/orang/tambah/"] * 2
    shoot(page, "offline-person-phone")
    # The phone forgets what is open, not what is kept: another tab, the first one closed.
    tab = page.context.new_page()
    page.close()
    tab.goto(f"{office}/orang/tambah/")
    tab.wait_for_selector("[role=status]:has-text('Tersimpan di telepon ini: 2')")
    tab.context.set_offline(False)
    tab.wait_for_selector("[role=status]:has-text('2 isian yang tersimpan sudah terkirim')")
    assert _queue(tab) == []
    _listed_once(tab, office)
    # The answer was lost on the way: what is sent again opens the same two people.
    tab.evaluate(
        "kept => localStorage.setItem('payung-antre:' + document.body.getAttribute('data-user'), kept)",
        json.dumps(kept),
    )
    tab.goto(f"{office}/usulan/")
    tab.wait_for_selector("[role=status]:has-text('2 isian yang tersimpan sudah terkirim')")
    _listed_once(tab, office)
    tab.context.close()


def _listed_once(page: Any, office: str) -> None:
    page.goto(f"{office}/orang/?cari=luring")
    names = page.locator("main table tbody td:first-child").all_inner_texts()
    assert sorted(name.strip().casefold() for name in names) == ["luring rekaan dua", "luring rekaan satu"]


def test_what_the_office_refuses_later_comes_back_to_be_mended(browser: Any, office: str) -> None:
    page = sign_in(browser, office, "ketua_rt", "phone")
    _laid_ready(page, "/usul/baru/")
    page.context.set_offline(True)
    page.goto(f"{office}/usul/baru/")
    page.fill("#id_name", "Nomor Keliru")
    page.fill("#id_nik", "6203990099890001")
    page.click("main form .btn-primary")
    page.wait_for_selector("[role=status]:has-text('Tersimpan di telepon ini')")
    page.context.set_offline(False)
    page.goto(f"{office}/usul/")
    page.wait_for_selector("[role=status]:has-text('Kantor menolak satu isian')")
    page.click("[role=status] a")
    page.wait_for_selector("text=Isian yang belum terkirim dikembalikan")
    assert page.input_value("#id_name") == "Nomor Keliru"
    page.context.close()


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_new_pages_have_no_barrier_and_fit(browser: Any, office: str, width: str) -> None:
    for role, paths in {
        "ketua_rt": ["/", "/usul/baru/", "/usul/"],
        "operator": [
            "/pemberitahuan/",
            "/pemberitahuan/cara/",
            "/usul/",
            "/usulan/1/",
            "/usulan/1/berkas/1/",
        ],
    }.items():
        page = sign_in(browser, office, role, width)
        for path in paths:
            page.goto(f"{office}{path}")
            for theme in ("light", "dark"):
                page.evaluate("theme => document.documentElement.setAttribute('data-bs-theme', theme)", theme)
                assert barriers(page) == [], (path, theme)
            page.evaluate("document.documentElement.setAttribute('data-bs-theme', 'light')")
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
            shoot(page, f"life-{path.strip('/').replace('/', '-') or 'home'}-{role}-{width}")
        page.context.close()
