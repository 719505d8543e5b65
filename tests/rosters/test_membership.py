"""What the insurer's own list says of a membership."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from payung.rosters import Reading, read

Maker = Callable[..., Path]
HEADING = ["NO", "KPJ", "NIK", "NAMA"]


def listed(people: Any, heading: list[str], *said: list[Any]) -> list[list[Any]]:
    persons = map(people.person, range(len(said)))
    return [
        [*HEADING, *heading],
        *[
            [one["seq"], f"2100000000{at}", one["nik"], one["name"], *words]
            for at, (one, words) in enumerate(zip(persons, said, strict=True))
        ],
    ]


def statuses(reading: Reading) -> list[str | None]:
    return reading.rows["member_status"].to_list()


@pytest.mark.parametrize(
    ("heading", "word", "status"),
    [
        ("STATUS KEPESERTAAN", "AKTIF", "active"),
        ("STATUS", "Non Aktif", "inactive"),
        ("STATUS TK", "NON-AKTIF", "inactive"),
        ("STATUS", "Tidak aktif", "inactive"),
        ("STATUS KEPESERTAAN", "MENINGGAL", "dead"),
        ("STATUS (Y/T)", "Y", "active"),
        ("Status (Y/T)", "T", "rejected"),
        ("STATUS", "Gagal", "rejected"),
        ("KETERANGAN", "Sudah keluar", "inactive"),
        ("KETERANGAN", "Peserta wafat", "dead"),
        ("KETERANGAN", "NIK tidak ditemukan", "rejected"),
        ("STATUS", "BPU", None),
        ("KETERANGAN", "petani karet", None),
    ],
)
def test_status_word_of_a_row(
    sheet_file: Maker, people: Any, as_of: dt.date, heading: str, word: str, status: str | None
) -> None:
    rows = listed(people, [heading], [word], [None], [word])
    assert statuses(read(sheet_file(rows), as_of=as_of, kind="insured")) == [status, None, status]


def test_answer_of_the_insurer_says_who_was_a_member_already(
    sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    said = (["Y", None], ["T", "NIK tidak ditemukan"], ["T", "Sudah terdaftar sebagai PU"], ["T", None])
    reading = read(
        sheet_file(listed(people, ["Status", "Keterangan Status Data"], *said)), as_of=as_of, kind="insured"
    )
    assert statuses(reading) == ["active", "rejected", "active", "rejected"]
    assert reading.rows["segment"].to_list() == [None, None, "pu", None]


def test_end_of_membership_past_and_to_come(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    said = (["Aktif", "30-09-2025"], ["Aktif", dt.date(2027, 12, 31)], ["Aktif", None])
    rows = listed(people, ["STATUS", "TGL AKHIR"], *said)
    reading = read(sheet_file(rows), as_of=as_of, kind="insured")
    assert reading.rows["member_until"].to_list() == [dt.date(2025, 9, 30), dt.date(2027, 12, 31), None]


def test_date_inside_the_status(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    said = (["NON AKTIF 30-09-2025"], ["AKTIF s.d. 31-12-2026"], ["AKTIF sejak 01-03-2025"])
    reading = read(sheet_file(listed(people, ["STATUS"], *said)), as_of=as_of, kind="insured")
    assert statuses(reading) == ["inactive", "active", "active"]
    assert reading.rows["member_until"].to_list() == [dt.date(2025, 9, 30), dt.date(2026, 12, 31), None]


def test_name_of_the_sheet_speaks_for_its_rows_unless_they_say_otherwise(
    tmp_path: Path, people: Any, as_of: dt.date
) -> None:
    path = tmp_path / "peserta.xlsx"
    book = xlsxwriter.Workbook(path)
    for name in ("AKTIF", "NON AKTIF", "Peserta"):
        page = book.add_worksheet(name)
        for at, line in enumerate(listed(people, ["STATUS"], [None], ["Aktif"])):
            page.write_row(at, 0, line)
    book.close()
    assert statuses(read(path, as_of=as_of, kind="insured")) == [
        "active",
        "active",
        "inactive",
        "active",
        None,
        "active",
    ]


def test_title_of_two_statuses_says_none(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    rows = [["DATA PESERTA AKTIF DAN NON AKTIF"], *listed(people, [], [], [])]
    assert statuses(read(sheet_file(rows), as_of=as_of, kind="insured")) == [None, None]
    rows = [["DATA PESERTA NON AKTIF"], ["Kantor aktif Senin"], *listed(people, [], [], [])]
    assert statuses(read(sheet_file(rows), as_of=as_of, kind="insured")) == ["inactive", "inactive"]


def test_list_of_a_village_says_nothing_of_membership(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    rows = listed(people, ["STATUS", "TGL AKHIR"], ["Non aktif", "30-09-2025"], ["Aktif", None])
    reading = read(sheet_file(rows), as_of=as_of)
    assert statuses(reading) == [None, None]
    assert reading.rows["member_until"].to_list() == [None, None]
