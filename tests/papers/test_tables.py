import zipfile

import openpyxl
import polars as pl
import pytest

from payung.papers import tables
from payung.papers.tables import Column, Table, write_workbook

COLUMNS = (Column("nik", "NIK"), Column("name", "NAMA"), Column("cost", "IURAN", "money"))


def table(rows, **more):
    frame = pl.DataFrame(rows, schema={"nik": pl.String, "name": pl.String, "cost": pl.Int64}, orient="row")
    return Table("Usulan", "Judul", "Keterangan", COLUMNS, frame, **more)


def sheet(path, name="Usulan"):
    return openpyxl.load_workbook(path)[name]


def test_write_workbook_keeps_identifiers_as_text_cells(tmp_path):
    write_workbook(tmp_path / "a.xlsx", [table([("6203990101800001", "KASMI", 201_600)], plain=True)])
    cells = list(sheet(tmp_path / "a.xlsx").iter_rows())
    assert [cell.value for cell in cells[0]] == ["NIK", "NAMA", "IURAN"]
    assert (cells[1][0].value, cells[1][0].data_type, cells[1][0].number_format) == (
        "6203990101800001",
        "s",
        "@",
    )
    assert (cells[1][2].value, cells[1][2].data_type) == (201_600, "n")


@pytest.mark.parametrize(
    "text", ["=1+1", "+62", "-1", "@SUM(A1)", '=HYPERLINK("x")', "https://contoh", "mailto:a"]
)
def test_write_workbook_never_makes_a_formula_or_a_link_of_a_value(tmp_path, text):
    write_workbook(tmp_path / "a.xlsx", [table([("1", text, 0)], plain=True)])
    cell = sheet(tmp_path / "a.xlsx")["B2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_write_workbook_puts_title_and_note_above_the_table(tmp_path):
    write_workbook(tmp_path / "a.xlsx", [table([("1", "a", None)])])
    found = sheet(tmp_path / "a.xlsx")
    assert [found.cell(row, 1).value for row in (1, 2, 4, 5)] == ["Judul", "Keterangan", "NIK", "1"]
    assert found.auto_filter.ref == "A4:C5"
    assert found["C5"].value is None


def test_write_workbook_goes_on_in_a_second_sheet(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "EXCEL_ROWS", 4)
    rows = [(str(number), "x", number) for number in range(8)]
    write_workbook(tmp_path / "a.xlsx", [table(rows, plain=True)])
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["Usulan", "Usulan 2", "Usulan 3"]
    assert [cell.value for name in book.sheetnames for cell in book[name]["A"][1:]] == [
        str(n) for n in range(8)
    ]


def test_write_workbook_gives_the_same_bytes_twice(tmp_path):
    for name in ("a", "b"):
        write_workbook(tmp_path / f"{name}.xlsx", [table([("1", "a", 1)])])
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert zipfile.ZipFile(tmp_path / "a.xlsx").testzip() is None
