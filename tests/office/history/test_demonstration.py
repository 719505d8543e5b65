"""Every page and paper of a demonstration says that it is one; those of a real office never do."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from payung.office.desk.exports import workbook_bytes
from payung.office.history import demonstration
from payung.office.history.actions import Entry, record
from payung.office.letters import papers
from payung.office.letters.kinds import kinds
from payung.papers.tables import Column, Table, write_workbook

pytestmark = pytest.mark.django_db
MARK = 'data-watermark="PERAGAAN"'


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """An office that the demonstration filled."""
    monkeypatch.setattr(demonstration, "_known", True)


def _sheet(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return book.read("xl/worksheets/sheet1.xml").decode()


def test_only_the_mark_in_the_history_makes_a_demonstration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demonstration, "_known", None)
    assert not demonstration.is_demonstration()
    with transaction.atomic():
        record(by="payung", entries=[Entry(demonstration.MARK)])
    assert not demonstration.is_demonstration()  # a process looks once
    demonstration.look()
    assert demonstration.is_demonstration()


@pytest.mark.parametrize("address", ["/masuk/", "/periksa/", "/nihil/"])
def test_pages_for_everybody_are_marked(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MARK not in Client().get(address).content.decode()
    monkeypatch.setattr(demonstration, "_known", True)
    assert MARK in Client().get(address).content.decode()


def test_pages_of_whoever_signed_in_are_marked(
    make_user: Any, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(make_user("admin"))
    assert MARK not in client.get("/keadaan/").content.decode()
    monkeypatch.setattr(demonstration, "_known", True)
    assert MARK in client.get("/keadaan/").content.decode()


def test_workbooks_say_it_on_every_printed_page_and_in_the_name_of_the_file(
    make_user: Any, make_people: Any, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_people({"nik": "6203990503890001", "name": "Siti", "category": "rentan"})
    client = sign_in(make_user("dinsos"))

    def taken() -> Any:
        return client.post("/orang/", {"alasan": "uji", "bentuk": "xlsx"})

    real = taken()
    assert "PERAGAAN" not in real.headers["Content-Disposition"] + _sheet(real.content)
    monkeypatch.setattr(demonstration, "_known", True)
    invented = taken()
    assert 'filename="PERAGAAN-' in invented.headers["Content-Disposition"]
    assert "PERAGAAN</oddHeader>" in _sheet(invented.content)


def test_titles_of_workbooks_say_it(marked: None, tmp_path: Any) -> None:
    import polars as pl

    path = tmp_path / "a.xlsx"
    table = Table("A", "Judul", "", [Column("a", "A")], pl.DataFrame({"a": ["x"]}))
    write_workbook(path, [table], banner=demonstration.banner())
    with zipfile.ZipFile(path) as book:
        assert "PERAGAAN: Judul" in "".join(
            book.read(name).decode() for name in book.namelist() if "xml" in name
        )
    assert "PERAGAAN" in _sheet(workbook_bytes("A", ["A"], ["text"], [["x"]])[0])


def test_papers_set_by_typst_are_marked_and_those_of_a_real_office_are_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kind, on = replace(kinds()["staff_paper"], template="probe", parts=()), dt.date(2027, 1, 2)
    frame = {
        "letterhead": {"over": "A", "name": "B", "address": "", "contact": ""},
        "number": "1",
        "city": "K",
        "on": "2027-01-02",
        "signer": {"title": "K", "name": "N", "rank": "", "nip": ""},
    }

    def picture(code: str = "") -> bytes:
        return papers.pictures(kind, papers.data_of(kind, {}, frame, code=code), on)[0]

    probe = b"#let body(f, v) = [Isi]"
    known = papers.templates()
    monkeypatch.setattr(papers, "templates", lambda: {**known, "probe.typ": probe})
    draft, issued = picture(), picture("AAAA-BBBB")
    monkeypatch.setattr(demonstration, "_known", True)
    assert picture() != draft
    assert picture("AAAA-BBBB") != issued
    monkeypatch.setattr(demonstration, "_known", False)
    assert picture() == draft
    assert picture("AAAA-BBBB") == issued
