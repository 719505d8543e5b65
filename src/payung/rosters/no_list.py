"""Why a book holds no list of people that can be read: what it holds instead, where, and what to do."""

from __future__ import annotations

import re

from payung.errors import InputError
from payung.rosters.book import Book, Sheet
from payung.rosters.fields import PERSON
from payung.rosters.headings import is_known, meaning
from payung.rosters.model import letter
from payung.rosters.refusals import refusal

LOOK = 60  # rows from the top
LEAST_LABELS = 3
LEAST_ACROSS = 3  # people beside a label
LEAST_GLUED = 3
_REGIONAL = frozenset({"village", "village_code", "district", "regency", "province"})
_LONGEST = 300  # characters of a cell that are looked at
_NIK = re.compile(r"(?<!\d)\d{16}(?!\d)")
_WORD = re.compile(r"[^\W\d_]{3}")
_SPOUSE = re.compile(r"\b(?:nama|nik)\b.*\b(suami|istri|isteri)\b", re.I)


def why_nothing(book: Book, name: str) -> InputError:
    """Return the fault for a book without a list of people: the first thing that it shows."""
    for sheet in book.sheets:
        rows = [[(text or "").strip() for text in row] for row in sheet.cells[:LOOK].iter_rows()]
        for at, row in enumerate(rows):
            spouses = [
                (column, spouse[1].lower())
                for column, text in enumerate(row)
                if (spouse := _SPOUSE.search(text))
            ]
            if {word[0] for _, word in spouses} >= {"s", "i"}:
                return refusal("couples", name, cell=_cell(sheet, at, spouses[0][0]))
        if at_across := _across(rows):
            return refusal("across", name, sheet=sheet.name, cell=_cell(sheet, *at_across))
        if at_label := _form(rows):
            return refusal("form", name, sheet=sheet.name, cell=_cell(sheet, *at_label))
        for at, row in enumerate(rows):
            fields = {found.field for text in row if text and (found := meaning(text))}
            if fields & {"nik", "name"} and len(fields) >= 3:
                below = sum(any(line) for line in rows[at + 1 :])
                where = _cell(sheet, at, next(column for column, text in enumerate(row) if text))
                return refusal("no_people" if below else "no_rows", name, cell=where, count=below)
        if where_glued := _glued(sheet, rows):
            return refusal("one_column", name, sheet=sheet.name, cell=where_glued)
    if any(_is_total(row) for sheet in book.sheets for row in sheet.cells[:LOOK].iter_rows()):
        return refusal("aggregate", name)
    return refusal("no_table", name)


def _glued(sheet: Sheet, rows: list[list[str]]) -> str | None:
    """Return the first cell of a list whose rows are one cell each: words and a NIK."""
    for column in range(sheet.cells.width):
        found = [at for at, row in enumerate(rows) if _is_person(row[column][:_LONGEST])]
        if len(found) >= LEAST_GLUED:
            return _cell(sheet, found[0], column)
    return None


def _is_person(text: str) -> bool:
    number = _NIK.search(text)
    return number is not None and _WORD.search(text, 0, number.start()) is not None


def _across(rows: list[list[str]]) -> tuple[int, int] | None:
    """Return where the headings of a list begin that stand one below the other, with people beside them."""
    for column in range(min(LEAST_LABELS, max(map(len, rows), default=0))):
        fields: list[tuple[str, int]] = []
        for at, row in enumerate(rows):
            beside = sum(1 for text in row[column + 1 :] if text)
            if row[column] and beside >= LEAST_ACROSS and (found := meaning(row[column].rstrip(" :"))):
                fields.append((found.field, at))
        known = {field for field, _ in fields}
        if len(known) >= LEAST_LABELS and known & set(PERSON):
            return next(at for field, at in fields if field in PERSON), column
    return None


def _form(rows: list[list[str]]) -> tuple[int, int] | None:
    """Return where the labels of a form for one person begin (label, colon, value, one below the other)."""
    labels = []
    for at, row in enumerate(rows):
        filled = [(column, text) for column, text in enumerate(row) if text]
        if filled and len(filled) <= 3 and is_known(filled[0][1].rstrip(" :")):
            found = meaning(filled[0][1].rstrip(" :"))
            labels.append((found.field if found else "", at, filled[0][0]))
    fields = {field for field, _, _ in labels}
    if len(fields) < LEAST_LABELS or not fields & set(PERSON):
        return None
    return next((at, column) for field, at, column in labels if field in PERSON)


def _is_total(row: tuple[str | None, ...]) -> bool:
    fields = {found.field for text in row if text and (found := meaning(text))}
    return bool(fields & _REGIONAL) and not fields & set(PERSON) and sum(1 for text in row if text) >= 2


def _cell(sheet: Sheet, row: int, column: int) -> str:
    return f"{letter(column)}{sheet.first_row + row + 1}"
