"""What is said of whole rows: crossed out, hidden, on a hidden sheet (such people are asked about), or shifted."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from payung.rosters.book import Sheet
from payung.rosters.columns import Column
from payung.rosters.layout import Block
from payung.rosters.straighten import Straight

SEPARATOR = " "
_WHO = ("name", "nik", "household_head", "name_nik", "nik_or_kpj", "nik_or_kk")


def of_rows(
    sheet: Sheet, block: Block, columns: Sequence[Column], straight: Straight, numbers: pl.Series
) -> pl.Series:
    """Return for each people row the codes that its looks call for, or null.

    ``straight`` says which rows of the list had shifted, ``numbers`` are the row numbers (from 1) of the people.
    """
    struck = _struck(sheet, columns)
    if not (struck or sheet.hidden or sheet.hidden_rows or straight.mended or straight.shifted):
        return pl.repeat(None, numbers.len(), dtype=pl.String, eager=True).alias("marks")
    first = sheet.first_row + block.first
    marks = []
    for number in numbers.to_list():
        row = number - 1
        said = [
            code
            for code, is_so in (
                ("BARIS_DICORET", row in struck),
                ("BARIS_TERSEMBUNYI", row in sheet.hidden_rows),
                ("LEMBAR_TERSEMBUNYI", sheet.hidden),
                ("BARIS_GESER", row - first in straight.shifted),
                ("BARIS_DILURUSKAN", row - first in straight.mended),
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
