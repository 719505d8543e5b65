"""Layouts never collected: what villages do to a sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
import xlsxwriter

from payung.rosters import read
from payung.said import say

HEADING = ["No", "NIK", "Nama Lengkap", "Tempat Lahir", "Tgl Lahir", "L/P", "Alamat", "Pekerjaan"]


def row(person: dict[str, Any]) -> list[Any]:
    fields = ("seq", "nik", "name", "birth_place", "birth_date", "sex", "address", "job")
    return [person[field] for field in fields]


def rows(people: Any, count: int, first: int = 0) -> list[list[Any]]:
    return [row(people.person(first + number)) for number in range(count)]


def test_instruction_sheet_first_and_hidden_sheet(tmp_path: Path, people: Any, as_of: dt.date) -> None:
    path = tmp_path / "petunjuk.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("PETUNJUK")
    page.write_column(
        0,
        0,
        [
            "Petunjuk pengisian",
            "1. Isi kolom NIK dengan 16 angka",
            "2. Isi kolom Nama sesuai KTP",
            "3. Kirim ke camat",
        ],
    )
    hidden = book.add_worksheet("Arsip")
    hidden.hide()
    page = book.add_worksheet("Isian")
    for at, line in enumerate([HEADING, *rows(people, 5)]):
        hidden.write_row(at, 0, line)
    for at, line in enumerate([HEADING, *rows(people, 7, 10)]):
        page.write_row(at + 3, 2, line)
    book.close()
    reading = read(path, as_of=as_of)
    assert [(table.sheet, table.header_row, table.rows) for table in reading.tables] == [
        ("Arsip", 1, 5),
        ("Isian", 4, 7),
    ]
    assert reading.tables[1].columns[0].cell == "C4"
    assert any("tersembunyi" in note for note in map(say, reading.notes))


def test_hidden_rows_are_read_and_named(tmp_path: Path, people: Any, as_of: dt.date) -> None:
    path = tmp_path / "tersembunyi.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("Data")
    page.write(0, 0, "DAFTAR")
    for at, line in enumerate([HEADING, *rows(people, 6)]):
        page.write_row(at + 5, 0, line)
    for at in (*range(5), 8):
        page.set_row(at, None, None, {"hidden": True})
    book.close()
    reading = read(path, as_of=as_of)
    assert reading.rows.height == 6
    assert "6 baris tersembunyi" in " ".join(map(say, reading.notes))


def test_two_row_heading_with_merges(tmp_path: Path, people: Any, as_of: dt.date) -> None:
    path = tmp_path / "gabung.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("Data")
    page.merge_range("A1:A2", "NO")
    page.merge_range("B1:B2", "NAMA")
    page.merge_range("C1:D1", "NOMOR")
    page.write_row("C2", ["NIK", "KK"])
    page.merge_range("E1:F1", "LAHIR")
    page.write_row("E2", ["TEMPAT", "TANGGAL"])
    page.merge_range("G1:I1", "ALAMAT")
    page.write_row("G2", ["DESA", "RT", "RW"])
    for number in range(6):
        one = people.person(number)
        page.write_row(
            2 + number,
            0,
            [
                number + 1,
                one["name"],
                one["nik"],
                one["kk"],
                one["birth_place"],
                one["birth_date"],
                one["village"],
                one["rt"],
                one["rw"],
            ],
        )
    book.close()
    reading = read(path, as_of=as_of)
    assert [column.field for column in reading.tables[0].columns] == [
        "seq",
        "name",
        "nik",
        "kk",
        "birth_place",
        "birth_date",
        "village",
        "rt",
        "rw",
    ]
    assert reading.rows.height == 6
    assert reading.counts["accepted"] == 6


def test_heading_repeated_per_page_with_subtotals(
    sheet_file: Callable[..., Path], people: Any, as_of: dt.date
) -> None:
    lines: list[list[Any]] = [["REKAP PENDUDUK"], []]
    for page in range(3):
        lines += [
            HEADING,
            [1, 2, 3, 4, 5, 6, 7, 8],
            *rows(people, 5, page * 5),
            ["", "", "Jumlah halaman ini", 5],
            [],
        ]
    lines += [
        ["", "", "JUMLAH SELURUHNYA", 15],
        [],
        ["", "", "", "", "", "", "Mengetahui,"],
        ["", "", "", "", "", "", "Kepala Desa"],
        ["", "", "", "", "", "", "SUMARNO"],
    ]
    reading = read(sheet_file(lines), as_of=as_of)
    assert reading.rows.height == 15
    assert reading.tables[0].others == {"blank": 4, "footer": 3, "heading": 2, "numbering": 3, "total": 4}


def test_family_number_on_first_member_only(
    sheet_file: Callable[..., Path], people: Any, as_of: dt.date
) -> None:
    lines: list[list[Any]] = [["No KK", *HEADING]]
    for number in range(12):
        one = people.person(number)
        lines.append([one["kk"] if number % 3 == 0 else "", *row(one)])
    kks = read(sheet_file(lines), as_of=as_of).rows["kk"].to_list()
    assert None not in kks
    assert len(set(kks)) == 4
    assert kks[0] == kks[2] != kks[3]


def test_family_number_merged_over_members(tmp_path: Path, people: Any, as_of: dt.date) -> None:
    path = tmp_path / "kk.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("Data")
    page.write_row(0, 0, ["No KK", *HEADING])
    for number in range(9):
        one = people.person(number)
        page.write_row(1 + number, 1, row(one))
        if number % 3 == 0:
            page.merge_range(1 + number, 0, 3 + number, 0, one["kk"])
    book.close()
    kks = read(path, as_of=as_of).rows["kk"].to_list()
    assert kks == [kk for kk in kks[::3] for _ in range(3)]


def test_missing_family_numbers_are_not_filled(
    sheet_file: Callable[..., Path], people: Any, as_of: dt.date
) -> None:
    lines: list[list[Any]] = [["No KK", *HEADING]]
    for number in range(12):
        one = people.person(number)
        lines.append(["" if number in (4, 7) else one["kk"], *row(one)])
    assert read(sheet_file(lines), as_of=as_of).rows["kk"].null_count() == 2


def test_several_lists_below_each_other(sheet_file: Callable[..., Path], people: Any, as_of: dt.date) -> None:
    lines: list[list[Any]] = [["A. PERANGKAT DESA"], ["NO", "NAMA", "NIK", "JABATAN"]]
    lines += [
        [at + 1, one["name"], one["nik"], "Kaur Keuangan"]
        for at, one in enumerate(people.person(n) for n in range(4))
    ]
    lines += [[], ["B. ANGGOTA BPD"], ["NO", "NIK", "NAMA LENGKAP", "TTL", "NO HP"]]
    lines += [
        [at + 1, one["nik"], one["name"], f"{one['birth_place']}, {one['birth_date']}", one["phone"]]
        for at, one in enumerate(people.person(n) for n in range(10, 15))
    ]
    reading = read(sheet_file(lines), as_of=as_of)
    assert [(table.header_row, table.rows) for table in reading.tables] == [(2, 4), (9, 5)]
    assert set(reading.rows["category"].to_list()[:4]) == {"perangkat_desa"}
    assert set(reading.rows["category"].to_list()[4:]) == {"bpd"}
    assert reading.rows["birth_date"].null_count() == 0
    assert reading.rows["nik_state"].unique().to_list() == ["valid"]


def test_two_lists_side_by_side(sheet_file: Callable[..., Path], people: Any, as_of: dt.date) -> None:
    heading = ["No", "Nama", "NIK", "", "No", "Nama", "NIK"]
    lines: list[list[Any]] = [["RT 01", "", "", "", "RT 02"], heading]
    for number in range(5):
        left, right = people.person(number), people.person(50 + number)
        lines.append([number + 1, left["name"], left["nik"], "", number + 1, right["name"], right["nik"]])
    reading = read(sheet_file(lines), as_of=as_of)
    assert [table.rows for table in reading.tables] == [5, 5]
    assert reading.rows["record"].n_unique() == 10
    assert reading.rows["nik"].n_unique() == 10
    assert reading.tables[1].columns[0].cell == "E2"


def test_section_rows_give_neighbourhood(
    sheet_file: Callable[..., Path], people: Any, as_of: dt.date
) -> None:
    lines: list[list[Any]] = [HEADING]
    for rt in (1, 2):
        lines += [["", f"RT. 0{rt}"], *rows(people, 3, rt * 10)]
    rows_read = read(sheet_file(lines), as_of=as_of).rows
    assert rows_read["rt"].to_list() == ["001"] * 3 + ["002"] * 3


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_files(delimiter: str, encoding: str, tmp_path: Path, people: Any, as_of: dt.date) -> None:
    lines = [delimiter.join(HEADING)]
    for line in rows(people, 6):
        line[2] = "Manta’a Café"
        lines.append(delimiter.join(f'"{value}"' for value in line))
    path = tmp_path / "data.csv"
    path.write_bytes("\r\n".join(lines).encode(encoding))
    reading = read(path, as_of=as_of)
    assert reading.rows.height == 6
    assert reading.rows["name"].to_list()[0] == "Manta’a Café"
    assert reading.counts["accepted"] == 6


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_text_of_two_bytes_a_letter_without_a_mark(
    encoding: str, tmp_path: Path, people: Any, as_of: dt.date
) -> None:
    path = tmp_path / "tanpa-tanda.csv"
    rows = [f"{one['name']};{one['nik']}" for one in map(people.person, range(5))]
    path.write_bytes("\r\n".join(["Nama;NIK", *rows]).encode(encoding))
    assert read(path, as_of=as_of).counts == {"rows": 5, "accepted": 5, "noted": 0, "returned": 0}


def test_csv_without_heading(tmp_path: Path, people: Any, as_of: dt.date) -> None:
    path = tmp_path / "tanpa-judul.csv"
    path.write_text(
        "\n".join(
            f"{one['name']},{one['address']},{one['birth_date']}" for one in map(people.person, range(8))
        )
    )
    reading = read(path, as_of=as_of)
    assert reading.tables[0].header_row == 0
    assert [column.field for column in reading.tables[0].columns] == ["name", "address", "birth_date"]
    assert reading.rows.height == 8
    assert reading.rows["row"].to_list() == list(range(1, 9))
    assert reading.counts["returned"] == 8  # nobody can be enrolled without a NIK


def test_csv_without_heading_but_with_niks(tmp_path: Path, people: Any, as_of: dt.date) -> None:
    path = tmp_path / "tanpa-judul.txt"
    path.write_text(
        "\n".join(
            f"{one['nik']};{one['name']};{one['sex']};{one['kk']}" for one in map(people.person, range(30))
        )
    )
    reading = read(path, as_of=as_of)
    assert [column.field for column in reading.tables[0].columns] == ["nik", "name", "sex", "kk"]
    assert reading.counts["accepted"] == 30


def test_html_table_named_xls(tmp_path: Path, people: Any, as_of: dt.date) -> None:
    path = tmp_path / "unduhan.xls"
    body = "".join(
        "<tr>" + "".join(f"<td>{value}</td>" for value in line) + "</tr>" for line in rows(people, 6)
    )
    head = "".join(f"<th>{word.replace(' ', '<br>')}</th>" for word in HEADING)
    path.write_text(
        f"<html><body><table><tr><td colspan=8>DAFTAR WARGA</td></tr><tr>{head}</tr>{body}<tr><td "
        f"colspan=2>TOTAL</td><td>6</td></tr></table></body></html>"
    )
    reading = read(path, as_of=as_of)
    assert reading.kind == "html"
    assert reading.counts == {"rows": 6, "accepted": 6, "noted": 0, "returned": 0}


def test_ods(tmp_path: Path, people: Any, as_of: dt.date) -> None:
    import zipfile

    def cell(value: Any) -> str:
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'

    lines = "".join(
        "<table:table-row>" + "".join(cell(value) for value in line) + "</table:table-row>"
        for line in [HEADING, *rows(people, 6)]
    )
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="Warga">{lines}<table:table-row '
        f'table:number-rows-repeated="1048569">'
        "<table:table-cell "
        'table:number-columns-repeated="16384"/></table:table-row></table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    path = tmp_path / "warga.ods"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        file.writestr("content.xml", content)
    reading = read(path, as_of=as_of)
    assert reading.kind == "ods"
    assert reading.counts["accepted"] == 6


def test_unnamed_column_beside_a_name_is_known_by_its_cells(
    sheet_file: Callable[..., Path], people: Any, as_of: dt.date
) -> None:
    lines: list[list[Any]] = [["NO", "NAMA", "IDENTITAS PENDUDUK", "KETERANGAN LAIN"]]
    lines += [
        [at + 1, one["name"], one["nik"], one["phone"]]
        for at, one in enumerate(map(people.person, range(12)))
    ]
    fields = [column.field for column in read(sheet_file(lines), as_of=as_of).tables[0].columns]
    assert fields[:3] == ["seq", "name", "nik"]


def test_nik_heading_over_employee_numbers_is_no_nik(
    sheet_file: Callable[..., Path], people: Any, as_of: dt.date
) -> None:
    lines: list[list[Any]] = [["NIK", "NAMA", "NO KTP", "JABATAN"]]
    lines += [
        [f"PG-{n:04d}", one["name"], one["nik"], "Staf"]
        for n, one in enumerate(map(people.person, range(12)))
    ]
    columns = read(sheet_file(lines), as_of=as_of).tables[0].columns
    assert [column.field for column in columns][:3] == ["employee_no", "name", "nik"]
    assert "bukan 16 angka" in say(columns[0].why)


def test_kk_and_nik_told_apart_by_content_where_headings_do_not(
    sheet_file: Callable[..., Path], people: Any, as_of: dt.date
) -> None:
    lines: list[list[Any]] = [["Nama", "Nomor A", "Nomor B"]]
    lines += [[one["name"], one["kk"], one["nik"]] for one in map(people.person, range(24))]
    assert [column.field for column in read(sheet_file(lines), as_of=as_of).tables[0].columns] == [
        "name",
        "kk",
        "nik",
    ]


def test_every_row_has_a_word(sheet_file: Callable[..., Path], people: Any, as_of: dt.date) -> None:
    lines = [["DAFTAR"], [], HEADING, *rows(people, 4), [], ["", "", "Mengetahui,"], ["", "", "(..........)"]]
    reading = read(sheet_file(lines), as_of=as_of)
    table = reading.tables[0]
    assert table.rows + sum(table.others.values()) == len(lines) - 3


def test_openpyxl_book_without_shared_strings(tmp_path: Path, people: Any, as_of: dt.date) -> None:
    path = tmp_path / "openpyxl.xlsx"
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("Data")
    for line in [HEADING, *rows(people, 4)]:
        page.append(line)
    book.save(path)
    assert read(path, as_of=as_of).rows.filter(pl.col("verdict") == "accepted").height == 4
