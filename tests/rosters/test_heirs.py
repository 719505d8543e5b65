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
