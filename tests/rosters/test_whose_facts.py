"""A relative's facts are never the person's: group headings, headings that name somebody else, two people in a row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

from payung.rosters import read
from payung.rosters.whose import role
from payung.said import say

Maker = Callable[..., Path]
COUNT = 8
OWN = ("name", "nik", "birth_date")
FOREIGN = {
    "Nama": lambda other: other["name"],
    "NIK": lambda other: other["nik"],
    "Tgl Lahir": lambda other: other["birth_date"],
    "Tahun Lahir": lambda other: other["birth"].year,
    "Hubungan": lambda _: "Istri",
    "Pekerjaan": lambda _: "PNS",
    "No HP": lambda _: "081200000077",
    "Alamat": lambda _: "Jl. Lain",
    "Penghasilan": lambda _: 3_500_000,
    "Email": lambda _: "lain@contoh.id",
    "L/P": lambda other: other["sex"],
}


def grouped_book(
    path: Path, people: Any, group: str, below: Sequence[str], *, first: bool, merged: bool, own: str
) -> list[dict[str, Any]]:
    """Write a list with ``group`` over ``below`` beside the person's own columns; return the people."""
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("Data")
    groups = [(own, ["Nama", "NIK", "Tgl Lahir"]), (group, list(below))]
    if first:
        groups.reverse()
    page.write(0, 0, "No")
    at = 1
    for title, headings in groups:
        if merged and len(headings) > 1:
            page.merge_range(0, at, 0, at + len(headings) - 1, title)
        else:
            page.write(0, at, title)
        page.write_row(1, at, headings)
        at += len(headings)
    if merged:
        page.merge_range(0, at, 1, at, "RT")
    else:
        page.write(1, 0, "No")
        page.write_row(0, at, ["RT"])
    persons = []
    for number in range(COUNT):
        one, other = people.person(number), people.person(100 + number)
        persons.append(one)
        cells = [[one[field] for field in OWN], [FOREIGN[name](other) for name in below]]
        if first:
            cells.reverse()
        page.write_row(2 + number, 0, [number + 1, *cells[0], *cells[1], "001"])
    book.close()
    return persons


def nothing_foreign(rows: pl.DataFrame) -> None:
    for field in ("job", "occupation", "phone", "address", "income", "email", "sex", "household_official"):
        assert rows[field].null_count() == rows.height, field


@pytest.mark.parametrize("first", [False, True])
@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize(
    ("group", "below"),
    [
        ("Ahli Waris", ["Nama", "NIK", "Tgl Lahir", "Hubungan", "Pekerjaan", "No HP", "Alamat"]),
        ("DATA AHLI WARIS", ["Nama", "Hubungan", "No HP", "Email"]),
        ("Kepala Keluarga", ["Nama", "NIK", "Pekerjaan"]),
        ("Suami", ["Nama", "NIK", "Pekerjaan", "Penghasilan", "No HP"]),
        ("Data Istri", ["Nama", "Pekerjaan", "Alamat"]),
        ("Data Ayah", ["Nama", "Tahun Lahir", "Pekerjaan", "NIK"]),
        ("Data Ibu", ["Nama", "Tahun Lahir", "Pekerjaan", "NIK", "No HP"]),
        ("Orang Tua / Wali", ["Nama", "NIK", "Pekerjaan", "Penghasilan"]),
        ("Penanggung Jawab", ["Nama", "No HP", "Alamat"]),
        ("Kontak Darurat", ["Nama", "No HP", "Alamat"]),
    ],
)
def test_group_of_somebody_else_gives_the_person_nothing(
    tmp_path: Path, people: Any, as_of: dt.date, group: str, below: list[str], merged: bool, first: bool
) -> None:
    path = tmp_path / "kelompok.xlsx"
    own = "Data Pekerja" if not first else "Yang Diusulkan"
    persons = grouped_book(path, people, group, below, first=first, merged=merged, own=own)
    rows = read(path, as_of=as_of).rows
    for field in ("name", "nik"):
        assert rows[field].to_list() == [one[field] for one in persons]
    assert rows["birth_date"].to_list() == [one["birth"] for one in persons]
    assert rows["verdict"].to_list() == ["accepted"] * COUNT
    nothing_foreign(rows)
    heirs = "waris" in group.lower()
    assert (rows["heir_name"].null_count() == 0) == heirs
    assert (rows["heir_relation"].null_count() == 0) == (heirs and "Hubungan" in below)
    assert (rows["heir_nik"].null_count() == 0) == (heirs and "NIK" in below)
    assert (rows["heir_phone"].null_count() == 0) == (heirs and "No HP" in below)


