"""Lists that nobody foresaw: headings in a tongue of their own, lists side by side, words of replacement, P and W."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from payung.regions import Gazetteer
from payung.rosters import read
from payung.rosters.remarks import read_life, read_note
from payung.rosters.template import write_template

Maker = Callable[..., Path]


def test_nobody_is_lost_in_lists_side_by_side_without_numbers(
    sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    left = [people.person(number) for number in range(5)]
    right = [people.person(number) for number in range(50, 55)]
    rows = [["Nama", "NIK", "HP", "", "Nama", "NIK"]]
    rows += [
        [one["name"], one["nik"], one["phone"], "", other["name"], other["nik"]]
        for one, other in zip(left, right, strict=True)
    ]
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.counts == {"rows": 10, "accepted": 10, "noted": 0, "returned": 0}
    assert sorted(reading.rows["nik"].to_list()) == sorted(one["nik"] for one in left + right)


def test_heir_beside_the_worker_is_not_on_the_list(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    pairs = [(people.person(number), people.person(50 + number)) for number in range(5)]
    rows = [["Nama", "NIK", "Hubungan", "Nama", "NIK"]]
    rows += [[one["name"], one["nik"], "Istri", heir["name"], heir["nik"]] for one, heir in pairs]
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.rows["nik"].to_list() == [one["nik"] for one, _ in pairs]


@pytest.mark.parametrize(
    "heading", [["No", "Ngaran Urang", "NIK", "Gawi"], ["", "Urang nang begawi", "NIK", "Apa gawian"]]
)
def test_headings_in_another_tongue_are_read_by_what_is_below(
    sheet_file: Maker, people: Any, as_of: dt.date, heading: list[str]
) -> None:
    persons = [people.person(number) for number in range(9)]
    for number, one in enumerate(persons):
        one["name"] = f"{one['name']} {'ABCDEFGHI'[number]}in"
    rows = [heading, *[[at + 1, one["name"], one["nik"], one["job"]] for at, one in enumerate(persons)]]
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.counts == {"rows": 9, "accepted": 9, "noted": 0, "returned": 0}
    assert reading.rows["name"].to_list() == [one["name"] for one in persons]
    assert reading.rows["job"].to_list() == [one["job"] for one in persons]


def test_two_columns_of_unknown_names_are_not_guessed(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    rows = [["No", "Urang", "Kuitan", "NIK"]]
    for at, one in enumerate(map(people.person, range(9))):
        letter = "ABCDEFGHI"[at]
        rows.append([at + 1, f"{one['name']} {letter}in", f"{one['mother']} {letter}un", one["nik"]])
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.counts["returned"] == 9
    assert reading.findings["message"][0] == "Di baris 2 tidak ada nama: daftar ini tidak punya kolomnya."


@pytest.mark.parametrize("heading", ["Pekerja", "Anggota", "Warga", "Siapa nama lengkap Anda?"])
def test_heading_without_the_word_name(sheet_file: Maker, people: Any, as_of: dt.date, heading: str) -> None:
    rows = [["No", heading, "NIK"]]
    rows += [
        [at + 1, f"{one['name']} {'ABCDEF'[at]}in", one["nik"]]
        for at, one in enumerate(map(people.person, range(6)))
    ]
    assert read(sheet_file(rows), as_of=as_of).counts["accepted"] == 6


def test_remark_beside_a_heading_of_three_rows_is_heard(tmp_path: Path, people: Any, as_of: dt.date) -> None:
    path = tmp_path / "tiga-baris.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("Sheet1")
    for column, word in ((0, "NO"), (4, "KET")):
        page.merge_range(0, column, 2, column, word)
    page.merge_range(0, 1, 0, 3, "DATA PEKERJA")
    for at, words in enumerate(("NAMA", "NOMOR", "TEMPAT &")):
        page.write_string(1, at + 1, words)
    for at, words in enumerate(("(SESUAI KTP)", "INDUK KEPENDUDUKAN", "TANGGAL LAHIR")):
        page.write_string(2, at + 1, words)
    for at, one in enumerate(map(people.person, range(5))):
        both = f"{one['birth_place']}, {one['birth_date']}"
        page.write_row(3 + at, 0, [at + 1, one["name"], one["nik"], both, "meninggal" if at == 2 else "-"])
    book.close()
    reading = read(path, as_of=as_of)
    assert reading.findings.select("row", "column", "code").rows() == [(6, "E", "MENINGGAL")]


@pytest.mark.parametrize(
    "text",
    [
        "pengganti alm. Bahrudin",
        "Menggantikan Ronie yang meninggal",
        "sebagai pengganti Duwel (pindah)",
        "ahli waris alm. Satia",
        "rumah alm. Ideham",
    ],
)
def test_who_stands_in_for_the_dead_lives(text: str) -> None:
    assert read_life(text) is None


def test_who_died_and_is_replaced_is_dead() -> None:
    assert read_life("meninggal, diganti anaknya") == "meninggal"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("bukan peserta BPJS TK", None),
        ("tidak punya jamsostek", None),
        ("pernah ikut BPJS TK", None),
        ("mantan TKI", None),
        ("sdh BPJS TK", "KET_PESERTA"),
        ("tidak bersedia", "KET_MUNDUR"),
    ],
)
def test_what_is_no_longer_or_never_was_is_no_note(text: str, code: str | None) -> None:
    assert read_note(text) == code


def test_p_beside_w_is_a_man(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    persons = [people.person(number) for number in range(8)]
    rows = [["No", "Nama", "NIK", "P/W"]]
    rows += [
        [at + 1, one["name"], one["nik"], {"L": "P", "P": "W"}[one["sex"]]] for at, one in enumerate(persons)
    ]
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.rows["sex"].to_list() == [one["sex"] for one in persons]
    assert reading.counts["accepted"] == 8


@pytest.mark.parametrize("row", [["dst"], [7, "dan seterusnya"], ["...", "...", "..."], ["", "dll."]])
def test_and_so_on_is_nobody(sheet_file: Maker, people: Any, as_of: dt.date, row: list[Any]) -> None:
    rows: list[list[Any]] = [["No", "Nama", "NIK"]]
    rows += [[at + 1, one["name"], one["nik"]] for at, one in enumerate(map(people.person, range(6)))]
    assert read(sheet_file([*rows, row]), as_of=as_of).counts["rows"] == 6


def test_number_of_the_row_is_no_part_of_the_name(sheet_file: Maker, people: Any, as_of: dt.date) -> None:
    persons = [people.person(number) for number in range(6)]
    rows = [["Nama", "NIK"], *[[f"{at + 1}. {one['name']}", one["nik"]] for at, one in enumerate(persons)]]
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.rows["name"].to_list() == [one["name"] for one in persons]
    assert reading.counts["accepted"] == 6


@pytest.mark.parametrize(
    ("written", "rupiah"),
    [
        ("1.500.000/bln", 1_500_000),
        ("± 1.500.000", 1_500_000),
        ("750rb per bulan", 750_000),
        ("1.200", None),
        (1500, None),
        ("100.000/hari", None),
    ],
)
def test_pay_of_a_month(
    sheet_file: Maker, people: Any, as_of: dt.date, written: Any, rupiah: int | None
) -> None:
    rows = [["No", "Nama", "NIK", "Penghasilan"]]
    rows += [
        [at + 1, one["name"], one["nik"], written] for at, one in enumerate(map(people.person, range(3)))
    ]
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.rows["income"].to_list() == [rupiah] * 3
    assert ("PENGHASILAN_FORMAT" in reading.findings["code"]) == (rupiah is None)


def test_template_writes_short_forms_in_capitals(tmp_path: Path, as_of: dt.date) -> None:
    place = write_template("62.03.09.2008", tmp_path / "kosong.xlsx", regions=Gazetteer.load(), as_of=as_of)
    words = {row[1] for row in openpyxl.load_workbook(place)["Pilihan"].iter_rows(values_only=True)}
    assert {"BPD", "Ketua RT", "Ketua RW", "PPPK paruh waktu", "Kepala desa"} <= words


@pytest.mark.parametrize(
    "row",
    [["DESA", ": MANTANGAI HULU"], ["A", "DESA MANTANGAI HULU"], ["I.", "Desa Mantangai Hulu"]],
)
def test_row_of_a_village_holds_for_the_people_below(
    sheet_file: Maker, people: Any, as_of: dt.date, row: list[str]
) -> None:
    rows: list[list[Any]] = [["No", "Nama", "NIK"], row]
    rows += [[at + 1, one["name"], one["nik"]] for at, one in enumerate(map(people.person, range(5)))]
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.counts["accepted"] == reading.counts["rows"] == 5
    assert [village.title() for village in reading.rows["village"]] == ["Mantangai Hulu"] * 5


def test_village_of_the_ktp_before_the_one_where_somebody_stays(
    sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    rows = [["No", "Nama", "NIK", "Desa Domisili", "Desa KTP"]]
    rows += [
        [at + 1, one["name"], one["nik"], "Lamunti", "Mantangai Hulu"]
        for at, one in enumerate(map(people.person, range(5)))
    ]
    assert set(read(sheet_file(rows), as_of=as_of).rows["village"]) == {"Mantangai Hulu"}


def test_neighbourhood_that_excel_made_a_date_is_noted(
    sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    rows: list[list[Any]] = [["No", "Nama", "NIK", "RT/RW"]]
    rows += [
        [at + 1, one["name"], one["nik"], dt.date(2026, 2, at + 1)]
        for at, one in enumerate(map(people.person, range(5)))
    ]
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.rows["rt"].null_count() == 5
    assert reading.findings.select("column", "code").rows() == [("D", "RT_FORMAT")] * 5


def test_one_number_under_nik_and_kk_is_the_nik_where_the_column_proves_it(
    sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    persons = [people.person(number) for number in range(12)]
    rows = [
        ["No", "Nama", "NIK / No KK"],
        *[[at + 1, one["name"], one["nik"]] for at, one in enumerate(persons)],
    ]
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.rows["nik"].to_list() == [one["nik"] for one in persons]
    families = [
        ["No", "Nama", "NIK / No KK"],
        *[[at + 1, one["name"], one["kk"]] for at, one in enumerate(persons)],
    ]
    reading = read(sheet_file(families), as_of=as_of)
    assert reading.counts["returned"] == 12
    assert reading.findings.filter(code="NIK_GABUNG")["column"].to_list() == ["C"] * 12


def test_family_number_under_nik_and_kk_beside_a_nik_is_the_family_number(
    sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    persons = [people.person(number) for number in range(9)]
    rows = [["No", "Nama", "NIK", "NIK / No KK"]]
    rows += [[at + 1, one["name"], one["nik"], one["kk"]] for at, one in enumerate(persons)]
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.rows["kk"].to_list() == [one["kk"] for one in persons]
    assert reading.counts["accepted"] == 9


def test_one_nik_among_numbering_and_repeated_heading_is_no_employee_number(
    sheet_file: Maker, people: Any, as_of: dt.date
) -> None:
    one = people.person(0)
    heading = ["No", "Nama", "NIK*", "Kontak"]
    rows = [heading, ["(1)", "(2)", "(3)", "(4)"], heading, [1, one["name"], one["nik"], one["phone"]]]
    reading = read(sheet_file(rows), as_of=as_of)
    assert reading.rows["nik"].to_list() == [one["nik"]]
    assert reading.counts["accepted"] == 1
