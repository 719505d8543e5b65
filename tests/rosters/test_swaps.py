"""Headings over the wrong column, two identifiers in one cell, one digit a column: what the cells say counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from payung.rosters import Reading, read
from payung.rosters.corrections import load, remember
from payung.said import say

Maker = Callable[..., Path]


def listed(people: Any, heading: list[str], *fields: str, count: int = 8) -> list[list[Any]]:
    persons = [people.person(number) for number in range(count)]
    return [["NO", "NAMA", *heading], *[[one["seq"], one["name"], *map(one.get, fields)] for one in persons]]


def fields(reading: Reading) -> list[str]:
    return [column.field for column in reading.tables[0].columns]


@pytest.mark.parametrize("other", ["kk", "phone"])
def test_swapped_headings_are_read_by_what_is_below_and_told(
    sheet_file: Maker, people: Any, as_of: dt.date, other: str
) -> None:
    heading = {"kk": "NO KK", "phone": "NO HP"}[other]
    rows = listed(people, [heading, "NIK", "TGL LAHIR"], "nik", other, "birth_date")
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.rows["nik"].to_list() == [row[2] for row in rows[1:]]
    assert fields(reading)[2:4] == ["nik", other]
    assert any("tertukar" in note and "C1" in note and "D1" in note for note in map(say, reading.notes))


def test_right_headings_stay(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    rows = listed(people, ["NIK", "NO KK", "NO HP", "TGL LAHIR"], "nik", "kk", "phone", "birth_date")
    reading = read(sheet_file(rows), as_of=as_of)
    assert fields(reading) == ["seq", "name", "nik", "kk", "phone", "birth_date"]
    assert reading.notes == ()


def test_heading_that_somebody_corrected_stays(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    rows = listed(people, ["NO KK", "NIK", "TGL LAHIR"], "nik", "kk", "birth_date")
    reading = read(sheet_file(rows), as_of=as_of, corrections={"nik": "nik", "no kk": "kk"})
    assert fields(reading)[2:4] == ["kk", "nik"]


def test_family_numbers_alone_under_nik_are_refused(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    rows = listed(people, ["NIK", "TGL LAHIR"], "kk", "birth_date", count=9)
    reading = read(sheet_file(rows), as_of=as_of)
    assert [refused["code"] for refused in reading.tables[0].refused] == ["KOLOM_NIK_KK"]
    assert (reading.counts["returned"], set(reading.rows["nik_state"].to_list())) == (9, {"malformed"})


def test_swapped_without_birth_dates_by_families_and_women(
    sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    rows = listed(people, ["NIK", "NO KK"], "kk", "nik", count=12)
    assert fields(read(sheet_file(rows), as_of=as_of))[2:4] == ["kk", "nik"]


def test_one_row_with_nik_and_kk_swapped_is_returned(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    rows = listed(people, ["NIK", "NO KK", "TGL LAHIR"], "nik", "kk", "birth_date")
    rows[4][2:4] = rows[4][3:1:-1]
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.findings["code"].to_list() == ["NIK_TERTUKAR"]
    assert reading.rows.filter(verdict="returned")["row"].to_list() == [5]


def test_phones_under_nik_name_the_filled_cell(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    reading = read(sheet_file(listed(people, ["NIK", "TGL LAHIR"], "phone", "birth_date")), as_of=as_of)
    found = reading.findings.filter(row=2, field="nik")
    assert (found["code"].to_list(), found["column"].to_list()) == (["NIK_FORMAT"], ["C"])
    assert "kosong" not in found["message"][0]


def test_employee_numbers_are_named_as_such(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    rows = listed(people, ["NIK", "TGL LAHIR"], "seq", "birth_date")
    for number, row in enumerate(rows[1:]):
        row[2] = f"PR{number:05d}"
    found = read(sheet_file(rows), as_of=as_of).findings.filter(row=2)
    assert (found["code"].to_list(), found["column"].to_list()) == (["NIK_INDUK"], ["C"])
    assert "PR00000" in found["message"][0]


@pytest.mark.parametrize(
    ("heading", "first", "second"), [("NIK / NO KK", "nik", "kk"), ("NO. KK/NIK", "kk", "nik")]
)
def test_two_numbers_in_one_cell_are_taken_apart(
    sheet_file: Maker, people: Any, as_of: dt.date, heading: str, first: str, second: str
) -> None:
    rows = listed(people, [heading, "TGL LAHIR"], "nik", "birth_date")
    well = type(people)(1)
    persons = [well.person(number) for number in range(8)]
    for row, one in zip(rows[1:], persons, strict=True):
        row[2] = f"{one[first]} / {one[second]}"
    rows[8][2] = persons[7]["kk"]
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.rows["nik"].to_list() == [one["nik"] for one in persons[:7]] + [None]
    assert reading.rows["kk"].to_list()[:7] == [one["kk"] for one in persons[:7]]
    assert reading.counts == {"rows": 8, "accepted": 7, "noted": 0, "returned": 1}
    found = reading.findings.filter(row=9)
    assert (found["code"].to_list(), found["column"].to_list()) == (["NIK_GABUNG"], ["C"])


def test_name_and_nik_in_one_cell_are_taken_apart(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    persons = [people.person(number) for number in range(5)]
    cells = [
        f"{persons[0]['name']}\n{persons[0]['nik']}",
        f"{persons[1]['nik']} - {persons[1]['name']}",
        f"{persons[2]['name']} (NIK. {persons[2]['nik']})",
        f"{persons[3]['name']} / {persons[3]['nik'][:15]}",
        f"{persons[4]['name']}",
    ]
    rows = [["NO", "NAMA / NIK", "TGL LAHIR"]]
    rows += [
        [at + 1, cell, one["birth_date"]] for at, (cell, one) in enumerate(zip(cells, persons, strict=True))
    ]
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.rows["name"].to_list() == [one["name"] for one in persons]
    assert reading.rows["nik"].to_list()[:3] == [one["nik"] for one in persons[:3]]
    assert reading.rows["nik_state"].to_list() == ["valid", "valid", "valid", "malformed", "blank"]
    wrong = reading.findings.filter(row=5)
    assert (wrong["code"].to_list(), wrong["column"].to_list()) == (["NIK_FORMAT"], ["B"])


def test_joined_cells_can_be_told_by_a_correction(
    tmp_path: Path, sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    rows = listed(people, ["TGL LAHIR"], "birth_date")
    one = people.person(40)
    rows[1][1] = f"{one['name']} {one['nik']}"
    remember(tmp_path / "koreksi.json", None, "NAMA", "name_nik")
    path = sheet_file(rows)
    assert read(path, as_of=as_of).rows["nik"][0] is None
    told = read(path, as_of=as_of, corrections=load(tmp_path / "koreksi.json", None))
    assert told.rows.select("name", "nik").row(0) == (one["name"], one["nik"])


def test_sixteen_columns_of_one_digit_are_one_number(tmp_path: Path, people: Any, as_of: dt.date) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["NO", "NAMA", "NIK", *[None] * 15, "TGL LAHIR"])
    persons = [people.person(number) for number in range(4)]
    for number, one in enumerate(persons):
        digits: list[Any] = [int(digit) for digit in one["nik"]]
        page.append(
            [number + 1, one["name"], *(digits if number else [*digits[:15], None]), one["birth_date"]]
        )
    page.merge_cells("C1:R1")
    path = tmp_path / "kotak.xlsx"
    book.save(path)
    reading = read(path, as_of=as_of)
    assert reading.rows["nik"].to_list() == [persons[0]["nik"][:15], *[one["nik"] for one in persons[1:]]]
    assert reading.rows["verdict"].to_list() == ["returned", "accepted", "accepted", "accepted"]
    assert reading.findings["column"].to_list() == ["C"]


def test_quoted_formula_of_a_text_file_is_its_text(tmp_path: Path, people: Any, as_of: dt.date) -> None:
    persons = [people.person(number) for number in range(4)]
    path = tmp_path / "ekspor.csv"
    lines = [f'{at},"{one["name"]}","=""{one["nik"]}"""' for at, one in enumerate(persons)]
    path.write_text("No,Nama,NIK\n" + "\n".join(lines), "utf-8")
    assert read(path, as_of=as_of).rows["nik"].to_list() == [one["nik"] for one in persons]


def test_dates_under_an_unknown_heading_are_birth_dates_where_the_niks_agree(
    sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    rows = listed(people, ["NIK", "XYZ"], "nik", "birth_date")
    assert fields(read(sheet_file(rows), as_of=as_of))[3] == "birth_date"
    for row in rows[1:]:
        row[3] = "01-03-2025"
    assert fields(read(sheet_file(rows), as_of=as_of))[3] == "other"


def test_amounts_that_nobody_understands_are_mentioned(
    sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    rows = listed(people, ["NIK", "UANG X"], "nik", "seq")
    for row in rows[1:]:
        row[3] = "Rp. 1.250.000"
    reading = read(sheet_file(rows), as_of=as_of)
    assert any("D1" in note and "UANG X" in note for note in map(say, reading.notes))
    assert reading.rows["income"].null_count() == 8
