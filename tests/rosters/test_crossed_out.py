"""Rows of .xls and .ods books that are crossed out or hidden are asked about, as those of .xlsx are."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlwt

from payung.rosters import read

HEADING = ["No", "NIK", "Nama", "L/P", "Tanggal Lahir"]


def listed(people: Any) -> list[list[Any]]:
    rows = [(at + 1, people.person(at)) for at in range(8)]
    return [HEADING, *([at, one["nik"], one["name"], one["sex"], one["birth_date"]] for at, one in rows)]


def asked(path: Path, as_of: dt.date) -> list[int]:
    rows = read(path, as_of=as_of).rows
    return [row for row, reasons in zip(rows["row"], rows["reasons"], strict=True) if "TANYA_DESA" in reasons]


def old_book(path: Path, rows: list[list[Any]], crossed: set[tuple[int, int]], hidden: Sequence[int]) -> Path:
    """Write an .xls; ``crossed`` are (row, column) from 1, ``hidden`` rows from 1."""
    book = xlwt.Workbook()
    book.add_sheet("Sampul").write(0, 0, "Daftar", xlwt.easyxf("font: struck_out on"))
    page = book.add_sheet("Data")
    looks = {}
    for at, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            kind = ((at, column) in crossed, isinstance(value, dt.date))
            looks.setdefault(
                kind,
                xlwt.easyxf(
                    "font: struck_out on" if kind[0] else "",
                    num_format_str="DD-MM-YYYY" if kind[1] else "General",
                ),
            )
            page.write(at - 1, column - 1, value, looks[kind])
        page.row(at - 1).hidden = at in hidden
    book.save(str(path))
    return path


NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
)
STRUCK = (
    '<style:text-properties style:text-line-through-style="solid" style:text-line-through-type="single"/>'
)


def open_book(path: Path, lines: str, own: str = "", common: str = "") -> Path:
    """Write an .ods whose sheet holds the rows ``lines``, with styles of its own and of the book."""
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        file.writestr(
            "styles.xml",
            f"<office:document-styles {NAMES}><office:styles>{common}</office:styles></office:document-styles>",
        )
        file.writestr(
            "content.xml",
            f"<office:document-content {NAMES}><office:automatic-styles>{own}</office:automatic-styles><office:body>"
            f'<office:spreadsheet><table:table table:name="Warga">{lines}</table:table></office:spreadsheet>'
            "</office:body></office:document-content>",
        )
    return path


def open_rows(
    rows: list[list[Any]],
    crossed: set[tuple[int, int]],
    mark: str,
    hidden: Sequence[int] = (),
    span: str = "",
) -> str:
    """Return the rows of an .ods sheet: crossed-out cells carry the style ``mark``, or their text the span ``span``."""
    lines = []
    for at, row in enumerate(rows, 1):
        cells = []
        for column, value in enumerate(row, 1):
            struck = (at, column) in crossed
            text = f'<text:span text:style-name="{span}">{value}</text:span>' if struck and span else value
            style = f' table:style-name="{mark}"' if struck and mark else ""
            cells.append(
                f'<table:table-cell{style} office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
            )
        looks = ' table:visibility="collapse"' if at in hidden else ""
        lines.append(f"<table:table-row{looks}>{''.join(cells)}</table:table-row>")
    return "".join(lines)


@pytest.mark.parametrize("crossed", [[2], [4, 9], [3, 4, 5], list(range(2, 10))])
@pytest.mark.parametrize("columns", [[1, 2, 3, 4, 5], [3], [2], [2, 3]])
def test_crossed_out_rows_of_an_old_book_are_asked_about(
    tmp_path: Path, people: Any, as_of: dt.date, crossed: list[int], columns: list[int]
) -> None:
    struck = {(row, column) for row in crossed for column in columns}
    path = old_book(tmp_path / "coret.xls", listed(people), struck, [])
    assert asked(path, as_of) == crossed
    assert read(path, as_of=as_of).rows.height == 8


def test_text_crossed_out_inside_a_cell_of_an_old_book(tmp_path: Path, people: Any, as_of: dt.date) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("Data")
    struck = xlwt.easyfont("struck_out on")
    for at, row in enumerate(listed(people)):
        for column, value in enumerate(row):
            if (at, column) == (3, 2):
                page.write_rich_text(at, column, [("UDIN ", struck), ("SALEH", struck)])
            elif (at, column) == (5, 2):
                page.write_rich_text(at, column, ["RINA ", ("SAHAY", struck)])
            else:
                page.write(at, column, str(value))
    path = tmp_path / "coret.xls"
    book.save(str(path))
    assert asked(path, as_of) == [4]


@pytest.mark.parametrize("columns", [[1], [4], [5]])
def test_one_crossed_out_cell_of_an_old_book_is_no_crossed_out_row(
    tmp_path: Path, people: Any, as_of: dt.date, columns: list[int]
) -> None:
    struck = {(3, column) for column in columns}
    assert asked(old_book(tmp_path / "coret.xls", listed(people), struck, []), as_of) == []


@pytest.mark.parametrize("crossed", [[2], [4, 9], [3, 4, 5], list(range(2, 10))])
@pytest.mark.parametrize("by", ["own", "common", "parent", "span", "row", "column"])
def test_crossed_out_rows_of_an_open_book_are_asked_about(
    tmp_path: Path, people: Any, as_of: dt.date, crossed: list[int], by: str
) -> None:
    struck = {(row, column) for row in crossed for column in ([3] if by == "column" else [1, 2, 3, 4, 5])}
    own = common = ""
    lines = open_rows(listed(people), struck, "ce1", span="T1" if by == "span" else "")
    if by == "own":
        own = f'<style:style style:name="ce1" style:family="table-cell">{STRUCK}</style:style>'
    elif by == "common":
        common = f'<style:style style:name="ce1" style:family="table-cell">{STRUCK}</style:style>'
    elif by == "parent":
        own = (
            '<style:style style:name="ce1" style:family="table-cell" style:parent-style-name="Coret">'
            '<style:text-properties fo:font-weight="bold"/></style:style>'
        )
        common = f'<style:style style:name="Coret" style:family="table-cell">{STRUCK}</style:style>'
    elif by == "span":
        own = f'<style:style style:name="T1" style:family="text">{STRUCK}</style:style>'
    else:
        own = f'<style:style style:name="ce9" style:family="table-cell">{STRUCK}</style:style>'
        lines = open_rows(listed(people), set(), "")
        if by == "row":
            parts = lines.split("<table:table-row>")
            for row in crossed:
                parts[row] = "\0" + parts[row]
            lines = "<table:table-row>".join(parts).replace(
                "<table:table-row>\0", '<table:table-row table:default-cell-style-name="ce9">'
            )
        else:
            crossed = list(range(2, 10))
            lines = (
                '<table:table-column table:number-columns-repeated="2"/>'
                '<table:table-column table:default-cell-style-name="ce9"/>' + lines
            )
    path = open_book(tmp_path / "coret.ods", lines, own, common)
    assert asked(path, as_of) == crossed
    assert read(path, as_of=as_of).rows.height == 8


def test_text_that_is_crossed_out_in_part_is_none_in_an_open_book(
    tmp_path: Path, people: Any, as_of: dt.date
) -> None:
    none = STRUCK.replace("solid", "none").replace("single", "none")
    own = (
        f'<style:style style:name="T1" style:family="text">{STRUCK}</style:style>'
        f'<style:style style:name="ce1" style:family="table-cell">{none}</style:style>'
    )
    rows = listed(people)
    lines = open_rows(rows, {(4, 3)}, "ce1").replace(
        f"<text:p>{rows[3][2]}<", f'<text:p><text:span text:style-name="T1">SALAH</text:span> {rows[3][2]}<'
    )
    assert asked(open_book(tmp_path / "coret.ods", lines, own), as_of) == []


@pytest.mark.parametrize("hidden", [[3], [3, 4], [2, 9]])
def test_hidden_rows_of_old_and_open_books_are_asked_about(
    tmp_path: Path, people: Any, as_of: dt.date, hidden: list[int]
) -> None:
    assert asked(old_book(tmp_path / "sembunyi.xls", listed(people), set(), hidden), as_of) == hidden
    lines = open_rows(listed(people), set(), "", hidden)
    assert asked(open_book(tmp_path / "sembunyi.ods", lines), as_of) == hidden