def test_head_of_the_family_shares_the_card(tmp_path: Path, people: Any, as_of: dt.date) -> None:
    path = tmp_path / "kk.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("Data")
    page.write(0, 0, "No")
    page.merge_range(0, 1, 0, 3, "Kepala Keluarga")
    page.merge_range(0, 4, 0, 6, "Anggota")
    page.write_row(1, 1, ["Nama", "No KK", "Pekerjaan", "Nama", "NIK", "Pekerjaan"])
    for number in range(6):
        one, head = people.person(number), people.person(50 + number)
        page.write_row(
            2 + number, 0, [number + 1, head["name"], one["kk"], "PNS", one["name"], one["nik"], "Petani"]
        )
    book.close()
    rows = read(path, as_of=as_of).rows
    assert rows["kk"].null_count() == 0
    assert set(rows["job"]) == {"Petani"}


def test_list_of_heads_of_families_keeps_their_own_facts(tmp_path: Path, people: Any, as_of: dt.date) -> None:
    path = tmp_path / "kepala.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("Data")
    page.write(0, 0, "No")
    page.merge_range(0, 1, 0, 4, "Kepala Keluarga")
    page.write_row(1, 1, ["Nama", "NIK", "Pekerjaan", "No HP"])
    persons = [people.person(number) for number in range(6)]
    for number, one in enumerate(persons):
        page.write_row(2 + number, 0, [number + 1, one["name"], one["nik"], "Petani", "081200000011"])
    book.close()
    rows = read(path, as_of=as_of).rows
    assert rows["name"].to_list() == [one["name"] for one in persons]
    assert set(rows["job"]) == {"Petani"}
    assert set(rows["phone"]) == {"+6281200000011"}


@pytest.mark.parametrize(
    ("heading", "value", "field"),
    [
        ("Penghasilan Suami", 3_500_000, "income"),
        ("Penghasilan Istri", 3_500_000, "income"),
        ("Penghasilan Orang Tua", 3_500_000, "income"),
        ("Penghasilan KK", 3_500_000, "income"),
        ("Pendapatan Rumah Tangga per Bulan", 3_500_000, "income"),
        ("Pendapatan Keluarga", 3_500_000, "income"),
        ("Penghasilan Kepala Keluarga", 3_500_000, "income"),
        ("Gaji Suami", 3_500_000, "income"),
        ("Upah Ayah", 3_500_000, "income"),
        ("No HP Ketua RT", "081200000088", "phone"),
        ("No. HP Pendamping", "081200000088", "phone"),
        ("HP Suami", "081200000088", "phone"),
        ("Telp Operator Desa", "081200000088", "phone"),
        ("Kontak Darurat", "081200000088", "phone"),
        ("No WA Anak", "081200000088", "phone"),
        ("Pekerjaan Ayah", "PNS", "job"),
        ("Pekerjaan Kepala Keluarga", "PNS", "job"),
        ("Jabatan Suami", "Kepala Desa", "category"),
        ("Alamat Orang Tua", "Jl. Lain", "address"),
        ("Alamat Perusahaan", "Jl. Lain", "address"),
        ("Pekerjaan KK", "PNS", "job"),
        ("Jenis Kelamin KK", "L", "sex"),
        ("No HP KK", "081200000088", "phone"),
        ("Pekerjaan Penerima Kuasa", "PNS", "job"),
        ("NISN", "0060000001", "phone"),
        ("Nomor Induk Siswa (NISN)", "0060000001", "phone"),
        ("No. NISN", "0060000001", "phone"),
        ("NISN Anak", "0060000001", "phone"),
        ("NIS / NISN", "0060000001", "phone"),
        ("nisn", "0081234567", "phone"),
        ("Kode Unik", "0060000001", "phone"),
        ("Email Pendamping", "lain@contoh.id", "email"),
    ],
)
def test_heading_that_names_somebody_else(
    sheet_file: Maker, people: Any, as_of: dt.date, heading: str, value: object, field: str
) -> None:
    persons = [people.person(number) for number in range(COUNT)]
    rows = [["No", "Nama", "NIK", "Tanggal Lahir", heading, "RT"]]
    rows += [
        [at + 1, one["name"], one["nik"], one["birth_date"], value, "001"] for at, one in enumerate(persons)
    ]
    found = read(sheet_file(rows), as_of=as_of).rows
    assert found["name"].to_list() == [one["name"] for one in persons]
    assert found[field].null_count() == COUNT
    assert found["verdict"].to_list() == ["accepted"] * COUNT


