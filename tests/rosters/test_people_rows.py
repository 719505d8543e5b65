"""Which rows are people, and what the rows around them say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from payung.regions import Gazetteer
from payung.rosters import read
from payung.rosters.context import area, marker

Maker = Callable[..., Path]


def listed(people: Any, count: int = 6) -> list[list[Any]]:
    return [[one["seq"], one["nik"], one["name"], one["job"]] for one in map(people.person, range(count))]


HEADING = ["NO", "NIK", "NAMA", "PEKERJAAN"]


def test_list_of_names_only_is_read_and_returned(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    rows = [["NO", "NAMA"], *[[at + 1, people.person(at)["name"]] for at in range(5)]]
    assert read(sheet_file(rows), as_of=as_of).counts == {"rows": 5, "accepted": 0, "noted": 0, "returned": 5}


def test_column_without_a_heading_is_known_by_its_cells(
    sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    rows = [["NO", "", "NAMA"], *[row[:3] for row in listed(people, 12)]]
    reading = read(sheet_file(rows), as_of=as_of)
    assert [column.field for column in reading.tables[0].columns] == ["seq", "nik", "name"]
    assert reading.counts["accepted"] == 12


def test_signatures_in_the_name_column_are_no_people(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    rows = [
        HEADING,
        *listed(people),
        [],
        ["", "", "Mengetahui"],
        ["", "", "Kepala Desa Contoh"],
        ["", "", "SUMARNO, S.Pd"],
        ["", "", "NIP. 19700101 199001 1 001"],
    ]
    table = read(sheet_file(rows), as_of=as_of).tables[0]
    assert (table.rows, table.others) == (6, {"blank": 1, "footer": 4})


def test_subtotals_between_people_are_no_people(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    people_rows = listed(people)
    rows = [HEADING, *people_rows[:3], ["", "", "Sub Total", 3], *people_rows[3:], ["", "", "JUMLAH", 6]]
    table = read(sheet_file(rows), as_of=as_of).tables[0]
    assert (table.rows, table.others) == (6, {"total": 2})


def test_row_with_an_unreadable_number_stays_a_person(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    rows = [HEADING, *listed(people)]
    rows[3] = ["", "00-00-0000", "", "Petani"]
    rows[5] = ["", "", people.person(40)["name"], ""]
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.rows["row"].to_list() == [2, 3, 4, 5, 6, 7]
    assert reading.rows.filter(pl.col("verdict") == "returned")["row"].to_list() == [4, 6]


def test_repeated_heading_with_a_nik_in_it_is_a_person(
    sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    rows = [HEADING, *listed(people), ["NO", people.person(30)["nik"], "NAMA", "PEKERJAAN"]]
    assert read(sheet_file(rows), as_of=as_of).rows.height == 7


@pytest.mark.parametrize(
    ("column", "word", "code"),
    [
        ("KETERANGAN", "Meninggal dunia", "MENINGGAL"),
        ("STATUS", "Pindah", "PINDAH"),
        ("Status Warga", "Tidak Valid", "NIK_TIDAK_ADA"),
    ],
)
def test_status_in_any_column_returns_the_row(
    column: str, word: str, code: str, sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    rows = [[*HEADING, column], *[[*row, word if at == 2 else ""] for at, row in enumerate(listed(people))]]
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.findings.select("row", "column", "value", "code", "severity").rows() == [
        (4, "E", word, code, "return")
    ]


def test_title_cells_name_the_village_of_every_row(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    title = [
        ["KABUPATEN", ":", "KAPUAS"],
        ["KECAMATAN", ":", "MANTANGAI"],
        ["DESA", ":", "MANTANGAI HULU"],
        [],
    ]
    rows = read(sheet_file([*title, HEADING, *listed(people)]), as_of=as_of, regions=Gazetteer.load()).rows
    assert rows["village_code"].unique().to_list() == ["62.03.09.2008"]
    assert rows["district_code"].unique().to_list() == ["62.03.09"]


def test_sender_is_the_village_of_a_list_that_names_none(
    sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    path = sheet_file([HEADING, *listed(people)])
    regions = Gazetteer.load()
    assert read(path, as_of=as_of, regions=regions).rows["village_code"].null_count() == 6
    sent = read(path, as_of=as_of, regions=regions, village="62.03.09.2008").rows
    assert sent["village_code"].unique().to_list() == ["62.03.09.2008"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("DESA MANTANGAI HULU KECAMATAN MANTANGAI", {"village": "MANTANGAI HULU", "district": "MANTANGAI"}),
        ("Nama Desa : Sei Pinang", {"village": "Sei Pinang"}),
        (
            "KELURAHAN SELAT HILIR, KEC. SELAT, KAB. KAPUAS",
            {"village": "SELAT HILIR", "district": "SELAT", "regency": "KAPUAS"},
        ),
        ("DAFTAR PERANGKAT DESA TAHUN 2026", {}),
        ("USULAN DANA DESA", {}),
    ],
)
def test_area_of_a_title(line: str, said: dict[str, str]) -> None:
    assert area([line]) == said


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["RT 01"], {"rt": "001"}),
        (["RT. 2 / RW. 03"], {"rt": "002", "rw": "003"}),
        (["DUSUN II"], {"hamlet": "II"}),
        (
            ["No. KK : 6203992708110001", "Alamat : X, RT 001 RW 002"],
            {"kk": "6203992708110001", "rt": "001", "rw": "002", "address": "X"},
        ),
        (["Kasmi", "Dusun Handel"], None),
        (["Kasmi"], None),
    ],
)
def test_row_between_the_people(cells: list[str], said: dict[str, str] | None) -> None:
    assert marker(cells) == said
