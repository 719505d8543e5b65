"""Faults that only a whole column shows: explained, refused, never repaired."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from payung.regions import Gazetteer
from payung.rosters import Reading, read

FIELDS = ("seq", "nik", "name", "birth_date", "sex", "kk")
HEADING = ["No", "NIK", "Nama", "Tanggal Lahir", "L/P", "No KK"]
Maker = Callable[..., Path]


def table(people: Any, count: int = 20, **changes: Callable[[dict[str, Any], int], Any]) -> list[list[Any]]:
    rows: list[list[Any]] = [list(HEADING)]
    for number in range(count):
        person = people.person(number)
        rows.append(
            [changes[field](person, number) if field in changes else person[field] for field in FIELDS]
        )
    return rows


def codes(reading: Reading) -> list[str]:
    return [column["code"] for column in reading.tables[0].refused]


def test_numbers_cut_by_excel_refuse_the_column(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    reading = read(
        sheet_file(table(people, nik=lambda person, _: float(person["nik"][:15] + "0"))), as_of=as_of
    )
    assert codes(reading) == ["KOLOM_NIK_TERPOTONG"]
    assert "20 dari 20 nomor berakhiran 0" in reading.tables[0].refused[0]["message"]
    assert reading.rows["nik_state"].unique().to_list() == ["damaged"]
    assert reading.counts["returned"] == 20
    assert all(nik.endswith("0") for nik in reading.rows["nik"].to_list())  # kept as it came, not repaired


def test_cut_numbers_as_text_refuse_the_column_too(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    reading = read(sheet_file(table(people, nik=lambda person, _: person["nik"][:12] + "0010")), as_of=as_of)
    assert codes(reading) == ["KOLOM_NIK_TERPOTONG"]


def test_half_of_the_numbers_ending_in_zero_is_not_enough(
    sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    def change(person: dict[str, Any], at: int) -> Any:
        return person["nik"][:12] + "0010" if at < 10 else person["nik"]

    assert codes(read(sheet_file(table(people, nik=change)), as_of=as_of)) == []


def test_nine_numbers_prove_nothing(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    assert (
        codes(
            read(sheet_file(table(people, 9, nik=lambda person, _: person["nik"][:12] + "0010")), as_of=as_of)
        )
        == []
    )


def test_single_numeric_nik_is_a_note_and_a_cut_one_is_returned(
    sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    def change(person: dict[str, Any], at: int) -> Any:
        return {3: float(person["nik"][:15] + "1"), 5: float(person["nik"][:15] + "0")}.get(at, person["nik"])

    rows = read(sheet_file(table(people, nik=change)), as_of=as_of).rows
    assert rows.select("verdict", "nik_state", "reasons").row(3) == ("noted", "valid", ["NIK_ANGKA"])
    assert rows.select("verdict", "nik_state", "reasons").row(5) == ("returned", "damaged", ["NIK_FORMAT"])


def test_number_too_big_for_a_workbook_is_damaged(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    def change(person: dict[str, Any], at: int) -> Any:
        return 9101018086783133.0 if at == 2 else person["nik"]

    rows = read(sheet_file(table(people, nik=change)), as_of=as_of).rows
    assert rows["nik_state"].to_list()[2] == "damaged"


def test_scientific_notation_refuses_the_column(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    reading = read(sheet_file(table(people, nik=lambda *_: "6,20399E+15")), as_of=as_of)
    assert codes(reading) == ["KOLOM_NIK_ILMIAH"]
    assert "xlsx" in reading.tables[0].refused[0]["remedy"]


def test_dragged_numbers_refuse_the_column(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    reading = read(sheet_file(table(people, nik=lambda _, at: f"62039901018{10001 + at:05d}")), as_of=as_of)
    assert codes(reading) == ["KOLOM_BERURUT"]


def test_dates_swapped_by_excel_refuse_the_column(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    """American settings turn 03/07/1995 into 7 March, and leave 25/07/1995 as text."""

    def swapped(person: dict[str, Any], _: int) -> Any:
        born = person["birth"]
        return dt.date(born.year, born.day, born.month) if born.day <= 12 else born.strftime("%d/%m/%Y")

    reading = read(sheet_file(table(people, 60, birth_date=swapped)), as_of=as_of)
    assert codes(reading) == ["KOLOM_TANGGAL_AMERIKA"]
    assert set(reading.rows["birth_date_from"].to_list()) == {"nik"}
    wells = type(people)(1)
    assert reading.rows["birth_date"].to_list() == [wells.person(number)["birth"] for number in range(60)]


def test_month_before_day_refuses_the_column(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    def change(person: dict[str, Any], _: int) -> Any:
        return person["birth"].strftime("%m/%d/%Y")

    assert codes(read(sheet_file(table(people, 30, birth_date=change)), as_of=as_of)) == [
        "KOLOM_TANGGAL_AMERIKA"
    ]


def test_ordinary_dates_are_left_alone(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    for shape in (lambda person, _: person["birth"], lambda person, _: person["birth"].strftime("%d/%m/%Y")):
        reading = read(sheet_file(table(people, 60, birth_date=shape)), as_of=as_of)
        assert codes(reading) == []
        assert set(reading.rows["birth_date_from"].to_list()) == {"cell"}


def test_numbers_moved_by_one_row_refuse_the_column(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    rows = table(people, 20)
    niks = [row[1] for row in rows[1:]]
    for row, nik in zip(rows[1:], niks[1:] + niks[:1], strict=True):
        row[1] = nik
    reading = read(sheet_file(rows), as_of=as_of)
    assert codes(reading) == ["KOLOM_GESER"]
    assert reading.counts["returned"] == 20


def test_names_in_the_nik_column_are_called_shifted(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    rows = table(people, 20)
    for row in rows[1:]:
        row[1], row[2] = row[2], row[1]
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.counts["returned"] == 20
    assert (
        any(code in ("KOLOM_GESER",) for code in codes(reading))
        or reading.tables[0].columns[1].field != "nik"
    )


def test_one_value_all_the_way_down_is_noted(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    reading = read(sheet_file(table(people, 25, nik=lambda *_: "6203990101800001")), as_of=as_of)
    assert codes(reading) == ["KOLOM_NIK_SATU_NILAI"]
    assert reading.counts["returned"] == 25
    assert set(reading.rows["nik_state"].to_list()) == {"malformed"}


def test_one_phone_all_the_way_down_is_not_used(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    rows = table(people, 25)
    reading = read(
        sheet_file([[*row, "No HP" if at == 0 else "081200000001"] for at, row in enumerate(rows)]),
        as_of=as_of,
    )
    assert codes(reading) == ["KOLOM_SATU_NILAI"]
    assert reading.rows["phone"].null_count() == 25
    assert reading.counts["accepted"] == 25


def test_codes_of_the_statistics_office_are_not_believed(
    sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    regions = Gazetteer.load()
    rows: list[list[Any]] = [["NIK", "Nama", "Kode Desa", "Desa", "Kecamatan", "Kabupaten"]]
    villages = regions.villages("62.10.01")[:5]
    for number in range(15):
        person, village = people.person(number), villages[number % 5]
        rows.append(
            [
                person["nik"],
                person["name"],
                "62.11.01." + village.code[-4:],
                village.name,
                regions.path(village.code)[2].name,
                "Gunung Mas",
            ]
        )
    reading = read(sheet_file(rows), as_of=as_of, regions=regions)
    if codes(reading):
        assert codes(reading) == ["KOLOM_KODE_BPS"]
    assert reading.rows["village_code"].to_list()[:5] == [village.code for village in villages]


@pytest.mark.parametrize("seed", range(5))
def test_intact_lists_are_never_refused(seed: int, sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    draw = random.Random(seed)
    well = type(people)(seed)
    reading = read(sheet_file(table(well, draw.randrange(10, 80))), as_of=as_of)
    assert codes(reading) == []
    assert reading.counts["returned"] == 0
    assert reading.rows.filter(pl.col("nik_state") != "valid").height == 0


@pytest.mark.parametrize("form", ["%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y"])
@pytest.mark.parametrize("without", [[2], [0, 7, 8], [5, 11, 17, 23, 29]])
def test_rows_without_a_number_are_read_as_the_niks_of_the_list_prove(
    sheet_file: Maker, people: Any, as_of: dt.date, form: str, without: list[int]
) -> None:
    def born(person: dict[str, Any], _: int) -> Any:
        return person["birth"].strftime(form)

    def number(person: dict[str, Any], at: int) -> Any:
        return None if at in without else person["nik"]

    reading = read(sheet_file(table(people, 30, birth_date=born, nik=number)), as_of=as_of)
    wells = type(people)(1)
    assert reading.rows["birth_date"].to_list() == [wells.person(at)["birth"] for at in range(30)]
    assert reading.rows["birth_date_from"].to_list() == [
        "cell" if at in without else "nik" for at in range(30)
    ]
    assert codes(reading) == ["KOLOM_TANGGAL_AMERIKA"]
    assert "dibaca bulan dahulu" in reading.tables[0].refused[0]["message"]


def test_month_first_without_numbers_is_not_guessed(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    def born(person: dict[str, Any], _: int) -> Any:
        return person["birth"].strftime("%m/%d/%Y")

    reading = read(sheet_file(table(people, 30, birth_date=born, nik=lambda *_: None)), as_of=as_of)
    assert reading.rows["birth_date"].null_count() == 30


@pytest.mark.parametrize("at", [3, 4, 9])
def test_letters_for_digits_in_a_date_are_read(
    sheet_file: Maker, people: Any, as_of: dt.date, at: int
) -> None:
    def born(person: dict[str, Any], number: int) -> Any:
        text = person["birth"].strftime("%d-%m-%Y")
        return text.replace("0", "O").replace("1", "l") if number == at else text

    reading = read(sheet_file(table(people, 12, birth_date=born)), as_of=as_of)
    wells = type(people)(1)
    assert reading.rows["birth_date"].to_list() == [wells.person(one)["birth"] for one in range(12)]
    assert set(reading.rows["verdict"]) == {"accepted"}
