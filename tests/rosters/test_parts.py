"""One fact in several columns, rows that only number or divide, and what a list writes once for many rows."""

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


def headed(
    tmp_path: Path, spans: list[tuple[str, int]], second: list[str], rows: list[list[Any]], *, merged: bool
) -> Path:
    """Return a workbook whose first heading row spans columns, merged or with empty cells."""
    path = tmp_path / f"dua-baris-{merged}.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("Sheet1")
    at = 0
    for words, width in spans:
        if merged and width > 1:
            page.merge_range(0, at, 0, at + width - 1, words)
        else:
            page.write_string(0, at, words)
        at += width
    for number, row in enumerate([second, *rows], 1):
        for column, value in enumerate(row):
            if value != "":
                page.write(number, column, value)
    book.close()
    return path


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("tick", ["v", "√", 1, "X"])
def test_sex_by_a_tick_under_l_or_p(
    tmp_path: Path, people: Any, as_of: dt.date, merged: bool, tick: Any
) -> None:
    persons = [people.person(number) for number in range(8)]
    rows = [
        [
            at + 1,
            one["name"],
            one["nik"],
            tick if one["sex"] == "L" else "",
            tick if one["sex"] == "P" else "",
        ]
        for at, one in enumerate(persons)
    ]
    spans = [("No", 1), ("Nama", 1), ("NIK", 1), ("Jenis Kelamin", 2)]
    reading = read(headed(tmp_path, spans, ["", "", "", "L", "P"], rows, merged=merged), as_of=as_of)
    assert reading.counts == {"rows": 8, "accepted": 8, "noted": 0, "returned": 0}
    assert reading.rows["sex"].to_list() == [one["sex"] for one in persons]
    assert not reading.findings.height


