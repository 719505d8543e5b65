"""Books without a list that can be read: the sentence says what is true, and where."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from payung.errors import InputError
from payung.rosters import read
from payung.said import say

Maker = Callable[..., Path]


def refusal(path: Path, as_of: dt.date) -> str:
    with pytest.raises(InputError) as fault:
        read(path, as_of=as_of)
    return str(fault.value.message.id)


def test_couples_in_one_row(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    rows: list[list[Any]] = [
        ["DESA MANTANGAI HULU"],
        ["NO", "NAMA SUAMI", "NIK SUAMI", "NAMA ISTRI", "NIK ISTRI", "ALAMAT"],
    ]
    for number in range(4):
        man, wife = people.person(number), people.person(number + 20)
        rows.append([number + 1, man["name"], man["nik"], wife["name"], wife["nik"], "RT 01"])
    said = refusal(sheet_file(rows), as_of)
    assert "suami dan istri" in said
    assert "B2" in said


def test_form_of_one_person(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    one = people.person(0)
    rows = [
        ["FORMULIR USULAN PESERTA"],
        ["Nama", ":", one["name"]],
        ["NIK", ":", one["nik"]],
        ["Tgl Lahir", ":", one["birth_date"]],
        ["Desa", ":", "Mantangai Hulu"],
    ]
    said = refusal(sheet_file(rows), as_of)
    assert "formulir" in said
    assert "A2" in said


def test_heading_alone_and_heading_over_unreadable_rows(sheet_file: Maker, as_of: dt.date) -> None:
    heading = ["NO", "NAMA", "NIK"]
    assert "tidak ada baris orang" in refusal(sheet_file([heading]), as_of)
    said = refusal(sheet_file([heading, ["Catatan: menyusul"]]), as_of)
    assert "A1" in said
    assert "1 baris berisi" in said


@pytest.mark.parametrize("heading", ["Pekerja", "Penerima", "Warga"])
def test_numbers_of_people_per_village_are_totals(sheet_file: Maker, as_of: dt.date, heading: str) -> None:
    rows = [["No", "Desa", heading], *[[at, f"Desa {at}", at * 3] for at in range(1, 7)]]
    with pytest.raises(InputError, match="rekapitulasi"):
        read(sheet_file(rows), as_of=as_of)


def test_people_of_one_cell_each(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    persons = [people.person(number) for number in range(5)]
    rows = [
        ["Daftar pekerja"],
        *[[f"{at}. {one['name']} - {one['nik']} - Petani"] for at, one in enumerate(persons)],
    ]
    with pytest.raises(InputError, match=r"satu sel \(lembar Sheet1, mulai sel A2\)"):
        read(sheet_file(rows), as_of=as_of)


def test_long_cells_without_a_list_are_refused_at_once(sheet_file: Maker, as_of: dt.date) -> None:
    before = time.process_time()
    with pytest.raises(InputError):
        read(sheet_file([["a" * 3_000]] * 5), as_of=as_of)
    assert time.process_time() - before < 2


def test_web_archive_is_called_what_it_is(tmp_path: Path, as_of: dt.date) -> None:
    path = tmp_path / "arsip.xls"
    path.write_text(
        "MIME-Version: 1.0\nContent-Type: multipart/related\n\n<table><tr><td>Nama</td></tr></table>"
    )
    with pytest.raises(InputError, match="halaman web"):
        read(path, as_of=as_of)


def test_totals_per_village(sheet_file: Maker, as_of: dt.date) -> None:
    rows = [["NO", "DESA", "JUMLAH PEKERJA"], [1, "Mantangai Hulu", 210], [2, "Lahei", 120]]
    assert "rekapitulasi" in refusal(sheet_file(rows), as_of)


@pytest.mark.parametrize(("rows", "read_too"), [(1, False), (9, True)])
def test_sheet_of_instructions_is_left_out_unless_it_holds_a_list(
    tmp_path: Path, people: Any, as_of: dt.date, rows: int, read_too: bool
) -> None:
    path = tmp_path / "daftar.xlsx"
    book = xlsxwriter.Workbook(path)
    for sheet, count, first in (("PETUNJUK", rows, 50), ("DATA", 6, 0)):
        page = book.add_worksheet(sheet)
        page.write_row(0, 0, ["NO", "NAMA", "NIK", "TGL LAHIR"])
        for number in range(count):
            one = people.person(first + number)
            page.write_row(number + 1, 0, [one["seq"], one["name"], one["nik"], one["birth_date"]])
    book.close()
    reading = read(path, as_of=as_of)
    assert [table.sheet for table in reading.tables] == (["PETUNJUK"] if read_too else []) + ["DATA"]
    assert any("petunjuk" in note for note in map(say, reading.notes)) is not read_too


@pytest.mark.parametrize(("mark", "name"), [("Contoh", None), (1, "CONTOH NAMA"), (1, "Contoh: Budi")])
def test_example_row_is_no_person(
    sheet_file: Maker, people: Any, as_of: dt.date, mark: Any, name: str | None
) -> None:
    persons = [people.person(number) for number in range(4)]
    rows = [["NO", "NAMA", "NIK", "TGL LAHIR"]]
    rows += [[one["seq"], one["name"], one["nik"], one["birth_date"]] for one in persons]
    rows[1][:2] = [mark, name or persons[0]["name"]]
    reading = read(sheet_file(rows), as_of=as_of)
    assert (reading.rows["row"].to_list(), reading.tables[0].others) == ([3, 4, 5], {"heading": 1})


def test_number_of_a_civil_servant_under_nik_is_a_signature(
    sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    rows = [["NO", "NAMA", "NIK"]]
    rows += [[one["seq"], one["name"], one["nik"]] for one in map(people.person, range(4))]
    rows += [["", "", "Kepala Desa"], ["", "", "YANSEN"], ["", "", "NIP. 19700101 199003 1 001"]]
    table = read(sheet_file(rows), as_of=as_of).tables[0]
    assert (table.rows, table.others) == (4, {"footer": 3})