@pytest.mark.parametrize(
    ("heading", "value", "field", "wanted"),
    [
        ("Honor Ketua RT", 500_000, "income", 500_000),
        ("Siltap Kepala Desa", 2_500_000, "income", 2_500_000),
        ("Penghasilan", 2_500_000, "income", 2_500_000),
        ("Alamat KK", "Jl. Rumah", "address", "Jl. Rumah"),
        ("Nama Ibu Kandung", "Galuh", "mother", "Galuh"),
        ("Rukun Tetangga", "002", "rt", "002"),
        ("No HP", "081200000088", "phone", "+6281200000088"),
    ],
)
def test_heading_of_the_person_stays(
    sheet_file: Maker, people: Any, as_of: dt.date, heading: str, value: object, field: str, wanted: object
) -> None:
    rows = [["No", "Nama", "NIK", "Tanggal Lahir", heading]]
    for at in range(COUNT):
        one = people.person(at)
        rows.append([at + 1, one["name"], one["nik"], one["birth_date"], value])
    assert read(sheet_file(rows), as_of=as_of).rows[field].to_list() == [wanted] * COUNT


@pytest.mark.parametrize(
    ("more", "heir"),
    [
        (["Nama", "NIK", "Hubungan", "No HP"], True),
        (["Nama", "Hubungan", "Tgl Lahir", "No HP"], True),
        (["Nama", "Tgl Lahir", "No HP", "Alamat"], False),
        (["Nama", "Tgl Lahir", "L/P", "Penghasilan"], False),
        (["Nama", "Tgl Lahir", "Email", "Pekerjaan"], False),
    ],
)
def test_second_person_of_a_row_gives_the_first_nothing(
    sheet_file: Maker, people: Any, as_of: dt.date, more: list[str], heir: bool
) -> None:
    persons = [people.person(number) for number in range(COUNT)]
    rows: list[list[Any]] = [["No", "Nama", "NIK", "Tgl Lahir", "RT", *more]]
    for at, one in enumerate(persons):
        other = people.person(200 + at)
        rows.append(
            [
                at + 1,
                one["name"],
                one["nik"],
                one["birth_date"],
                "001",
                *(FOREIGN[name](other) for name in more),
            ]
        )
    found = read(sheet_file(rows), as_of=as_of).rows
    assert found["name"].to_list() == [one["name"] for one in persons]
    nothing_foreign(found)
    assert (found["heir_name"].null_count() == 0) == heir