def test_counts_of_men_and_women_are_no_sex(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    rows = [["No", "Nama", "NIK", "L", "P"]]
    rows += [
        [at + 1, one["name"], one["nik"], at % 3, at % 4]
        for at, one in enumerate(map(people.person, range(8)))
    ]
    assert read(sheet_file(rows), as_of=as_of).rows["sex"].null_count() == 8


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("month", ["%m", "%B"])
def test_birth_date_in_three_columns(
    tmp_path: Path, people: Any, as_of: dt.date, merged: bool, month: str
) -> None:
    persons = [people.person(number) for number in range(8)]
    rows = [
        [at + 1, one["name"], one["nik"], one["birth"].day, one["birth"].strftime(month), one["birth"].year]
        for at, one in enumerate(persons)
    ]
    spans = [("No", 1), ("Nama", 1), ("NIK", 1), ("Tanggal Lahir", 3)]
    book = headed(tmp_path, spans, ["", "", "", "Tgl", "Bln", "Thn"], rows, merged=merged)
    reading = read(book, as_of=as_of)
    assert reading.counts == {"rows": 8, "accepted": 8, "noted": 0, "returned": 0}
    assert reading.rows["birth_date"].to_list() == [one["birth"] for one in persons]


@pytest.mark.parametrize(
    ("first", "last"), [("Nama Depan", "Nama Belakang"), ("First Name", "Last Name"), ("Nama Depan", "Marga")]
)
def test_first_and_last_name_are_one_name(
    sheet_file: Maker, people: Any, as_of: dt.date, first: str, last: str
) -> None:
    rows = [["No", first, last, "NIK"]]
    rows += [[at + 1, "Yohanis", "Kogoya" if at else "", people.person(at)["nik"]] for at in range(6)]
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.rows["name"].to_list() == ["Yohanis"] + ["Yohanis Kogoya"] * 5
    assert reading.counts["accepted"] == 6


@pytest.mark.parametrize(
    "numbering", [["a", "b", "c", "d"], ["(1)", "(2)", "(3)", "(4=3+2)"], ["A.", "B.", "C.", "D."]]
)
def test_row_that_numbers_the_columns_is_nobody(
    sheet_file: Maker, people: Any, as_of: dt.date, numbering: list[str]
) -> None:
    rows: list[list[Any]] = [["No", "Nama", "NIK", "L/P"], numbering]
    rows += [
        [at + 1, one["name"], one["nik"], one["sex"]] for at, one in enumerate(map(people.person, range(6)))
    ]
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.counts == {"rows": 6, "accepted": 6, "noted": 0, "returned": 0}
    assert reading.tables[0].others == {"numbering": 1}


@pytest.mark.parametrize("row", [["II", "KELOMPOK TANI SUBUR"], ["Halaman", 2], ["B.", "Penyadap Karet"]])
def test_title_of_a_group_and_number_of_a_page_are_nobody(
    sheet_file: Maker, people: Any, as_of: dt.date, row: list[Any]
) -> None:
    persons = [people.person(number) for number in range(6)]
    lines = [[at + 1, one["name"], one["nik"]] for at, one in enumerate(persons)]
    reading = read(sheet_file([["No", "Nama", "NIK"], *lines[:3], row, *lines[3:]]), as_of=as_of)
    assert reading.counts == {"rows": 6, "accepted": 6, "noted": 0, "returned": 0}


def test_people_counted_in_roman_numbers_are_people(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    persons = [people.person(number) for number in range(4)]
    rows = [
        [roman, one["name"], one["nik"]] for roman, one in zip(["I", "II", "III", "IV"], persons, strict=True)
    ]
    rows[2][2] = ""
    reading = read(sheet_file([["No", "Nama", "NIK"], *rows]), as_of=as_of)
    assert reading.counts == {"rows": 4, "accepted": 3, "noted": 0, "returned": 1}


@pytest.mark.parametrize("sign", ['"', "sda", "s.d.a.", "idem", '- " -', ",,"])
def test_signs_for_the_same_repeat_what_stands_above(
    sheet_file: Maker, people: Any, as_of: dt.date, sign: str
) -> None:
    rows = [["No", "Nama", "NIK", "Desa", "RT", "Pekerjaan"]]
    for at, one in enumerate(map(people.person, range(6))):
        own = [["Mantangai Hulu", "02", "Petani"], ["Mantangai Hilir", "05", "Nelayan"]][at // 3]
        rows.append([at + 1, one["name"], one["nik"], *(own if at % 3 == 0 else [sign] * 3)])
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.rows["village"].to_list() == ["Mantangai Hulu"] * 3 + ["Mantangai Hilir"] * 3
    assert reading.rows["rt"].to_list() == ["002"] * 3 + ["005"] * 3
    assert reading.rows["job"].to_list() == ["Petani"] * 3 + ["Nelayan"] * 3
    assert reading.counts["accepted"] == 6


def test_sign_for_the_same_under_nik_is_no_nik(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    rows = [["No", "Nama", "NIK"]]
    rows += [
        [at + 1, one["name"], one["nik"] if at else '"']
        for at, one in enumerate(map(people.person, range(4)))
    ]
    assert read(sheet_file(rows), as_of=as_of).counts["returned"] == 1


def test_village_and_neighbourhood_written_once_hold_for_the_rows_below(
    sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    rows = [["Desa", "RT", "Nama", "NIK"]]
    for at, one in enumerate(map(people.person, range(9))):
        village = {0: "Mantangai Hulu", 6: "Mantangai Hilir"}.get(at, "")
        rows.append([village, f"{at // 3 + 1}" if at % 3 == 0 else "", one["name"], one["nik"]])
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.rows["village"].to_list() == ["Mantangai Hulu"] * 6 + ["Mantangai Hilir"] * 3
    assert reading.rows["rt"].to_list() == ["001"] * 3 + ["002"] * 3 + ["003"] * 3
    assert "ditulis sekali untuk beberapa baris" in " ".join(map(say, reading.notes))


def test_neighbourhood_that_is_missing_here_and_there_is_not_filled(
    sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    said = ["1", "1", "2", "", "", "", "3", "", ""]
    rows = [["RT", "Nama", "NIK"]]
    rows += [
        [rt, one["name"], one["nik"]] for rt, one in zip(said, map(people.person, range(9)), strict=True)
    ]
    assert read(sheet_file(rows), as_of=as_of).rows["rt"].null_count() == 5


@pytest.mark.parametrize(
    ("title", "rt", "rw"),
    [
        ("DAFTAR WARGA RT 003 RW 002 DESA LUPAK DALAM", "003", "002"),
        ("Data Pekerja Rentan RT. 04", "004", None),
        ("DAFTAR WARGA RT 001 s/d RT 005", None, None),
        ("DAFTAR WARGA RT 1, 2 dan 3", None, None),
        ("DATA DESA, Alamat: Jl. Trans RT 02", None, None),
    ],
)
def test_neighbourhood_in_a_title(
    sheet_file: Maker, people: Any, as_of: dt.date, title: str, rt: str | None, rw: str | None
) -> None:
    rows = [[title], ["No", "Nama", "NIK"]]
    rows += [[at + 1, one["name"], one["nik"]] for at, one in enumerate(map(people.person, range(4)))]
    reading = read(sheet_file(rows), as_of=as_of)
    assert (reading.rows["rt"].to_list(), reading.rows["rw"].to_list()) == ([rt] * 4, [rw] * 4)


def test_hamlet_row_with_a_neighbourhood_gives_both(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    rows: list[list[Any]] = [["No", "Nama", "NIK"], ["DUSUN HULU / RT 004"]]
    rows += [[at + 1, one["name"], one["nik"]] for at, one in enumerate(map(people.person, range(4)))]
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.rows["rt"].to_list() == ["004"] * 4
    assert reading.rows["address"].to_list() == ["HULU"] * 4


@pytest.mark.parametrize("written", ["NIK : {}", "NIK. {}", '"{}"', "{},", "({})", "No. KTP {}", "{};"])
def test_nik_between_signs_or_behind_its_name_is_the_nik(
    sheet_file: Maker, people: Any, as_of: dt.date, written: str
) -> None:
    persons = [people.person(number) for number in range(5)]
    rows = [["No", "Nama", "NIK"]]
    rows += [[at + 1, one["name"], written.format(one["nik"])] for at, one in enumerate(persons)]
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.rows["nik"].to_list() == [one["nik"] for one in persons]
    assert reading.counts["accepted"] == 5


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("Senin, {}", None),
        ("Jum'at {}", None),
        ("Pujon, tgl {}", "Pujon"),
        ("Kuala Kurun; {}", "Kuala Kurun"),
    ],
)
def test_weekday_and_words_before_a_date_are_no_place(
    sheet_file: Maker, people: Any, as_of: dt.date, written: str, place: str | None
) -> None:
    persons = [people.person(number) for number in range(5)]
    rows = [["No", "Nama", "NIK", "Tempat Tanggal Lahir"]]
    rows += [
        [at + 1, one["name"], one["nik"], written.format(one["birth_date"])] for at, one in enumerate(persons)
    ]
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.rows["birth_place"].to_list() == [place] * 5
    assert reading.rows["birth_date"].to_list() == [one["birth"] for one in persons]
