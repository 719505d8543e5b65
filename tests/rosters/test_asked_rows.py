"""Rows that a village must be asked about: crossed out, hidden, one number for several; and those who only sign."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from payung.enrolment.decisions import REMARKS
from payung.enrolment.meanings import MEANINGS
from payung.people import nik
from payung.rosters import read
from payung.rosters.reasons import REASONS
from payung.said import say

Maker = Callable[..., Path]
HEADING = ["No", "NIK", "Nama", "L/P", "Tanggal Lahir"]


def line(one: dict[str, Any], number: int) -> list[Any]:
    return [number, one["nik"], one["name"], one["sex"], one["birth_date"]]


def listed(people: Any, count: int = 8) -> list[list[Any]]:
    return [HEADING, *(line(people.person(at), at + 1) for at in range(count))]


def asked(path: Path, as_of: dt.date) -> list[int]:
    rows = read(path, as_of=as_of).rows
    return [row for row, reasons in zip(rows["row"], rows["reasons"], strict=True) if "TANYA_DESA" in reasons]


@pytest.mark.parametrize("crossed", [[2], [4, 9], [3, 4, 5], list(range(2, 10))])
@pytest.mark.parametrize("columns", [[1, 2, 3, 4, 5], [3], [2], [2, 3]])
def test_crossed_out_rows_are_asked_about(
    tmp_path: Path, people: Any, as_of: dt.date, crossed: list[int], columns: list[int]
) -> None:
    book = openpyxl.Workbook()
    page = book.active
    for row in listed(people):
        page.append(row)
    for row in crossed:
        for column in columns:
            page.cell(row, column).font = Font(strike=True)
    path = tmp_path / "coret.xlsx"
    book.save(path)
    assert asked(path, as_of) == crossed
    assert read(path, as_of=as_of).rows.height == 8


def test_text_crossed_out_inside_a_cell(tmp_path: Path, people: Any, as_of: dt.date) -> None:
    book = openpyxl.Workbook()
    page = book.active
    for row in listed(people):
        page.append(row)
    struck = InlineFont(strike=True)
    page["C4"] = CellRichText(TextBlock(struck, "UDIN "), TextBlock(struck, "SALEH"))
    page["C6"] = CellRichText(TextBlock(struck, "SALAH "), "RINA SAHAY")
    path = tmp_path / "coret.xlsx"
    book.save(path)
    assert asked(path, as_of) == [4]


def test_shared_text_crossed_out(tmp_path: Path, people: Any, as_of: dt.date) -> None:
    path = tmp_path / "coret.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet()
    struck = book.add_format({"font_strikeout": True})
    for at, row in enumerate(listed(people)):
        page.write_row(at, 0, row)
    page.write_rich_string(3, 2, struck, "UDIN ", struck, "SALEH")
    book.close()
    assert asked(path, as_of) == [4]


@pytest.mark.parametrize("columns", [[1], [4], [5]])
def test_one_crossed_out_cell_beside_the_name_is_no_crossed_out_row(
    tmp_path: Path, people: Any, as_of: dt.date, columns: list[int]
) -> None:
    book = openpyxl.Workbook()
    page = book.active
    for row in listed(people):
        page.append(row)
    for column in columns:
        page.cell(3, column).font = Font(strike=True)
    page.cell(4, 3).font = Font(bold=True)
    path = tmp_path / "coret.xlsx"
    book.save(path)
    assert asked(path, as_of) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<s>", "</s>"),
        ("<del>", "</del>"),
        ("<strike>", "</strike>"),
        ('<span style="text-decoration: line-through">', "</span>"),
    ],
)
def test_page_with_crossed_out_rows(
    tmp_path: Path, people: Any, as_of: dt.date, before: str, after: str
) -> None:
    lines = []
    for at, row in enumerate(listed(people)):
        marks = (before, after) if at == 3 else ("", "")
        lines.append("<tr>" + "".join(f"<td>{marks[0]}{cell}{marks[1]}</td>" for cell in row) + "</tr>")
    path = tmp_path / "daftar.xls"
    path.write_text(f"<html><body><table>{''.join(lines)}</table></body></html>")
    assert asked(path, as_of) == [4]


@pytest.mark.parametrize("hidden", [[3], [3, 4], [2, 9]])
def test_hidden_rows_are_asked_about(tmp_path: Path, people: Any, as_of: dt.date, hidden: list[int]) -> None:
    path = tmp_path / "sembunyi.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet()
    for at, row in enumerate(listed(people)):
        page.write_row(at, 0, row)
    for row in hidden:
        page.set_row(row - 1, None, None, {"hidden": True})
    book.close()
    assert asked(path, as_of) == hidden


@pytest.mark.parametrize("name", ["Arsip", "Lama 2025", "Sheet2"])
@pytest.mark.parametrize("very", [False, True])
def test_hidden_sheet_is_asked_about(
    tmp_path: Path, people: Any, as_of: dt.date, very: bool, name: str
) -> None:
    path = tmp_path / "arsip.xlsx"
    book = xlsxwriter.Workbook(path)
    shown, archive = book.add_worksheet("Data"), book.add_worksheet(name)
    for at, row in enumerate(listed(people, 5)):
        shown.write_row(at, 0, row)
    for at, row in enumerate(listed(people, 4)):
        archive.write_row(at, 0, row)
    archive.very_hidden() if very else archive.hide()
    book.close()
    rows = read(path, as_of=as_of).rows
    assert [("TANYA_DESA" in reasons) for reasons in rows["reasons"]] == [False] * 5 + [True] * 4


@pytest.mark.parametrize(
    "false",
    ["6203991111111111", "6203990101010001", "6203991708450001", "6271035205700003", "6203991212120012"],
)
@pytest.mark.parametrize("count", [2, 3, 6])
def test_number_put_in_for_several_people_is_asked_for_all(
    sheet_file: Maker, people: Any, as_of: dt.date, false: str, count: int
) -> None:
    rows = listed(people, 9)
    for at in range(2, 2 + count):
        rows[at][1] = false
        rows[at][2] = ["Rina Sahay", "Suparno Awat", "Galuh Liwan", "Jenta Udau", "Masnah", "David"][at - 2]
    reading = read(sheet_file(rows), as_of=as_of)
    told = [
        row
        for row, reasons in zip(reading.rows["row"], reading.rows["reasons"], strict=True)
        if "TANYA_DESA" in reasons
    ]
    assert told == list(range(3, 3 + count))
    messages = reading.findings.filter(reading.findings["code"] == "NIK_BERSAMA")["message"]
    assert all(f"untuk {count} orang yang berbeda" in text for text in messages)


@pytest.mark.parametrize("sheets", [2, 3, 5])
def test_number_of_several_people_is_seen_over_the_sheets_of_a_book(
    tmp_path: Path, people: Any, as_of: dt.date, sheets: int
) -> None:
    path = tmp_path / "buku.xlsx"
    book = xlsxwriter.Workbook(path)
    for number in range(sheets):
        page = book.add_worksheet(f"RT {number + 1}")
        for at, row in enumerate(
            [HEADING, *(line(people.person(10 * number + at), at + 1) for at in range(4))]
        ):
            page.write_row(at, 0, row)
        page.write_string(3, 1, "6203991111111111")
    book.close()
    reading = read(path, as_of=as_of)
    found = reading.findings.filter(reading.findings["code"] == "NIK_BERSAMA")
    assert found.select("sheet", "row", "column").rows() == [
        (f"RT {number + 1}", 4, "B") for number in range(sheets)
    ]
    assert reading.rows["reasons"].list.contains("TANYA_DESA").sum() == sheets


def test_number_without_birth_dates_is_nobodys_either(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    number = people.person(0)["nik"]
    rows = [["No", "NIK", "Nama"], [1, number, "Rina Sahay"], [2, number, "Suparno Awat"]]
    assert len(asked(sheet_file(rows), as_of)) == 2


def test_owner_whose_birth_date_agrees_keeps_the_number(
    sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    rows = listed(people, 5)
    rows[3][1] = rows[1][1]
    rows[3][2] = "Rina Sahay"
    assert asked(sheet_file(rows), as_of) == []


@pytest.mark.parametrize("other", ["RINA SAHAY", "Rina Sahai", "Hj. Rina Sahay", "Sahay Rina"])
def test_same_person_twice_is_another_question(
    sheet_file: Maker, people: Any, as_of: dt.date, other: str
) -> None:
    one = people.person(0)
    rows = [HEADING, line({**one, "name": "Rina Sahay"}, 1), line({**one, "name": other}, 2)]
    assert asked(sheet_file(rows), as_of) == []


SIGNED = [
    [
        ["", "", "Mantangai Hulu, 1 September 2026"],
        ["", "", "Kepala Desa Mantangai Hulu"],
        [],
        ["", "{nik}", "SUMARNO"],
        ["", "NIP. 19700101 199003 1 001"],
    ],
    [["", "Mengetahui,"], ["", "Camat Mantangai"], [], [], ["", "", "SUMARNO"], ["", "{nik}"]],
    [["", "", "Ketua RT 02"], [], ["", "NIK: {nik}", "SUMARNO"]],
    [["", "Petugas Pendata", "", "Kepala Desa"], [], ["", "{nik}", "SUMARNO", "TUKINAH"]],
    [["Dibuat oleh :"], ["", "{nik}", "SUMARNO"]],
    [[], ["", "{nik}", "SUMARNO"], ["", "NIP 19700101 199003 1 001"]],
]


@pytest.mark.parametrize("block", SIGNED)
def test_who_signs_is_not_on_the_list(
    sheet_file: Maker, people: Any, as_of: dt.date, block: list[list[str]]
) -> None:
    number = nik.build("620399", dt.date(1970, 1, 1), "L", 1)
    rows = listed(people, 6) + [[text.format(nik=number) for text in row] for row in block]
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.rows.height == 6
    assert "SUMARNO" not in reading.rows["name"].to_list()
    assert reading.counts["accepted"] == 6


def test_who_signs_is_named(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    number = nik.build("620399", dt.date(1970, 1, 1), "L", 1)
    rows = [*listed(people, 6), ["", "Kepala Desa"], ["", number, "SUMARNO"]]
    assert any(
        "Baris 9: orang bernomor di bawah kata tanda tangan" in note
        for note in map(say, read(sheet_file(rows), as_of=as_of).notes)
    )


def test_people_below_a_signature_with_numbers_are_people(
    sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    rows = [*listed(people, 4), [], ["", "", "Kepala Desa Mantangai Hulu"], []]
    rows += [line(people.person(10 + at), 5 + at) for at in range(3)]
    assert read(sheet_file(rows), as_of=as_of).rows.height == 7


@pytest.mark.parametrize("name", ["NAN", "NA", "NULL", "NONE", "Nan", "NIL", "Null Sahay", "TRUE", "INF"])
def test_names_that_look_like_nothing_are_names_beside_a_number(
    sheet_file: Maker, people: Any, as_of: dt.date, name: str
) -> None:
    rows = listed(people, 5)
    rows[3][2] = name
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.rows["name"][2] == name
    assert reading.counts["returned"] == 0
    assert asked(sheet_file(rows), as_of) == []


@pytest.mark.parametrize("name", ["nan", "NaN", "null", "N/A", "none"])
def test_empty_cell_of_a_program_is_asked_about(
    sheet_file: Maker, people: Any, as_of: dt.date, name: str
) -> None:
    rows = listed(people, 5)
    rows[3][2] = name
    assert asked(sheet_file(rows), as_of) == [4]


@pytest.mark.parametrize("name", ["NAN", "NULL", "N/A", "-", ""])
def test_name_like_nothing_without_a_number_is_nothing(
    sheet_file: Maker, people: Any, as_of: dt.date, name: str
) -> None:
    rows = listed(people, 5)
    rows[3][1], rows[3][2] = "", name
    assert read(sheet_file(rows), as_of=as_of).rows["name"][2] is None


def test_who_is_asked_about_is_held_by_the_main_job_and_every_code_has_a_meaning() -> None:
    asked_codes = {
        "BARIS_DICORET",
        "BARIS_TERSEMBUNYI",
        "LEMBAR_TERSEMBUNYI",
        "NIK_BERSAMA",
        "NAMA_MUNGKIN_KOSONG",
    }
    assert {REASONS[code].code for code in asked_codes} == {"TANYA_DESA"}
    assert "TANYA_DESA" in REMARKS
    assert {reason.code for reason in REASONS.values()} <= set(MEANINGS)
    assert all(reason.message.id and reason.message.en for reason in REASONS.values())
