"""What is said of whole rows by how they look: crossed out, hidden, on a hidden sheet. Such people are asked about."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from payung.rosters.book import Sheet
from payung.rosters.columns import Column

SEPARATOR = " "
_WHO = ("name", "nik", "household_head", "name_nik", "nik_or_kpj", "nik_or_kk")


def of_rows(sheet: Sheet, columns: Sequence[Column], cells: pl.DataFrame, numbers: pl.Series) -> pl.Series:
    """Return for each people row the codes that its looks call for, or null.

    ``cells`` are all rows of the list, ``numbers`` the row numbers (from 1) of the people.
    """
    struck = _struck(sheet, columns)
    marks = []
    for number in numbers.to_list():
        row = number - 1
        said = [
            code
            for code, is_so in (
                ("BARIS_DICORET", row in struck),
                ("BARIS_TERSEMBUNYI", row in sheet.hidden_rows),
                ("LEMBAR_TERSEMBUNYI", sheet.hidden),
            )
            if is_so
        ]
        marks.append(SEPARATOR.join(said) or None)
    return pl.Series("marks", marks, dtype=pl.String)


def _struck(sheet: Sheet, columns: Sequence[Column]) -> frozenset[int]:
    """Return the rows (from 0) whose name or number is crossed out, or half of what they hold."""
    if not sheet.struck:
        return frozenset()
    who = {column.at for column in columns if column.field in _WHO}
    used = [f"c{column.at}" for column in columns if f"c{column.at}" in sheet.cells.columns]
    of_row: dict[int, set[int]] = {}
    for row, column in sheet.struck:
        of_row.setdefault(row, set()).add(column)
    found = set()
    for row, crossed in of_row.items():
        at = row - sheet.first_row
        if crossed & who:
            found.add(row)
        elif 0 <= at < sheet.cells.height:
            filled = sum(text is not None for text in sheet.cells[at].select(used).row(0))
            if len(crossed) * 2 >= max(1, filled):
                found.add(row)
    return frozenset(found)
