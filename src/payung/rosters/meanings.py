"""What a corrected copy says of columns whose meaning a person corrected before: it travels with the workbook."""

from __future__ import annotations

from collections.abc import Sequence

from payung.rosters.book import Sheet
from payung.rosters.corrections import FIELDS
from payung.rosters.headings import plain
from payung.rosters.model import MEANS, REPAIRS

HEADING = 3  # columns in front of it: sheet, row, column (payung.rosters.corrected.marks.HEADINGS)


def carried(sheets: Sequence[Sheet]) -> dict[str, str]:
    """Return plain heading -> field as the sheet of repairs says; a field that there is not says nothing."""
    found: dict[str, str] = {}
    for sheet in sheets:
        if sheet.name != REPAIRS or sheet.cells.width <= HEADING:
            continue
        for cells in sheet.cells.iter_rows():
            code = next((text for text in reversed(cells) if text), "")
            field, heading = code.removeprefix(MEANS), cells[HEADING]
            if code.startswith(MEANS) and field in FIELDS and heading:
                found[plain(heading)] = field
    return found
