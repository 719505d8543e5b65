"""Writes the corrected copy of a file that is no .xlsx: values kept as text, and of an old .xls its looks too."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlrd
import xlsxwriter

from payung.rosters.book import Book, Sheet
from payung.rosters.corrected.marks import (
    HEADINGS,
    MOST_COMMENTS,
    SHEET,
    WIDTHS,
    Mark,
    Marks,
    Repair,
    anchored,
)
from payung.rosters.corrected.repairs import INTRODUCTION, LINE, MOST_LINES, MOST_LINKS, lines_of
from payung.rosters.corrected.styles import COLOURS

WIDEST = 40
SHAPES = {"s": "@", "n": "General", "d": "dd-mm-yyyy"}
LONGEST_NUMBER = 11  # digits; longer numbers are identifiers and are written as text
MANY_CELLS = 400_000  # from here on rows go to disk as they are written
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


@dataclass(slots=True)
class _Looks:
    """How cells of an old .xls look; empty for other files.

    Fields
        book: the book as xlrd sees it, or ``None``.
    """

    book: Any = None
    _made: dict[tuple[int | None, str, str], Any] = field(default_factory=dict)

    def of(self, target: Any, sheet: str, row: int, column: int, severity: str, kind: str = "s") -> Any:
        """Return the format of a cell; ``kind`` is ``s`` for text, ``n`` for a number, ``d`` for a date."""
        page = self.page(sheet)
        index = None
        if page is not None and row < page.nrows and column < page.row_len(row):
            index = page.cell_xf_index(row, column)
        if (index, severity, kind) not in self._made:
            self._made[index, severity, kind] = target.add_format(self._properties(index, severity, kind))
        return self._made[index, severity, kind]

    def page(self, sheet: str) -> Any:
        """Return a sheet of the old .xls, or ``None``."""
        if self.book is None or sheet not in self.book.sheet_names():
            return None
        return self.book.sheet_by_name(sheet)

    def _properties(self, index: int | None, severity: str, kind: str) -> dict[str, Any]:
        looks: dict[str, Any] = {"num_format": SHAPES[kind]}
        if index is not None:
            try:
                looks.update(self._old(index, kind))
            except (IndexError, KeyError, AttributeError):
                looks = {"num_format": SHAPES[kind]}  # a style that the broken book does not hold
        if severity:
            shade = "#" + COLOURS[severity][2:]
            looks.update(pattern=1, fg_color=shade, bg_color=shade)
        return looks

    def _old(self, index: int, kind: str) -> dict[str, Any]:
        """Return the looks of a style of the old .xls."""
        looks: dict[str, Any] = {}
        style = self.book.xf_list[index]
        font = self.book.font_list[style.font_index]
        if kind != "s" and (shape := self.book.format_map.get(style.format_key)):
            looks["num_format"] = shape.format_str
        looks.update(
            bold=bool(font.bold),
            italic=bool(font.italic),
            font_name=font.name,
            font_size=font.height / 20,
        )
        if colour := self._colour(font.colour_index):
            looks["font_color"] = colour
        if style.background.fill_pattern == 1 and (
            colour := self._colour(style.background.pattern_colour_index)
        ):
            looks.update(pattern=1, fg_color=colour, bg_color=colour)
        edges = style.border
        looks.update(
            left=edges.left_line_style,
            right=edges.right_line_style,
            top=edges.top_line_style,
            bottom=edges.bottom_line_style,
        )
        looks["align"] = {1: "left", 2: "center", 3: "right"}.get(style.alignment.hor_align, "")
        looks["text_wrap"] = bool(style.alignment.text_wrapped)
        return {name: value for name, value in looks.items() if value not in ("", None)}

    def _colour(self, index: int) -> str | None:
        rgb = self.book.colour_map.get(index)
        return "#{:02X}{:02X}{:02X}".format(*rgb) if rgb else None


def write(book: Book, out: Path, marks: Mapping[str, Marks], lines: list[Repair]) -> None:
    """Write the copy to ``out`` as .xlsx."""
    cells = sum(sheet.cells.height * sheet.cells.width for sheet in book.sheets)
    on_disk = cells > MANY_CELLS and not any(sheet.merges for sheet in book.sheets)
    text_stays_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    target = xlsxwriter.Workbook(str(out), {**text_stays_text, "constant_memory": on_disk})
    target.set_properties({"created": datetime(1980, 1, 1)})  # noqa: DTZ001  the same input gives the same bytes
    looks = _Looks(_old_book(book.path) if book.kind == "xls" else None)
    names: dict[str, str] = {}
    for sheet in book.sheets:
        if sheet.name != SHEET:
            names[sheet.name] = _name(sheet.name, names.values())
            of_sheet = anchored(marks.get(sheet.name, {}), sheet.merges)
            _sheet(target, sheet, names[sheet.name], of_sheet, looks)
    _repairs(target, [replace(line, sheet=names.get(line.sheet, line.sheet)) for line in lines])
    target.close()


def _old_book(path: Path) -> Any:
    """Return the .xls with its looks; one that is too broken for that loses them, not its values."""
    try:
        return xlrd.open_workbook(str(path), formatting_info=True, logfile=io.StringIO())
    except Exception:  # whatever bytes can do to a parser
        return None


def _name(name: str, taken: Iterable[str]) -> str:
    """Return a name that a sheet of an .xlsx may have and that none has yet."""
    used = {one.lower() for one in (*taken, SHEET, "history")}
    short = _FORBIDDEN.sub(" ", name).strip(" '")[:31] or "Lembar"
    number = 1
    while short.lower() in used:
        number += 1
        short = f"{short[:27]} {number}"
    return short


def _sheet(target: Any, sheet: Sheet, name: str, marks: Marks, looks: _Looks) -> None:
    page = target.add_worksheet(name)
    if sheet.hidden:
        page.hide()
    _columns(page, sheet, looks)
    comments = 0
    for at, (cells, kinds) in enumerate(zip(sheet.cells.iter_rows(), sheet.kinds.iter_rows(), strict=True)):
        row = sheet.first_row + at
        of_row = marks.get(row + 1, {})
        beyond = range(len(cells), max(of_row, default=-1) + 1)
        for column, (text, code) in enumerate(
            [*zip(cells, kinds, strict=True), *((None, ord("s")) for _ in beyond)]
        ):
            mark = of_row.get(column)
            if mark and mark.value is not None:
                text, code = mark.value, ord("s")
            if text or mark or looks.book is not None:
                value = _value(text or "", chr(code))
                kind = "s" if isinstance(value, str) else "d" if isinstance(value, date) else "n"
                severity = mark.severity if mark else ""
                _put(page, row, column, value, looks.of(target, sheet.name, row, column, severity, kind))
            if mark and mark.sentences and comments < MOST_COMMENTS:
                _comment(page, row, column, mark)
                comments += 1
    _merge(target, page, sheet, marks, looks)


def _value(text: str, kind: str) -> str | float | date:
    """Return what the cell holds: dates and short numbers as such, everything else as text."""
    if kind == "d" and len(text) == len("1990-12-31"):
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return text
        return day if day.year >= 1900 else text
    if kind == "n" and len(text.lstrip("-").split(".")[0]) <= LONGEST_NUMBER:
        try:
            return float(text)
        except ValueError:
            return text
    return text


def _put(page: Any, row: int, column: int, value: str | float | date, style: Any) -> None:
    if isinstance(value, date):
        page.write_datetime(row, column, value, style)
    elif isinstance(value, float):
        page.write_number(row, column, value, style)
    elif value:
        page.write_string(row, column, value[:32_767], style)
    else:
        page.write_blank(row, column, None, style)


def _merge(target: Any, page: Any, sheet: Sheet, marks: Marks, looks: _Looks) -> None:
    """Merge what was merged, areas that overlap another or hold one cell left out."""
    covered: set[tuple[int, int]] = set()
    for top, left, bottom, right in sheet.merges:
        bottom = min(bottom, sheet.first_row + sheet.cells.height - 1)
        right = min(right, sheet.cells.width - 1)
        area = {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
        if len(area) < 2 or area & covered or top < sheet.first_row:
            continue
        covered |= area
        text = sheet.cells[top - sheet.first_row, left] or ""
        mark = marks.get(top + 1, {}).get(left)
        style = looks.of(target, sheet.name, top, left, mark.severity if mark else "")
        page.merge_range(top, left, bottom, right, text, style)


def _columns(page: Any, sheet: Sheet, looks: _Looks) -> None:
    """Give columns the widths of the original, or such that most of what they hold can be seen."""
    old = looks.page(sheet.name)
    if old is not None:
        for column, info in old.colinfo_map.items():
            page.set_column(column, column, info.width / 256, None, {"hidden": bool(info.hidden)})
        return
    for at, name in enumerate(sheet.cells.columns):
        length = sheet.cells[name].str.len_chars().quantile(0.9) or 0
        page.set_column(at, at, min(WIDEST, max(8, int(length) + 2)))


def _comment(page: Any, row: int, column: int, mark: Mark) -> None:
    page.write_comment(row, column, mark.comment, {"author": "Payung", "x_scale": 2, "y_scale": 1.2})


def _repairs(target: Any, lines: list[Repair]) -> None:
    page = target.add_worksheet(SHEET)
    text = target.add_format({"num_format": "@", "valign": "top"})
    wrapped = target.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    heading = target.add_format(
        {"bold": True, "pattern": 1, "fg_color": "#DDEBF7", "bg_color": "#DDEBF7", "text_wrap": True}
    )
    link = target.add_format({"font_color": "#0563C1", "underline": 1, "valign": "top"})
    page.write_string(0, 0, INTRODUCTION, text)
    for at, (word, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        page.write_string(1, at, word, heading)
        page.set_column(at, at, width)
    for row, line in enumerate(lines[:MOST_LINES], 2):
        page.set_row(row, LINE * lines_of(line))
        for at, value in enumerate(line.cells()):
            if at == 2 and row < MOST_LINKS:
                sheet = line.sheet.replace("'", "''")
                page.write_url(
                    row, at, f"internal:'{sheet}'!{line.column or 'A'}{line.row}", link, str(value) or "A"
                )
            elif isinstance(value, int):
                page.write_number(row, at, value, text)
            elif value:
                page.write_string(row, at, value[:32_767], wrapped if WIDTHS[at] > 16 else text)
    page.freeze_panes(2, 0)
    page.autofilter(1, 0, max(1, len(lines) + 1), len(HEADINGS) - 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
