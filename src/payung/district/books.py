"""Writes the files: .xlsx with the looks of an office, .ods and .csv; the same sheets give the same bytes."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from payung.district.sheets import Book, Cell, Formula, Line, Sheet

# Every file says that it was made on this day, so that the same seed gives the same bytes.
_MADE_ON = dt.datetime(2026, 12, 1)  # noqa: DTZ001 a fixed stamp without a zone
_ZIP_STAMP = (2026, 12, 1, 0, 0, 0)
# Above this many rows a worksheet is streamed; merges over several lines are not possible then.
_STREAMED_FROM = 20_000
_PAPER_A4 = 9
_HEAD_HEIGHT = 32
# A number keeps sixteen digits at most.
_NUMBER_DIGITS = 16

_STYLES: dict[str, dict[str, object]] = {
    "title": {"bold": True, "align": "center", "font_size": 12},
    "plain": {},
    "head": {
        "bold": True,
        "align": "center",
        "valign": "vcenter",
        "border": 1,
        "text_wrap": True,
        "bg_color": "#D9E1F2",
    },
    "number": {"italic": True, "align": "center", "border": 1, "font_size": 8},
    "group": {"bold": True, "border": 1, "bg_color": "#F2F2F2"},
    "total": {"bold": True, "border": 1, "num_format": "#,##0"},
    "sign": {"align": "center"},
    "cell": {"border": 1, "num_format": "@"},
    "amount": {"border": 1, "num_format": "#,##0"},
    "digits": {"border": 1, "num_format": "0"},
    "date": {"border": 1, "num_format": "dd/mm/yyyy"},
}


def write(book: Book, folder: Path) -> None:
    """Write ``book`` below ``folder`` in the format that its name ends with."""
    path = folder / book.path
    path.parent.mkdir(parents=True, exist_ok=True)
    {".xlsx": _write_xlsx, ".ods": _write_ods, ".csv": _write_csv}[path.suffix](book, path)


def _write_xlsx(book: Book, path: Path) -> None:
    streamed = any(sheet.body.height > _STREAMED_FROM for sheet in book.sheets)
    options = {"constant_memory": streamed, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        workbook.set_properties({"author": "Data rekaan / invented data", "created": _MADE_ON})
        formats = {name: workbook.add_format(look) for name, look in _STYLES.items()}
        for sheet in book.sheets:
            _fill(workbook.add_worksheet(sheet.name), sheet, formats)


def _fill(page: Worksheet, sheet: Sheet, formats: dict[str, object]) -> None:
    page.set_landscape()
    page.set_paper(_PAPER_A4)
    page.fit_to_pages(1, 0)
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    covered = {
        (row, column)
        for top, left, bottom, right in sheet.tall_merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }
    for number, line in enumerate(sheet.above):
        _put_line(page, number, line, formats, covered)
    for top, left, bottom, right in sheet.tall_merges:
        line = sheet.above[top]
        page.merge_range(top, left, bottom, right, line.cells[left], formats[line.style])
    if sheet.body.height and any(line.style == "head" for line in sheet.above):
        page.freeze_panes(len(sheet.above), 0)
    row = len(sheet.above)
    numeric = [column in sheet.numeric for column in sheet.body.columns]
    cell, amount, digits, date = (formats[name] for name in ("cell", "amount", "digits", "date"))
    for position, values in enumerate(sheet.body.iter_rows()):
        if position in sheet.groups:
            _put_line(page, row, sheet.groups[position], formats, set())
            row += 1
        for column, value in enumerate(values):
            if value is None:
                page.write_blank(row, column, None, cell)
            elif isinstance(value, str):
                if numeric[column] and value.isdigit() and len(value) <= _NUMBER_DIGITS:
                    page.write_number(row, column, int(value), digits)
                else:
                    page.write_string(row, column, value, cell)
            elif isinstance(value, int):
                page.write_number(row, column, value, amount if value >= 10_000 else digits)
            else:
                page.write_datetime(row, column, value, date)
        row += 1
    for line in sheet.below:
        _put_line(page, row, line, formats, set())
        row += 1


def _put_line(
    page: Worksheet, row: int, line: Line, formats: dict[str, object], covered: set[tuple[int, int]]
) -> None:
    look = formats[line.style]
    if line.style == "head":
        page.set_row(row, _HEAD_HEIGHT)
    inside = {column for first, last in line.merges for column in range(first, last + 1)}
    for first, last in line.merges:
        page.merge_range(row, first, row, last, line.cells[first], look)
    for column, value in enumerate(line.cells):
        if (
            column in inside
            or (row, column) in covered
            or (value is None and line.style in ("plain", "sign"))
        ):
            continue
        if isinstance(value, Formula):
            page.write_formula(row, column, value.text, look, value.value)
        elif value is None:
            page.write_blank(row, column, None, look)
        elif isinstance(value, int):
            page.write_number(row, column, value, look)
        else:
            page.write_string(row, column, value, look)


def _lines(sheet: Sheet) -> list[list[object]]:
    """Return the whole sheet as rows of values."""
    rows: list[list[object]] = [list(line.cells) for line in sheet.above]
    for position, values in enumerate(sheet.body.iter_rows()):
        if position in sheet.groups:
            rows.append(list(sheet.groups[position].cells))
        rows.append(list(values))
    return rows + [list(line.cells) for line in sheet.below]


def _write_csv(book: Book, path: Path) -> None:
    sheet = book.sheets[0]
    head = "".join(_csv_line(line.cells, book.delimiter) for line in sheet.above)
    body = sheet.body.write_csv(
        include_header=False, separator=book.delimiter, line_terminator="\r\n", date_format="%d/%m/%Y"
    )
    tail = "".join(_csv_line(line.cells, book.delimiter) for line in sheet.below)
    path.write_bytes((head + (body or "") + tail).encode(book.encoding, errors="replace"))


def _csv_line(cells: Sequence[Cell], delimiter: str) -> str:
    def quoted(value: Cell) -> str:
        text = "" if value is None else str(value)
        return '"' + text.replace('"', '""') + '"' if delimiter in text or '"' in text else text

    return delimiter.join(quoted(value) for value in cells) + "\r\n"


_ODS_OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    "<office:body><office:spreadsheet>"
)
_ODS_CLOSE = "</office:spreadsheet></office:body></office:document-content>"
_ODS_MIME = "application/vnd.oasis.opendocument.spreadsheet"
_ODS_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS_MIME}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def _write_ods(book: Book, path: Path) -> None:
    parts = [_ODS_OPEN]
    for sheet in book.sheets:
        parts.append(f'<table:table table:name="{escape(sheet.name)}">')
        parts += [
            "<table:table-row>" + "".join(map(_ods_cell, row)) + "</table:table-row>" for row in _lines(sheet)
        ]
        parts.append("</table:table>")
    parts.append(_ODS_CLOSE)
    with zipfile.ZipFile(path, "w") as archive:
        entries = {
            "mimetype": _ODS_MIME,
            "content.xml": "".join(parts),
            "META-INF/manifest.xml": _ODS_MANIFEST,
        }
        for name, text in entries.items():
            entry = zipfile.ZipInfo(name, _ZIP_STAMP)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, text)


def _ods_cell(value: object) -> str:
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, Formula):
        value = value.value
    if isinstance(value, dt.date):
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}">'
            f"<text:p>{value:%d/%m/%Y}</text:p></table:table-cell>"
        )
    if isinstance(value, int):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'
