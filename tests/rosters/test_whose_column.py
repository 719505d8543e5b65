"""Columns that speak of somebody else, of what held before, or of two people at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from payung.regions import Gazetteer
from payung.rosters import read
from payung.rosters.remarks import read_life
from payung.said import say

Maker = Callable[..., Path]


def couples(people: Any, count: int = 8) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return people, each with somebody else beside."""
    return [(people.person(number), people.person(100 + number)) for number in range(count)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("NIK Pendamping", "NIK Penerima"),
        ("NIK Lama", "NIK Baru"),
        ("NIK Penanggung Jawab", "NIK Pekerja"),
        ("NIK KTP Sementara", "NIK KTP Tetap"),
    ],
)
def test_number_of_the_person_is_taken_where_two_columns_say_nik(
    sheet_file: Maker, people: Any, as_of: dt.date, first: str, second: str
) -> None:
    pairs = couples(people)
    rows = [["No", "Nama", first, second, "Tgl Lahir"]]
    rows += [
        [at + 1, one["name"], other["nik"], one["nik"], one["birth_date"]]
        for at, (one, other) in enumerate(pairs)
    ]
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.rows["nik"].to_list() == [one["nik"] for one, _ in pairs]
    assert reading.counts["accepted"] == 8


def test_number_that_repeats_in_every_row_is_somebody_elses(
    sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    pairs = couples(people)
    helper = people.person(500)
    rows = [["No", "Nama", "NIK Ketua Regu", "NIK Anggota Regu"]]
    rows += [[at + 1, one["name"], helper["nik"], one["nik"]] for at, (one, _) in enumerate(pairs)]
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.rows["nik"].to_list() == [one["nik"] for one, _ in pairs]


def test_two_columns_of_niks_are_told_with_the_one_that_is_used(
    sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    rows = [["No", "Nama", "NIK KTP Sementara", "NIK KTP Tetap", "Tgl Lahir"]]
    rows += [
        [at + 1, one["name"], other["nik"], one["nik"], one["birth_date"]]
        for at, (one, other) in enumerate(couples(people))
    ]
    note = " ".join(map(say, read(sheet_file(rows), as_of=as_of).notes))
    assert "dua kolom NIK: C1" in note
    assert "Dipakai kolom D1" in note


def test_only_a_helpers_heading_is_the_heading_of_the_list(
    sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    rows = [["No", "Nama Pendamping", "NIK Pendamping", "Tgl Lahir"]]
    rows += [
        [at + 1, one["name"], one["nik"], one["birth_date"]] for at, (one, _) in enumerate(couples(people))
    ]
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.counts["accepted"] == 8


def test_facts_of_relatives_are_not_the_persons(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    rows = [["No", "Nama", "NIK", "Tgl Lahir Anak", "Pekerjaan Suami/Istri", "HP Suami/Istri", "Alamat Anak"]]
    rows += [
        [at + 1, one["name"], one["nik"], "01-02-2020", "Guru", "081200000099", "Jl. Anak"]
        for at, (one, _) in enumerate(couples(people))
    ]
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.counts["accepted"] == 8
    assert reading.rows["birth_date_from"].to_list() == ["nik"] * 8
    for field in ("job", "phone", "address"):
        assert reading.rows[field].null_count() == 8, field


def test_two_people_in_one_cell_are_returned_and_never_a_nik_and_a_kk(
    sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    men = [one for one in (people.person(number) for number in range(60)) if one["sex"] == "L"][:5]
    women = [one for one in (people.person(number) for number in range(60)) if one["sex"] == "P"][:5]
    rows = [["No", "Nama", "NIK"]]
    rows += [
        [at + 1, f"{man['name']}\n{woman['name']}", f"{man['nik']}\n{woman['nik']}"]
        for at, (man, woman) in enumerate(zip(men, women, strict=True))
    ]
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.counts == {"rows": 5, "accepted": 0, "noted": 0, "returned": 5}
    assert reading.rows["kk"].null_count() == 5
    assert reading.findings.filter(code="NIK_FORMAT")["column"].to_list() == ["C"] * 5


def test_misspelt_village_does_not_make_its_code_a_bps_code(
    sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    regions = Gazetteer.load()
    village = regions.villages("62.03.09")[0]
    rows = [["No", "Nama", "NIK", "Kode Desa", "Desa"]]
    rows += [
        [at + 1, one["name"], one["nik"], village.code, "Xq Zwvy"]
        for at, (one, _) in enumerate(couples(people))
    ]
    reading = read(sheet_file(rows), as_of=as_of, regions=regions)
    assert [fault for table in reading.tables for fault in table.refused] == []
    assert set(reading.findings["code"]) == {"WILAYAH_BEDA"}


@pytest.mark.parametrize("text", ["baru pindah ke desa ini", "Pindah ke sini 2021", "pindah kesini th lalu"])
def test_who_moved_here_has_not_moved_away(text: str) -> None:
    assert read_life(text) is None


def test_who_moved_from_this_village_to_another_has_moved_away() -> None:
    assert read_life("pindah ke desa sebelah") == "pindah"
