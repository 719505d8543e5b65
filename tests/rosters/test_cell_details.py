"""Errors are named as errors, formulas without a result are read where they are text and else named as formulas."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from payung.rosters import read
from payung.rosters.cells.details import plain_text

Maker = Callable[..., Path]
HEADING = ["No", "NIK", "Nama", "L/P", "Tanggal Lahir", "Nomor KK", "Pekerjaan", "Alamat"]
ERRORS = ["#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!"]


def listed(people: Any, count: int = 6) -> list[list[Any]]:
    rows: list[list[Any]] = [HEADING]
    for at in range(count):
        one = people.person(at)
        rows.append(
            [
                at + 1,
                one["nik"],
                one["name"],
                one["sex"],
                one["birth_date"],
                one["kk"],
                one["job"],
                one["address"],
            ]
        )
    return rows


def book_of(path: Path, rows: list[list[Any]]) -> Path:
    """Write ``rows`` as a program does that stores no results of formulas; texts in ERRORS become error cells."""
    book = openpyxl.Workbook()
    page = book.active
    for row in rows:
        page.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("column", [1, 2])
def test_error_in_a_required_cell_is_named(
    tmp_path: Path, people: Any, as_of: dt.date, error: str, column: int
) -> None:
    rows = listed(people)
    rows[3][column] = error
    reading = read(book_of(tmp_path / "galat.xlsx", rows), as_of=as_of)
    found = reading.findings.filter(reading.findings["row"] == 4)
    assert "SEL_GALAT" in found["code"].to_list()
    assert any(f"berisi galat Excel “{error}”" in text for text in found["message"])
    assert not any("kosong" in text for text in found["message"])
    assert reading.rows["verdict"].to_list().count("returned") == 1


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("column", [3, 4, 6, 7])
def test_error_in_another_cell_is_noted_and_not_used(
    tmp_path: Path, people: Any, as_of: dt.date, error: str, column: int
) -> None:
    rows = listed(people)
    rows[3][column] = error
    reading = read(book_of(tmp_path / "galat.xlsx", rows), as_of=as_of)
    assert reading.findings["code"].to_list() == ["SEL_GALAT_LAIN"]
    assert reading.rows["verdict"].to_list().count("noted") == 1
    assert error not in [reading.rows["job"][2], reading.rows["address"][2]]


@pytest.mark.parametrize(
    "write",
    [
        lambda text: f'="{text}"',
        lambda text: f'="{text[:6]}"&"{text[6:]}"',
        lambda text: f'=CONCATENATE("{text[:6]}","{text[6:]}")',
        lambda text: f'=T("{text}")',
        lambda text: f'=TRIM("{text}")',
    ],
)
def test_formula_that_is_plain_text_is_read(
    tmp_path: Path, people: Any, as_of: dt.date, write: Callable[[str], str]
) -> None:
    rows = listed(people)
    wanted = [row[1] for row in rows[1:]]
    for row in rows[1:]:
        row[1], row[5] = write(row[1]), write(row[5])
    reading = read(book_of(tmp_path / "rumus.xlsx", rows), as_of=as_of)
    assert reading.rows["nik"].to_list() == wanted
    assert reading.counts["accepted"] == 6


@pytest.mark.parametrize(
    "formula", ["=B3", "=VLOOKUP(C4,Sheet2!A:B,2,0)", '=A4&"x"', "=IF(A4>1,B4,0)", "=SUM(A1:A3)"]
)
@pytest.mark.parametrize(
    ("column", "code", "verdict"), [(1, "SEL_RUMUS", "returned"), (6, "SEL_RUMUS_LAIN", "noted")]
)
def test_other_formula_is_named_as_one(
    tmp_path: Path, people: Any, as_of: dt.date, formula: str, column: int, code: str, verdict: str
) -> None:
    rows = listed(people)
    rows[3][column] = formula
    reading = read(book_of(tmp_path / "rumus.xlsx", rows), as_of=as_of)
    assert code in reading.findings["code"].to_list()
    assert any("rumus tanpa hasil tersimpan" in text for text in reading.findings["message"])
    assert reading.rows["verdict"][2] == verdict
    assert reading.rows["job"][2] != formula


def test_formula_as_last_column_is_not_lost(tmp_path: Path, people: Any, as_of: dt.date) -> None:
    rows = [["No", "Nama", "NIK"]]
    for at in range(5):
        one = people.person(at)
        rows.append([at + 1, one["name"], f'="{one["nik"]}"'])
    assert read(book_of(tmp_path / "rumus.xlsx", rows), as_of=as_of).counts["accepted"] == 5


def test_stored_results_stay(tmp_path: Path, people: Any, as_of: dt.date) -> None:
    path = book_of(tmp_path / "rumus.xlsx", listed(people))
    wanted = read(path, as_of=as_of).rows["nik"].to_list()
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    sheet = re.sub(
        r'<c r="(B[2-7])" t="inlineStr"><is><t>(\d+)</t></is></c>',
        r'<c r="\1" t="str"><f>X1</f><v>\2</v></c>',
        sheet,
    )
    sheet = re.sub(
        r'<c r="(B[2-7])" t="s"><v>(\d+)</v></c>', r'<c r="\1" t="s"><f>X1</f><v>\2</v></c>', sheet
    )
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)
    assert "<f>X1</f>" in sheet
    assert read(path, as_of=as_of).rows["nik"].to_list() == wanted


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ('"62"&"03"', "6203"), ('"a""b"', 'a"b'), ("1990", "1990"), ("DATE(1990;2;1)", "1990-02-01"),
        ("DATE(1990,13,1)", "=DATE(1990,13,1)"), ("A1&B1", "=A1&B1"), ('"a"&B1', '="a"&B1'), ("", "="),
    ],
)  # fmt: skip
def test_what_a_formula_is_without_other_cells(formula: str, text: str) -> None:
    assert plain_text(formula) == text
