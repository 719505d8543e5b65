"""Writes the corrected copy of a file that is no .xlsx: values kept as text, and of an old .xls its looks too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import xlrd
import xlsxwriter

from payung.rosters.book import Book, Sheet
from payung.rosters.corrected.marks import HEADINGS, MOST_COMMENTS, SHEET, WIDTHS, Mark, Marks, Repair
from payung.rosters.corrected.repairs import INTRODUCTION, LINE, MOST_LINES, MOST_LINKS, lines_of
from payung.rosters.corrected.styles import COLOURS

WIDEST = 40


@dataclass(slots=True)
class _Looks:
    """How cells of an old .xls look; empty for other files.

    Fields
        book: the book as xlrd sees it, or ``None``.
    """

    book: Any = None
    _made: dict[tuple[int | None, str], Any] = field(default_factory=dict)

    def of(self, target: Any, sheet: str, row: int, column: int, severity: str) -> Any:
        """Return the format of a cell."""
        index = None
        if self.book is not None:
            page = self.book.sheet_by_name(sheet)
            if row < page.nrows and column < page.row_len(row):
                index = page.cell_xf_index(row, column)
        if (index, severity) not in self._made:
            self._made[index, severity] = target.add_format(self._properties(index, severity))
        return self._made[index, severity]

    def _properties(self, index: int | None, severity: str) -> dict[str, Any]:
        looks: dict[str, Any] = {"num_format": "@"}
        if index is not None:
            style = self.book.xf_list[index]
            font = self.book.font_list[style.font_index]
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
            looks = {name: value for name, value in looks.items() if value not in ("", None)}
        if severity:
            shade = "#" + COLOURS[severity][2:]
            looks.update(pattern=1, fg_color=shade, bg_color=shade)
        return looks

    def _colour(self, index: int) -> str | None:
        rgb = self.book.colour_map.get(index)
        return "#{:02X}{:02X}{:02X}".format(*rgb) if rgb else None


def write(book: Book, out: Path, marks: Mapping[str, Marks], lines: list[Repair]) -> None:
    """Write the copy to ``out`` as .xlsx."""
    target = xlsxwriter.Workbook(
        str(out), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    target.set_properties({"created": datetime(1980, 1, 1)})  # noqa: DTZ001  the same input gives the same bytes
    looks = _Looks(xlrd.open_workbook(str(book.path), formatting_info=True) if book.kind == "xls" else None)
    for sheet in book.sheets:
        if sheet.name != SHEET:
            _sheet(target, sheet, marks.get(sheet.name, {}), looks)
    _repairs(target, lines)
    target.close()


def _sheet(target: Any, sheet: Sheet, marks: Marks, looks: _Looks) -> None:
    page = target.add_worksheet(sheet.name[:31] or "Lembar")
    if sheet.hidden:
        page.hide()
    _columns(page, sheet, looks)
    comments = 0
    for at, cells in enumerate(sheet.cells.iter_rows()):
        row = sheet.first_row + at
        of_row = marks.get(row + 1, {})
        for column, text in enumerate(cells):
            mark = of_row.get(column)
            if text or mark or looks.book is not None:
                style = looks.of(target, sheet.name, row, column, mark.severity if mark else "")
                if text:
                    page.write_string(row, column, text[:32_767], style)
                else:
                    page.write_blank(row, column, None, style)
            if mark and mark.sentences and comments < MOST_COMMENTS:
                _comment(page, row, column, mark)
                comments += 1
    for top, left, bottom, right in sheet.merges:
        first = sheet.first_row
        text = (
            sheet.cells[top - first, left]
            if 0 <= top - first < sheet.cells.height and left < sheet.cells.width
            else None
        )
        mark = marks.get(top + 1, {}).get(left)
        page.merge_range(
            top,
            left,
            bottom,
            right,
            text or "",
            looks.of(target, sheet.name, top, left, mark.severity if mark else ""),
        )


def _columns(page: Any, sheet: Sheet, looks: _Looks) -> None:
    """Give columns the widths of the original, or such that most of what they hold can be seen."""
    if looks.book is not None:
        for column, info in looks.book.sheet_by_name(sheet.name).colinfo_map.items():
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
