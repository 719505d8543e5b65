"""A worksheet before it is written: lines above, a body, lines between and below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import polars as pl

LineStyle = Literal["title", "plain", "head", "number", "group", "total", "sign"]


class Formula(NamedTuple):
    """A formula and the value that a spreadsheet program would show for it."""

    text: str
    value: int


Cell = str | int | Formula | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line outside the body.

    Fields
        style: what it looks like.
        cells: its cells from the first column on.
        merges: first and last column (from 0) of cells that are one cell.
    """

    style: LineStyle
    cells: Sequence[Cell]
    merges: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet (or the only table of a CSV file).

    Fields
        name: of the worksheet.
        body: the rows of people; text, whole numbers, dates, nulls.
        above, below: lines before and after the body.
        groups: lines that stand before the row with this position.
        widths: column widths in characters.
        numeric: columns whose text goes into the cell as a number where it is one.
        tall_merges: merges over several lines above: (first line, first column, last line, last column).
    """

    name: str
    body: pl.DataFrame
    above: list[Line]
    below: list[Line] = field(default_factory=list)
    groups: dict[int, Line] = field(default_factory=dict)
    widths: list[int] = field(default_factory=list)
    numeric: frozenset[str] = frozenset()
    tall_merges: list[tuple[int, int, int, int]] = field(default_factory=list)

    def row_numbers(self) -> list[int]:
        """Return the row, as a person counts it from 1, that each row of the body is written in."""
        numbers: list[int] = []
        row = len(self.above)
        for position in range(self.body.height):
            row += 2 if position in self.groups else 1
            numbers.append(row)
        return numbers


@dataclass(frozen=True, slots=True)
class Book:
    """One file.

    Fields
        path: below the folder of the district.
        sheets: in order; a CSV file has one.
        delimiter, encoding: of a CSV file.
    """

    path: str
    sheets: list[Sheet]
    delimiter: str = ","
    encoding: str = "utf-8-sig"
