import datetime as dt

import openpyxl
import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from payung.district.books import write
from payung.district.sheets import Book, Formula, Line, Sheet

BODY = pl.DataFrame(
    {
        "no": [1, 2, 3],
        "nik": ["6203990407940001", "62039904079400012", "-"],
        "born": [dt.date(1994, 7, 4), None, dt.date(2000, 1, 31)],
        "name": ["=1+1", "A & <B>", "Manta'a"],
    }
)


def sheet(**other):
    lines = {
        "above": [Line("title", ["JUDUL", None], [(0, 1)]), Line("head", ["NO", "NIK", "LAHIR", "NAMA"])],
        "below": [Line("total", ["JUMLAH", Formula("=SUM(A4:A6)", 6), None, None])],
        "groups": {
            0: Line("group", [None, "RT 01", None, None]),
            2: Line("group", [None, "RT 02", None, None]),
        },
        **other,
    }
    return Sheet("Satu", BODY, **lines)


def test_row_numbers_count_group_lines():
    assert sheet().row_numbers() == [4, 5, 7]
    assert sheet(groups={}).row_numbers() == [3, 4, 5]


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_write_reads_back_with_text_as_text(tmp_path, ending):
    write(Book(f"deep/b.{ending}", [sheet()]), tmp_path)
    rows = (
        CalamineWorkbook.from_path(str(tmp_path / f"deep/b.{ending}")).get_sheet_by_name("Satu").to_python()
    )
    assert rows[3][:4] == [1.0, "6203990407940001", dt.date(1994, 7, 4), "=1+1"]
    assert rows[4][1:4] == ["62039904079400012", "", "A & <B>"]
    assert rows[6][3] == "Manta'a"
    assert rows[7][1] == 6.0


def test_write_numeric_column_keeps_sixteen_digits(tmp_path):
    write(Book("b.xlsx", [sheet(numeric=frozenset({"nik"}))]), tmp_path)
    page = openpyxl.load_workbook(tmp_path / "b.xlsx")["Satu"]
    assert page["B4"].value == 6203990407940001
    assert (page["B5"].value, page["B7"].value) == ("62039904079400012", "-")
    assert page["D4"].data_type == "s"
    assert "A1:B1" in {str(area) for area in page.merged_cells.ranges}


def test_write_csv_in_the_encoding_of_the_book(tmp_path):
    plain = Sheet("", BODY, [Line("head", ["NO", "NI;K", "LAHIR", "NAMA"])])
    write(Book("b.csv", [plain], ";", "cp1252"), tmp_path)
    lines = (tmp_path / "b.csv").read_bytes().decode("cp1252").split("\r\n")
    assert lines[0] == 'NO;"NI;K";LAHIR;NAMA'
    assert lines[1] == "1;6203990407940001;04/07/1994;=1+1"
