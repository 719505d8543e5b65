"""Birth dates of a whole column that are early or late by as much: one finding, and none of them is used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from payung.rosters import Reading, read

Maker = Callable[..., Path]
DAY = dt.timedelta(days=1)
COUNT = 12


def month_early(born: dt.date) -> str:
    month = born.month - 1 or 12
    return f"{born.day:02d}-{month:02d}-{born.year - (born.month == 1)}"


def listed(people: Any, write: Callable[[dt.date], Any], heading: str = "Tanggal Lahir") -> list[list[Any]]:
    rows: list[list[Any]] = [["No", "NIK", "Nama", heading]]
    for at in range(COUNT):
        one = people.person(at)
        rows.append([at + 1, one["nik"], one["name"], write(one["birth"])])
    return rows


def born(people: Any) -> list[dt.date]:
    well = people.__class__()
    return [well.person(at)["birth"] for at in range(COUNT)]


def one_finding(reading: Reading) -> None:
    codes = reading.findings["code"].to_list()
    assert codes == ["KOLOM_TANGGAL_GESER"]
    assert reading.counts["accepted"] == COUNT
    assert set(reading.rows["birth_date_from"]) == {"nik"}


@pytest.mark.parametrize(
    "write",
    [
        lambda one: dt.datetime.combine(one - DAY, dt.time(16, 59, 48)),
        lambda one: dt.datetime.combine(one - DAY, dt.time(17)),
        lambda one: one - DAY,
        lambda one: one + dt.timedelta(days=1_462),
        lambda one: one - dt.timedelta(days=1_462),
        lambda one: f"{one - DAY:%d-%m-%Y}",
        lambda one: f"{one + DAY:%Y-%m-%d}",
        lambda one: f"{one - DAY:%Y-%m-%d}T17:00:00.000Z",
        lambda one: f"{one - 2 * DAY:%d/%m/%Y}",
        lambda one: f"{one:%d-%m-}{one.year - 1}" if (one.month, one.day) != (2, 29) else f"{one:%d-%m-%Y}",
        month_early,
        lambda one: (one - DAY - dt.date(1899, 12, 30)).days,
    ],
)
def test_constant_shift_is_one_finding(
    sheet_file: Maker, people: Any, as_of: dt.date, write: Callable[[dt.date], Any]
) -> None:
    reading = read(sheet_file(listed(people, write)), as_of=as_of)
    one_finding(reading)
    assert reading.rows["birth_date"].to_list() == born(people)


@pytest.mark.parametrize("heading", ["TTL", "Tempat, Tanggal Lahir", "Tempat/Tgl Lahir"])
def test_place_and_date_in_one_column(sheet_file: Maker, people: Any, as_of: dt.date, heading: str) -> None:
    rows = listed(people, lambda one: f"Mantangai, {one - DAY:%d-%m-%Y}", heading)
    reading = read(sheet_file(rows), as_of=as_of)
    one_finding(reading)
    assert reading.findings["column"].to_list() == ["D"]
    assert reading.rows["birth_date"].to_list() == born(people)
    assert set(reading.rows["birth_place"]) == {"Mantangai"}


def test_shifted_date_cells_beside_right_texts(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    texts = iter([True, False, True] * COUNT)
    rows = listed(people, lambda one: f"{one:%d-%m-%Y}" if next(texts) else one - DAY)
    reading = read(sheet_file(rows), as_of=as_of)
    assert "KOLOM_TANGGAL_GESER" in reading.findings["code"].to_list()
    assert reading.rows["birth_date"].to_list() == born(people)


def test_person_who_differs_beside_the_shift_is_still_told(
    sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    rows = listed(people, lambda one: one - DAY)
    rows[5][3] = rows[5][3] - 200 * DAY
    reading = read(sheet_file(rows), as_of=as_of)
    assert sorted(reading.findings["code"].to_list()) == ["KOLOM_TANGGAL_GESER", "NIK_LAHIR_BEDA"]
    assert reading.rows["verdict"].to_list().index("noted") == 4


@pytest.mark.parametrize("wrong", [0, 1, 2, 5])
def test_few_wrong_dates_are_no_shift(sheet_file: Maker, people: Any, as_of: dt.date, wrong: int) -> None:
    rows = listed(people, lambda one: one)
    for at in range(1, wrong + 1):
        rows[at][3] = rows[at][3] - 37 * at * DAY
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.findings["code"].to_list() == ["NIK_LAHIR_BEDA"] * wrong
    assert set(reading.rows["birth_date_from"]) == {"cell"}


@pytest.mark.parametrize("cut", [0, 10])
@pytest.mark.parametrize("time", [(16, 59, 48), (17, 0), (16, 0), (15, 52, 12), (23, 30)], ids=str)
def test_times_of_day_alone_prove_it_where_no_number_is_whole(
    sheet_file: Maker, people: Any, as_of: dt.date, time: tuple[int, ...], cut: int
) -> None:
    rows = listed(people, lambda one: dt.datetime.combine(one - DAY, dt.time(*time)))
    for row in rows[1:]:
        row[1] = row[1][:cut] or None
    reading = read(sheet_file(rows), as_of=as_of)
    assert "KOLOM_TANGGAL_GESER" in reading.findings["code"].to_list()
    assert reading.rows["birth_date"].null_count() == COUNT


def test_times_beside_right_dates_do_no_harm(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    rows = listed(people, lambda one: dt.datetime.combine(one, dt.time(7, 30)))
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.counts["accepted"] == COUNT
    assert reading.findings.is_empty()


@pytest.mark.parametrize("heading", ["Tanggal Lahir", "TGL LAHIR", "tgl_lahir"])
@pytest.mark.parametrize("as_number", [False, True])
def test_workbook_that_counts_from_1904_is_obeyed(
    tmp_path: Path, people: Any, as_of: dt.date, as_number: bool, heading: str
) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    page = book.active
    zero = dt.date(1904, 1, 1)
    for row in listed(people, lambda one: (one - zero).days if as_number else one, heading):
        page.append(row)
    path = tmp_path / "mac.xlsx"
    book.save(path)
    reading = read(path, as_of=as_of)
    assert reading.counts["accepted"] == COUNT
    assert reading.rows["birth_date"].to_list() == born(people)
    assert set(reading.rows["birth_date_from"]) == {"cell"}


@pytest.mark.parametrize("year", [1921, 1923, 1925, 1926])
@pytest.mark.parametrize("form", ["%d-%m-%Y", "%Y-%m-%d", "date"])
def test_list_proves_that_somebody_is_a_hundred(
    sheet_file: Maker, as_of: dt.date, year: int, form: str
) -> None:
    old = dt.date(year, 3, 9)
    rows = [["No", "NIK", "Nama", "Tanggal Lahir"]]
    written = old.strftime(form) if form != "date" else old
    if form == "date":
        written = f"{old.day} Maret {old.year}"
    rows.append([1, f"6203990903{year % 100:02d}0001", "Tukinah Sahay", written])
    rows.append([2, "6203990903700001", "Jenta Liwan", "09-03-1970"])
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.counts["accepted"] == 2
    assert reading.rows["birth_date"].to_list() == [old, dt.date(1970, 3, 9)]


@pytest.mark.parametrize(("age", "year"), [("101", 1925), ("1", 2025), ("101 th", 1925), (None, 2025)])
def test_age_proves_the_century_too(sheet_file: Maker, as_of: dt.date, age: str | None, year: int) -> None:
    rows = [["No", "NIK", "Nama", "Umur"], [1, "6203990903250001", "Tukinah Sahay", age]]
    rows.append([2, "6203990903700001", "Jenta Liwan", "56"])
    assert read(sheet_file(rows), as_of=as_of).rows["birth_date"][0] == dt.date(year, 3, 9)
