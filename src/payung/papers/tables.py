"""One way to write a table into a workbook: text stays text, money is grouped, every table filters.

Identifiers are written as text cells, so that Excel neither cuts nor calculates them; a value that begins like
a formula stays text. The same rows give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import polars as pl
import xlsxwriter

from payung.papers.quick_sheet import QuickSheet

Kind = Literal["text", "number", "money", "share"]
EXCEL_ROWS = 1_048_576
READABLE_WIDTH = 240  # characters on one landscape page that can still be read on paper
IDENTIFYING_COLUMNS = 3
CREATED = dt.datetime(2026, 1, 1)  # noqa: DTZ001 - a fixed property of the file, not a point in time

_INK, _HEAD, _LINE = "#1F2937", "#0F766E", "#D1D5DB"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Fields
        name: the column of the frame.
        heading: what stands above it.
        kind: how its cells are written; dates are given as text.
        width: in characters.
    """

    name: str
    heading: str
    kind: Kind = "text"
    width: float = 14


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: a title, one line that explains it, and a table."""

    sheet: str
    title: str
    note: str
    columns: Sequence[Column]
    rows: pl.DataFrame
    plain: bool = False  # no title: the header is row 1, as an import of another system wants it


def only_shown(rows: pl.DataFrame, columns: Sequence[Column]) -> pl.DataFrame:
    """Return ``rows`` with those of ``columns`` that it has, in their order, and nothing besides."""
    return rows.select([column.name for column in columns if column.name in rows.columns])


def write_workbook(path: Path, tables: Sequence[Table], *, banner: str = "") -> None:
    """Write ``tables`` as the sheets of a new workbook; a table too long for a sheet goes on in the next.

    ``banner`` stands above every page that is printed, and before every title.
    """
    book, formats = _book(path)
    for table in tables:
        first = 0 if table.plain else 3
        room = EXCEL_ROWS - first - 1
        parts = max(1, -(-table.rows.height // room))
        for part in range(parts):
            name = table.sheet if part == 0 else f"{table.sheet} {part + 1}"
            sheet = _sheet(book, name, banner)
            _write_sheet(sheet, table, table.rows.slice(part * room, room), first, formats, banner)
    book.close()


def write_rows(
    path: Path, sheet: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, banner: str = ""
) -> int:
    """Write ``rows`` as they come into a new workbook, one in memory at a time; return how many.

    The header is row 1; more rows than a sheet takes go on in the next. ``banner`` stands above every printed page.
    """
    book, formats = _book(path)
    many, left, part = 0, iter(rows), 0
    while True:
        name = sheet if part == 0 else f"{sheet[: 31 - len(str(part + 1)) - 1]} {part + 1}"
        page = _sheet(book, name, banner)
        _head(page, columns, 0, formats)
        height = _lines(page, columns, itertools.islice(left, EXCEL_ROWS - 1), 1, formats)
        _foot(page, columns, 0, height)
        many, part = many + height, part + 1
        if height < EXCEL_ROWS - 1:
            break
    book.close()
    return many


def _book(path: Path) -> tuple[xlsxwriter.Workbook, Any]:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(str(path), {**options, "strings_to_numbers": False})
    book.worksheet_class = QuickSheet
    book.set_properties({"created": CREATED, "author": "Payung", "comments": "Dibuat oleh Payung"})
    formats = {
        "title": book.add_format({"bold": True, "font_size": 14, "font_color": _INK}),
        "note": book.add_format({"font_color": "#4B5563", "text_wrap": False}),
        "head": book.add_format(
            {"bold": True, "font_color": "#FFFFFF", "bg_color": _HEAD, "text_wrap": True}
            | {"valign": "vcenter", "border": 1, "border_color": _LINE}
        ),
        "text": book.add_format({"num_format": "@", "valign": "top", "border": 1, "border_color": _LINE}),
        "number": book.add_format({"num_format": "#,##0", "border": 1, "border_color": _LINE}),
        "money": book.add_format({"num_format": '"Rp"#,##0', "border": 1, "border_color": _LINE}),
        "share": book.add_format({"num_format": "0.0%", "border": 1, "border_color": _LINE}),
    }
    return book, formats


def _sheet(book: xlsxwriter.Workbook, name: str, banner: str) -> Any:
    sheet = book.add_worksheet(name)
    if banner:
        sheet.set_header(f'&C&"-,Bold"&20{banner}')
    return sheet


def _write_sheet(
    sheet: QuickSheet, table: Table, rows: pl.DataFrame, first: int, formats: Any, banner: str
) -> None:
    if not table.plain:
        title = f"{banner}: {table.title}" if banner else table.title
        sheet.write_string(0, 0, title, formats["title"])
        sheet.write_string(1, 0, table.note, formats["note"])
    _head(sheet, table.columns, first, formats)
    names = [column.name for column in table.columns]
    _lines(sheet, table.columns, rows.select(names).iter_rows(), first + 1, formats)
    _foot(sheet, table.columns, first, rows.height)


def _head(sheet: QuickSheet, columns: Sequence[Column], first: int, formats: Any) -> None:
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
    sheet.set_row(first, 32)
    for place, column in enumerate(columns):
        sheet.write_string(first, place, column.heading, formats["head"])


def _lines(
    sheet: QuickSheet, columns: Sequence[Column], rows: Iterable[Sequence[Any]], first: int, formats: Any
) -> int:
    """Write rows from the line ``first`` on; return how many."""
    looks = [formats[column.kind] for column in columns]
    return sheet.write_lines(first, rows, looks, [column.kind == "text" for column in columns])


def _foot(sheet: QuickSheet, columns: Sequence[Column], first: int, height: int) -> None:
    sheet.freeze_panes(first + 1, 0)
    if columns:
        sheet.autofilter(first, 0, first + max(height, 1), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    pages = math.ceil(sum(column.width for column in columns) / READABLE_WIDTH) or 1
    sheet.fit_to_pages(pages, 0)
    sheet.repeat_rows(first)
    if pages > 1:  # the columns that say who it is stand on every page
        sheet.repeat_columns(0, IDENTIFYING_COLUMNS - 1)
