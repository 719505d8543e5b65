"""Heirs and e-mail addresses reach the listing, and never the person's own facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from payung.rosters import read

Maker = Callable[..., Path]


@pytest.mark.parametrize(
    "headings",
    [
        ("Nama Ahli Waris", "Hubungan Ahli Waris", "No HP Ahli Waris", "E-mail"),
        ("Ahli Waris", "Hubungan dengan Ahli Waris", "Telp Ahli Waris", "Email"),
        ("NAMA LENGKAP AHLI WARIS", "HUB. AHLI WARIS", "NO. WA AHLI WARIS", "ALAMAT EMAIL"),
        ("Nama Calon Ahli Waris", "Status Hubungan Ahli Waris", "Kontak Ahli Waris", "Surel"),
        ("Penerima Manfaat", "Hubungan Keluarga Ahli Waris", "Nomor Telepon Ahli Waris", "Alamat e-mail"),
    ],
)
def test_heir_and_email_are_kept(
    sheet_file: Maker, people: Any, as_of: dt.date, headings: tuple[str, str, str, str]
) -> None:
    heir, relation, phone, email = headings
    rows: list[list[Any]] = [["No", "Nama", "NIK", "Tgl Lahir", "No HP", heir, relation, phone, email]]
    for at in range(6):
        one, other = people.person(at), people.person(50 + at)
        rows.append(
            [at + 1, one["name"], one["nik"], one["birth_date"], "081200000001", other["name"], "Istri",
             "081200000099", f"Warga{at}@Contoh.id"]
        )  # fmt: skip
    listings = read(sheet_file(rows), as_of=as_of).rows
    assert listings["heir_name"].to_list() == [row[5] for row in rows[1:]]
    assert set(listings["heir_relation"]) == {"Istri"}
    assert set(listings["heir_phone"]) == {"+6281200000099"}
    assert set(listings["phone"]) == {"+6281200000001"}
    assert listings["email"].to_list() == [f"warga{at}@contoh.id" for at in range(6)]


def test_what_is_no_address_is_no_email(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    rows: list[list[Any]] = [["No", "Nama", "NIK", "Email"]]
    for at, text in enumerate(["-", "tidak ada", "warga@", "ada"]):
        one = people.person(at)
        rows.append([at + 1, one["name"], one["nik"], text])
    assert read(sheet_file(rows), as_of=as_of).rows["email"].to_list() == [None] * 4


@pytest.mark.parametrize(
    "heading",
    [
        "NIK Ahli Waris",
        "No. KTP Ahli Waris",
        "NIK (Ahli Waris)",
        "Nomor NIK Calon Ahli Waris",
        "AHLI WARIS - NIK",
        "NO NIK AHLI WARIS",
    ],
)
def test_nik_of_the_heir_is_kept_as_the_heirs(
    sheet_file: Maker, people: Any, as_of: dt.date, heading: str
) -> None:
    rows: list[list[Any]] = [["No", "Nama", "NIK", "Tgl Lahir", "Nama Ahli Waris", heading]]
    for at in range(6):
        one, other = people.person(at), people.person(50 + at)
        rows.append([at + 1, one["name"], one["nik"], one["birth_date"], other["name"], other["nik"]])
    listings = read(sheet_file(rows), as_of=as_of).rows
    assert listings["nik"].to_list() == [row[2] for row in rows[1:]]
    assert listings["heir_nik"].to_list() == [row[5] for row in rows[1:]]
    assert listings["heir_name"].to_list() == [row[4] for row in rows[1:]]
    assert set(listings["verdict"]) == {"accepted"}


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("6203.9912.0580.0003", "6203991205800003"),
        ("'6203991205800003", "6203991205800003"),
        ("NIK: 6203991205800003", "6203991205800003"),
        ("620399120580000", None),
        ("6.20399E+15", None),
        ("6203994005800003", None),  # no such day
        ("3333333333333333", None),
        ("belum ada", None),
        (6203991205800000, None),  # a number, whose last digit Excel took
        (None, None),
    ],
)
def test_only_what_can_be_a_nik_is_one(
    sheet_file: Maker, people: Any, as_of: dt.date, written: Any, kept: str | None
) -> None:
    rows: list[list[Any]] = [["No", "Nama", "NIK", "Tgl Lahir", "Ahli Waris", "NIK Ahli Waris"]]
    for at in range(4):
        one, other = people.person(at), people.person(50 + at)
        filled = written if at == 1 else one["nik"] if at == 2 else other["nik"]
        rows.append([at + 1, one["name"], one["nik"], one["birth_date"], other["name"], filled])
    found = read(sheet_file(rows), as_of=as_of).rows["heir_nik"].to_list()
    assert found[1] == kept
    assert found[2] is None  # the person's own, copied
    assert found[0]
    assert found[3]
