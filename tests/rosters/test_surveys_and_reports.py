"""Exports of survey and report programs, masked lists: groups in headings, families and members, moved headings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from payung.rosters import read
from payung.said import say

Maker = Callable[..., Path]
COUNT = 9
KEYS = [
    ("_parent_index", "_index"),
    ("PARENT_KEY", "KEY"),
    ("_submission__id", "_id"),
    ("_submission__uuid", "_uuid"),
]


def survey(
    path: Path, people: Any, *, group: str, home: str, keys: tuple[str, str], first: bool
) -> list[dict[str, Any]]:
    """Write a book with a sheet of families and one of members; return the members."""
    persons = [people.person(at) for at in range(COUNT)]
    families = [
        ["start", f"{home}desa", f"{home}rt", f"{home}no_kk", f"{home}hp", f"{home}nama_kk", "_gps_latitude", keys[1]],
        *[
            [
                "2026-09-01T08:12:00", "Mantangai Hulu", f"{1 + at}", persons[3 * at]["kk"], "081200000001",
                persons[3 * at]["name"], "-2.5", f"k{at}",
            ]
            for at in range(COUNT // 3)
        ],
    ]  # fmt: skip
    members = [
        [
            *(f"{group}{name}" for name in ("nama", "nik", "jk", "tgl_lahir", "pekerjaan", "pekerjaan/petani")),
            f"{group}pekerjaan/buruh", keys[0], "_parent_table_name",
        ],
        *[
            [
                one["name"], one["nik"], "laki_laki" if one["sex"] == "L" else "perempuan", one["birth"].isoformat(),
                "buruh_tani", "1", "0", f"k{at // 3}", "keluarga",
            ]
            for at, one in enumerate(persons)
        ],
    ]  # fmt: skip
    book = xlsxwriter.Workbook(path)
    sheets = [("keluarga", families), ("anggota", members)]
    for name, rows in sheets if first else reversed(sheets):
        page = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                page.write_string(at, column, text)
    book.close()
    return persons


@pytest.mark.parametrize("keys", KEYS)
@pytest.mark.parametrize(("group", "home"), [("anggota/", "lokasi/"), ("grp_art/", "grp/rumah/"), ("", "")])
@pytest.mark.parametrize("first", [True, False])
def test_members_are_told_what_their_family_says(
    tmp_path: Path, people: Any, as_of: dt.date, keys: tuple[str, str], group: str, home: str, first: bool
) -> None:
    path = tmp_path / "survei.xlsx"
    persons = survey(path, people, group=group, home=home, keys=keys, first=first)
    reading = read(path, as_of=as_of)
    rows = reading.rows
    assert rows["name"].to_list() == [one["name"] for one in persons]
    assert rows["sex"].to_list() == [one["sex"] for one in persons]
    assert rows["birth_date"].to_list() == [one["birth"] for one in persons]
    assert rows["kk"].to_list() == [persons[3 * (at // 3)]["kk"] for at in range(COUNT)]
    assert rows["rt"].to_list() == [f"{1 + at // 3:03d}" for at in range(COUNT)]
    assert set(rows["village"]) == {"Mantangai Hulu"}
    assert set(rows["job"]) == {"buruh_tani"}
    assert rows["phone"].null_count() == COUNT
    assert any("digabung" in note and keys[0] in note for note in map(say, reading.notes))


def test_families_that_name_persons_stay_a_list(tmp_path: Path, people: Any, as_of: dt.date) -> None:
    path = tmp_path / "survei.xlsx"
    head, other = people.person(50), people.person(51)
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("keluarga")
    page.write_row(0, 0, ["nama", "nik", "jk", "tgl_lahir", "_index", "_id"])
    page.write_row(1, 0, [head["name"], head["nik"], head["sex"], head["birth_date"], "1", "900"])
    page = book.add_worksheet("anggota")
    page.write_row(0, 0, ["anggota/nama", "anggota/nik", "anggota/jk", "anggota/tgl_lahir", "_parent_index"])
    page.write_row(1, 0, [other["name"], other["nik"], other["sex"], other["birth_date"], "1"])
    book.close()
    assert sorted(read(path, as_of=as_of).rows["nik"].to_list()) == sorted([head["nik"], other["nik"]])


@pytest.mark.parametrize("group", ["anggota", "data_diri", "identitas", "A1_pekerja", "form/inti"])
def test_group_before_the_heading(sheet_file: Maker, people: Any, as_of: dt.date, group: str) -> None:
    rows: list[list[Any]] = [
        [f"{group}/{name}" for name in ("nama", "nik", "jk", "tgl_lahir", "no_hp", "rt")]
    ]
    for at in range(6):
        one = people.person(at)
        rows.append([one["name"], one["nik"], one["sex"], one["birth_date"], "081200000001", "002"])
    found = read(sheet_file(rows), as_of=as_of).rows
    assert found["sex"].null_count() == 0
    assert set(found["phone"]) == {"+6281200000001"}
    assert set(found["rt"]) == {"002"}


@pytest.mark.parametrize("group", ["ahli_waris", "kepala_keluarga", "suami", "data_ayah", "kontak_darurat"])
def test_group_of_somebody_else_before_the_heading(
    sheet_file: Maker, people: Any, as_of: dt.date, group: str
) -> None:
    rows: list[list[Any]] = [
        [
            "pekerja/nama",
            "pekerja/nik",
            f"{group}/nama",
            f"{group}/pekerjaan",
            f"{group}/no_hp",
            "_index",
            "_uuid",
        ]
    ]
    for at in range(6):
        one, other = people.person(at), people.person(60 + at)
        rows.append([one["name"], one["nik"], other["name"], "PNS", "081200000001", at, f"u{at}"])
    found = read(sheet_file(rows), as_of=as_of).rows
    assert found["name"].to_list() == [row[0] for row in rows[1:]]
    assert found["job"].null_count() == 6
    assert found["phone"].null_count() == 6


@pytest.mark.parametrize(
    ("heads", "data"),
    [
        ([0, 2, 7, 12, 14, 18, 22], [0, 1, 6, 12, 15, 18, 23]),
        ([0, 3, 7, 11, 14, 18, 22], [0, 2, 6, 12, 15, 19, 23]),
        ([1, 3, 5, 7, 9, 11, 13], [0, 2, 4, 6, 8, 10, 12]),
        ([0, 1, 4, 6, 8, 10, 12], [0, 2, 5, 7, 9, 11, 13]),
        ([0, 2, 4, 6, 8, 10, 12], [0, 2, 4, 6, 8, 11, 13]),
    ],
)
@pytest.mark.parametrize("pages", [1, 2, 3])
def test_headings_beside_their_data(
    sheet_file: Maker, people: Any, as_of: dt.date, heads: list[int], data: list[int], pages: int
) -> None:
    words = ["NO", "NIK", "NAMA LENGKAP", "L/P", "TEMPAT LAHIR", "TANGGAL LAHIR", "NO. KK"]
    fields = ("seq", "nik", "name", "sex", "birth_place", "birth_date", "kk")
    persons = [people.person(at) for at in range(6 * pages)]
    rows: list[list[Any]] = []

    def put(places: list[int], texts: list[Any]) -> None:
        row: list[Any] = [""] * 26
        for place, text in zip(places, texts, strict=True):
            row[place] = text
        rows.append(row)

    for page in range(pages):
        rows.append(["LAPORAN DATA PENDUDUK", *[""] * 25])
        put(heads, words)
        rows.append([""] * 26)
        for one in persons[6 * page : 6 * page + 6]:
            put(data, [one[field] for field in fields])
        put([20], [f"Halaman {page + 1} dari {pages}"])
    reading = read(sheet_file(rows), as_of=as_of)
    for field in ("nik", "name", "sex", "birth_place", "kk"):
        assert reading.rows[field].to_list() == [one[field] for one in persons], field
    assert reading.counts["accepted"] == 6 * pages


def test_heading_without_data_stays(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    rows: list[list[Any]] = [["No", "NIK", "Nama", "No HP", "Pekerjaan", ""]]
    for at in range(6):
        one = people.person(at)
        rows.append([at + 1, one["nik"], one["name"], "", "Petani", "lunas"])
    found = read(sheet_file(rows), as_of=as_of).rows
    assert set(found["job"]) == {"Petani"}
    assert found["phone"].null_count() == 6


@pytest.mark.parametrize("sign", ["*", "x", "X", "•", "#"])
@pytest.mark.parametrize("also", [(), ("kk",), ("kk", "name"), ("kk", "phone", "name")])
def test_masked_list_is_said_to_be_one_once(
    sheet_file: Maker, people: Any, as_of: dt.date, sign: str, also: tuple[str, ...]
) -> None:
    rows: list[list[Any]] = [["No", "Nama", "NIK", "No KK", "No HP", "Alamat"]]
    for at in range(8):
        one = people.person(at)
        number = one["nik"][:6] + sign * 8 + one["nik"][14:]
        card = one["kk"][:6] + sign * 8 + one["kk"][14:] if "kk" in also else one["kk"]
        name = one["name"][:2] + "*" * 4 + one["name"][-1] if "name" in also else one["name"]
        phone = "0812" + sign * 4 + "0001" if "phone" in also else "081200000001"
        rows.append([at + 1, name, number, card, phone, "Jl. Handel"])
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.counts["returned"] == 8
    assert set(reading.rows["reasons"].explode()) == {"NIK_FORMAT"}
    of_columns = [one["code"] for table in reading.tables for one in table.refused]
    assert of_columns[0] == "KOLOM_NIK_SAMAR"
    assert len(of_columns) == 1 + len(also)
    assert set(reading.findings["code"]) <= {"KOLOM_NIK_SAMAR", "KOLOM_SAMAR"}


def test_two_masked_numbers_are_only_wrong_numbers(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    rows: list[list[Any]] = [["No", "Nama", "NIK"]]
    for at in range(8):
        one = people.person(at)
        rows.append([at + 1, one["name"], one["nik"] if at > 1 else one["nik"][:6] + "*" * 8 + "01"])
    assert read(sheet_file(rows), as_of=as_of).counts == {"rows": 8, "accepted": 6, "noted": 0, "returned": 2}


@pytest.mark.parametrize("sign", [".", ":"])
@pytest.mark.parametrize("group", ["data_diri", "identitas", "form{}inti"])
def test_group_before_the_heading_with_another_sign(
    sheet_file: Maker, people: Any, as_of: dt.date, group: str, sign: str
) -> None:
    names = [*("nama", "nik", "jk", "tgl_lahir", "no_hp"), f"suami{sign}pekerjaan", f"suami{sign}no_hp"]
    rows: list[list[Any]] = [
        [name if sign in name else f"{group.format(sign)}{sign}{name}" for name in names],
    ]
    for at in range(6):
        one = people.person(at)
        own = [one["name"], one["nik"], one["sex"], one["birth_date"], "081200000001"]
        rows.append([*own, "PNS", "081200000077"])
    found = read(sheet_file(rows), as_of=as_of).rows
    assert found["name"].null_count() == found["sex"].null_count() == 0
    assert set(found["phone"]) == {"+6281200000001"}
    assert found["job"].null_count() == 6


@pytest.mark.parametrize("heading", ["Tgl.Lahir", "tgl.lahir"])
def test_short_form_before_a_point_is_no_group(
    sheet_file: Maker, people: Any, as_of: dt.date, heading: str
) -> None:
    persons = [people.person(at) for at in range(6)]
    rows: list[list[Any]] = [["no.urut", "nama", "no.ktp", heading, "no.hp"]]
    for at, one in enumerate(persons):
        rows.append([at + 1, one["name"], one["nik"], one["birth_date"], "081200000001"])
    found = read(sheet_file(rows), as_of=as_of).rows
    assert found["nik"].to_list() == [one["nik"] for one in persons]
    assert found["birth_date"].to_list() == [one["birth"] for one in persons]
    assert set(found["phone"]) == {"+6281200000001"}
