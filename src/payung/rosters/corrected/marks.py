"""Which cells to colour, what each comment says, and the lines of the sheet of repairs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from payung.codes import Field
from payung.rosters.columns import CORRECTED
from payung.rosters.model import MEANS, REPAIRS, Reading

SHEET = REPAIRS
AUTHOR = "Payung"
MOST_COMMENTS = 30_000  # a sheet; more make a workbook that no office program opens in time
HEADINGS = ("Lembar", "Baris", "Kolom", "Isi sekarang", "Alasan", "Yang harus dilakukan", "Sifat", "Kode")
WIDTHS = (18, 8, 8, 28, 60, 52, 14, 24)
WORDS = {"return": "Dikembalikan", "note": "Catatan"}


@dataclass(slots=True)
class Mark:
    """What is wrong with one cell.

    Fields
        severity: the heavier of its findings, ``return`` or ``note``; ``""`` where it only gets a new value.
        sentences: one a finding; none where the whole column is at fault and its heading says so.
        text: whether what is typed into the cell must stay text: Excel cuts the sixteenth digit of a number.
        value: what the cell holds from now on, as text; ``None`` leaves it.
    """

    severity: str
    sentences: list[str] = field(default_factory=list)
    text: bool = False
    value: str | None = None

    @property
    def comment(self) -> str:
        """The text of the comment, or ``""``."""
        return "\n".join(self.sentences)


_AS_TEXT = frozenset({"nik", "kk", "kpj", "phone"})
_TYPED_ANEW = frozenset({"KK_FORMAT", "HP_FORMAT"})

_OTHER_CELL = frozenset({"NIK_LAHIR_BEDA", "NIK_JK_BEDA"})  # their value is what another cell says
_CONTROL = re.compile(r"[\x00-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]")

Values = Mapping[tuple[str, int, int], str]  # sheet, row from 1, column from 0 -> the new text of the cell
Marks = dict[int, dict[int, Mark]]  # row from 1 -> column from 0 -> mark


@dataclass(frozen=True, slots=True)
class Repair:
    """One line of the sheet of repairs; ``column`` is ``""`` where the list has no such column."""

    sheet: str
    row: int
    column: str
    value: str
    reason: str
    remedy: str
    severity: str
    code: str

    def cells(self) -> tuple[str | int, ...]:
        """Return the cells of the line in the order of :data:`HEADINGS`."""
        return (
            self.sheet,
            self.row,
            self.column,
            self.value,
            self.reason,
            self.remedy,
            WORDS[self.severity],
            self.code,
        )


def clean(text: str) -> str:
    """Return the text escaped for XML, without characters that XML does not allow."""
    return escape(_CONTROL.sub(" ", text))


def column_index(letters: str) -> int:
    """Return 0 for ``A``, 27 for ``AB``."""
    number = 0
    for character in letters:
        number = number * 26 + ord(character) - 64
    return number - 1


def collect(reading: Reading, values: Values | None = None) -> tuple[dict[str, Marks], list[Repair]]:
    """Return the marks by sheet, and the repairs: whole columns first, then row by row.

    ``values`` are new texts of cells, marked or not.
    """
    written = _niks(reading)
    first = {table.sheet: min(column.at for column in table.columns) for table in reversed(reading.tables)}
    below = {
        (table.sheet, column.at): table.first_row
        for table in reversed(reading.tables)
        for column in table.columns
    }
    by_sheet: dict[str, Marks] = {}
    lines: list[Repair] = []
    columns: list[Repair] = []
    wanted = ("sheet", "row", "column", "field", "value", "message", "remedy", "severity", "code")
    for sheet, row, column, of_field, value, message, remedy, severity, code in reading.findings.select(
        wanted
    ).iter_rows():
        at = column_index(column) if column else first.get(sheet, 0)
        whole = code.startswith("KOLOM_")
        heading = whole and row < below.get((sheet, at), 0)
        mark = by_sheet.setdefault(sheet, {}).setdefault(row, {}).setdefault(at, Mark(severity))
        if severity == "return":
            mark.severity = severity
        # a whole number that only may be wrong keeps its look
        typed_anew = severity == "return" or code in _TYPED_ANEW
        mark.text = mark.text or (typed_anew and of_field in _AS_TEXT and not heading)
        if not whole or heading:
            mark.sentences.append(f"{message} {remedy}")
        if code in _OTHER_CELL:
            value = written.get((sheet, row), value)
        line = Repair(sheet, row, column or "", value or "", message, remedy, severity, code)
        if heading:
            columns.append(line)
        elif not whole:
            lines.append(line)
    for (sheet, row, at), text in (values or {}).items():
        mark = by_sheet.setdefault(sheet, {}).setdefault(row, {}).setdefault(at, Mark(""))
        mark.value, mark.text = text, True
    return by_sheet, columns + lines + _meanings(reading)


def _meanings(reading: Reading) -> list[Repair]:
    """Return a line for every column whose meaning a person corrected: it travels with the workbook."""
    lines = []
    for table in reading.tables:
        for column in table.columns:
            if column.why.code == CORRECTED.code and column.heading:
                place = re.fullmatch(r"([A-Z]+)(\d+)", column.cell)
                known = Field.known(column.field)
                meaning = known.text.id if known else column.field
                lines.append(
                    Repair(
                        table.sheet,
                        int(place[2]) if place else table.header_row,
                        place[1] if place else "",
                        column.heading,
                        f"Kolom ini sudah dibetulkan artinya: {meaning}.",
                        "Biarkan baris ini: dengannya berkas dibaca sama seperti sebelumnya.",
                        "note",
                        f"{MEANS}{column.field}",
                    )
                )
    return lines


def _niks(reading: Reading) -> dict[tuple[str, int], str | None]:
    """Return by sheet and row what the cell of the NIK says."""
    if "nik" not in reading.raw.columns or reading.findings["code"].is_in(list(_OTHER_CELL)).sum() == 0:
        return {}
    found = reading.rows.select("record", "sheet", "row").join(
        reading.raw.select("record", "nik"), on="record"
    )
    return {(sheet, row): nik for sheet, row, nik in found.select("sheet", "row", "nik").iter_rows()}


def anchored(marks: Marks, merges: Iterable[tuple[int, int, int, int]]) -> Marks:
    """Return ``marks`` with those inside a merged area moved to its first cell, the only one that shows.

    ``merges`` are (top, left, bottom, right) from 0, inclusive.
    """
    moved = {row: dict(cells) for row, cells in marks.items()}
    for top, left, bottom, right in merges:
        inside: Iterable[int] = range(top + 1, bottom + 2)
        if bottom - top > len(moved):
            inside = [row for row in moved if top < row <= bottom + 1]
        for row in [row for row in inside if row in moved]:
            for column in [column for column in moved[row] if left <= column <= right]:
                if (row, column) == (top + 1, left):
                    continue
                mark = moved[row].pop(column)
                first = moved.setdefault(top + 1, {}).setdefault(left, Mark(mark.severity))
                first.severity = max(mark.severity, first.severity)  # return, note, nothing
                first.value = first.value if mark.value is None else mark.value
                first.sentences = first.sentences + mark.sentences
                first.text = first.text or mark.text
    return {row: cells for row, cells in moved.items() if cells}