def test_what_is_not_used_is_said(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    rows = [["No", "Nama", "NIK", "Tanggal Lahir", "Penghasilan Suami"]]
    rows += [
        [at + 1, one["name"], one["nik"], one["birth_date"], 1_000_000]
        for at, one in enumerate(people.person(number) for number in range(COUNT))
    ]
    assert "E1 “Penghasilan Suami” milik suami atau istri" in " ".join(
        map(say, read(sheet_file(rows), as_of=as_of).notes)
    )


@pytest.mark.parametrize(
    ("heading", "whose"),
    [
        ("Data Pekerja / NIK", None),
        ("Rukun Tetangga", None),
        ("Anak Buah Kapal", None),
        ("Nama Bapak/Ibu", None),
        ("Nama Ibu Hamil", None),
        ("Kepala Keluarga / Nama", "head"),
        ("Data Wali / No HP", "parents"),
        ("No HP Ketua Kelompok", "officer"),
        ("Gaji Bini", "spouse"),
        ("No WA Bojo", "spouse"),
        ("Pekerjaan Abah", "father"),
        ("Penghasilan Bapa", "father"),
        ("HP Mamah", "mother"),
        ("Pekerjaan Umak", "mother"),
        ("Gaji Menantu", "child"),
        ("Alamat Besan", "parents"),
        ("No HP Paman", "relative"),
        ("Pekerjaan Abang", "relative"),
    ],
)
def test_whose_a_heading_is(heading: str, whose: str | None) -> None:
    assert role(heading) == whose


@pytest.mark.parametrize(
    "order", [["Nama", "NIK", "Pekerjaan"], ["NIK", "Nama", "No HP"], ["Pekerjaan", "NIK", "Nama"]]
)
@pytest.mark.parametrize("other", ["Ahli Waris", "Suami", "Kepala Keluarga", "Ayah", "Ibu"])
def test_person_and_somebody_else_below_each_heading(
    tmp_path: Path, people: Any, as_of: dt.date, order: list[str], other: str
) -> None:
    path = tmp_path / "dua.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("Data")
    page.merge_range(0, 0, 1, 0, "No")
    for at, heading in enumerate(order):
        page.merge_range(0, 1 + 2 * at, 0, 2 + 2 * at, heading)
        page.write_row(1, 1 + 2 * at, ["Pekerja", other])
    persons = [people.person(number) for number in range(COUNT)]
    for number, one in enumerate(persons):
        cells: list[Any] = [number + 1]
        for heading in order:
            own = {"Nama": one["name"], "NIK": one["nik"], "Pekerjaan": "Petani", "No HP": "081200000011"}[
                heading
            ]
            cells += [own, FOREIGN[heading](people.person(300 + number))]
        page.write_row(2 + number, 0, cells)
    book.close()
    rows = read(path, as_of=as_of).rows
    assert rows["nik"].to_list() == [one["nik"] for one in persons]
    assert rows["name"].to_list() == [one["name"] for one in persons]
    assert set(rows["job"]) <= {"Petani", None}
    assert set(rows["phone"]) <= {"+6281200000011", None}


@pytest.mark.parametrize("group", ["Ahli Waris", "Suami", "Kepala Keluarga", "Data Ayah", "Kontak Darurat"])
def test_group_that_is_not_merged_below_a_merged_title(
    tmp_path: Path, people: Any, as_of: dt.date, group: str
) -> None:
    path = tmp_path / "judul.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("Data")
    page.merge_range(0, 0, 0, 7, "DAFTAR PEKERJA RENTAN")
    page.write_row(2, 0, ["No", "Data Pekerja", "", "", group])
    page.write_row(3, 0, ["No", "Nama", "NIK", "Tgl Lahir", "Nama", "NIK", "Pekerjaan", "No HP"])
    persons = [people.person(number) for number in range(COUNT)]
    for number, one in enumerate(persons):
        other = people.person(300 + number)
        page.write_row(
            4 + number,
            0,
            [
                number + 1,
                one["name"],
                one["nik"],
                one["birth_date"],
                other["name"],
                other["nik"],
                "PNS",
                "0812000077",
            ],
        )
    book.close()
    rows = read(path, as_of=as_of).rows
    assert rows["nik"].to_list() == [one["nik"] for one in persons]
    nothing_foreign(rows)


@pytest.mark.parametrize("who", ["Bini", "Bojo", "Abah", "Umak", "Menantu", "Paman"])
def test_pay_work_and_phone_of_kin_by_any_word_are_not_the_persons(
    sheet_file: Maker, people: Any, as_of: dt.date, who: str
) -> None:
    rows = [["No", "Nama", "NIK", "Tanggal Lahir", f"Pekerjaan {who}", f"Gaji {who}", f"No WA {who}"]]
    for at in range(COUNT):
        one = people.person(at)
        rows.append([at + 1, one["name"], one["nik"], one["birth_date"], "PNS", 5_000_000, "081200000077"])
    found = read(sheet_file(rows), as_of=as_of).rows
    for field in ("job", "income", "phone"):
        assert found[field].null_count() == COUNT
