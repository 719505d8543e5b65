"""What a sheet of an .ods book says of its rows and cells besides their values: hidden, crossed out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.parsers import expat

from payung.rosters.cells.details import MOST, Details

_LINES = re.compile(rb'\btext-line-through-(?:style|type)="(?!none")')
NOTABLE = re.compile(_LINES.pattern + rb'|\btable:visibility="')
_STYLE = re.compile(rb"<style:style\b[^>]*?(?<!/)>.*?</style:style>", re.S)
_NAME = re.compile(rb'\bstyle:name="([^"]*)"')
_PARENT = re.compile(rb'\bstyle:parent-style-name="([^"]*)"')
_CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})

Looks = tuple[list[int], Details]  # hidden rows from 0, and what the cells say


def struck_styles(*parts: bytes) -> frozenset[str]:
    """Return the names of the styles that cross out, of their own or by the style that they build on."""
    parents: dict[str, str] = {}
    struck: set[str] = set()
    for style in (style for part in parts for style in _STYLE.findall(part)):
        head, name = style[: style.find(b">")], _NAME.search(style)
        if name is None:
            continue
        if b"text-line-through-" in style:
            if _LINES.search(style):
                struck.add(name[1].decode("utf-8", "replace"))
        elif parent := _PARENT.search(head):
            parents[name[1].decode("utf-8", "replace")] = parent[1].decode("utf-8", "replace")
    more = True
    while more:
        new = {name for name, parent in parents.items() if parent in struck} - struck
        struck |= new
        more = bool(new)
    return frozenset(struck)


@dataclass(slots=True)
class _Reader:
    """Follows the tags of the content and keeps what it finds of each table."""

    struck: frozenset[str]
    tables: dict[str, Looks] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)
    found: Details = field(default_factory=Details)
    row: int = 0
    rows: int = 1  # how often the row stands
    column: int = 0
    columns: int = 1
    by_row: str = ""
    by_column: list[tuple[int, str]] = field(default_factory=list)  # columns up to, and their style
    style: str = ""
    spans: list[bool] = field(default_factory=list)  # whether each open span crosses out
    crossed: bool = False  # whether text of the cell is crossed out in a span
    plain: bool = False  # whether other text is not
    in_text: int = 0

    def start(self, tag: str, marks: dict[str, str]) -> None:
        if tag == "table:table":
            self.hidden, self.found, self.row, self.by_column = [], Details(), 0, []
            self.tables.setdefault(marks.get("table:name", ""), (self.hidden, self.found))
        elif tag == "table:table-column":
            last = self.by_column[-1][0] if self.by_column else 0
            times = int(marks.get("table:number-columns-repeated", "1"))
            self.by_column.append((last + times, marks.get("table:default-cell-style-name", "")))
        elif tag == "table:table-row":
            self.rows = int(marks.get("table:number-rows-repeated", "1"))
            self.by_row, self.column = marks.get("table:default-cell-style-name", ""), 0
            if marks.get("table:visibility", "visible") != "visible" and len(self.hidden) < MOST:
                self.hidden.extend(range(self.row, self.row + min(self.rows, MOST)))
        elif tag in _CELLS:
            self.columns = int(marks.get("table:number-columns-repeated", "1"))
            self.style = marks.get("table:style-name", "")
            self.crossed = self.plain = False
        elif tag == "text:p":
            self.in_text += 1
        elif tag == "text:span":
            self.spans.append(marks.get("text:style-name", "") in self.struck)

    def end(self, tag: str) -> None:
        if tag == "text:p":
            self.in_text -= 1
        elif tag == "text:span":
            self.spans.pop()
        elif tag in _CELLS:
            struck = (self.crossed or self.plain) and (self._of_cell() or not self.plain)
            if struck and len(self.found.struck) + self.rows * self.columns <= MOST:
                self.found.struck.extend(
                    (row, column)
                    for row in range(self.row, self.row + self.rows)
                    for column in range(self.column, self.column + self.columns)
                )
            self.column += self.columns
        elif tag == "table:table-row":
            self.row += self.rows

    def text(self, letters: str) -> None:
        if self.in_text and letters.strip():
            if any(self.spans):
                self.crossed = True
            else:
                self.plain = True

    def _of_cell(self) -> bool:
        """Return whether the style of the cell, else of its row, else of its column crosses out."""
        style = self.style or self.by_row
        if not style:
            style = next((name for upto, name in self.by_column if self.column < upto), "")
        return style in self.struck


def look(chunks: Iterable[bytes], struck: frozenset[str]) -> dict[str, Looks]:
    """Return name -> hidden rows and crossed-out cells of each sheet. ``chunks`` is the content of the book.

    A content that is not well formed says nothing: its cells are read by another reader.
    """
    reader = _Reader(struck)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError):
        return {}
    return reader.tables
