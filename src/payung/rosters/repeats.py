"""Books of survey programs: a sheet of families and a sheet of their members, tied by a key.

What the family's sheet says of place and card goes to each member; the family's own row is nobody's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import polars as pl

from payung.rosters.book import Sheet
from payung.rosters.headings import plain
from payung.rosters.mapping import read_heading
from payung.said import Said

# key of the members' sheet, key of the families' sheet
_KEYS: Final = (
    ("_parent_index", "_index"),
    ("PARENT_KEY", "KEY"),
    ("_submission__id", "_id"),
    ("_submission__uuid", "_uuid"),
)
_OF_FAMILY: Final = frozenset(
    {
        "kk",
        "village",
        "village_code",
        "district",
        "regency",
        "hamlet",
        "rt",
        "rw",
        "rt_rw",
        "address",
        "household_head",
    }
)
_OF_PERSON: Final = frozenset({"nik", "birth_date", "birth_place_date"})
LOOK = 5  # rows from the top in which the headings may stand


def join(sheets: Sequence[Sheet]) -> tuple[list[Sheet], tuple[Said, ...]]:
    """Return ``sheets`` with each sheet of members told what its families' sheet says, and a note on each.

    A families' sheet that names persons of its own (with a NIK or a birth date) stays a list; another one does not.
    """
    found: list[Sheet] = []
    notes = []
    spent = set()
    for sheet in sheets:
        parent, keys = _parent(sheet, sheets)
        if parent is None or keys is None:
            found.append(sheet)
            continue
        joined, many = _with_parent(sheet, parent, keys)
        found.append(joined)
        spent.add(parent.name)
        notes.append(
            Said(
                "rosters.families_joined",
                {"families": parent.name, "members": sheet.name, "key": keys[0], "many": many},
            )
        )
    kept = [sheet for sheet in found if sheet.name not in spent or _names_people(sheet)]
    return kept, tuple(notes)


def _headings(sheet: Sheet) -> tuple[int, dict[str, int]]:
    """Return the row (from 0, in the block) that names the sheet's columns, and heading -> column number."""
    for at, row in enumerate(sheet.cells.head(LOOK).iter_rows()):
        named = {
            text.strip(): int(name[1:]) for name, text in zip(sheet.cells.columns, row, strict=True) if text
        }
        if any(key in named for pair in _KEYS for key in pair):
            return at, named
    return 0, {}


def _parent(sheet: Sheet, sheets: Sequence[Sheet]) -> tuple[Sheet | None, tuple[str, str] | None]:
    _, own = _headings(sheet)
    for child, mother in _KEYS:
        if child in own:
            for other in sheets:
                if other is not sheet and mother in (theirs := _headings(other)[1]) and child not in theirs:
                    return other, (child, mother)
    return None, None


def _meaning(heading: str) -> str:
    said = read_heading(heading.rsplit("/", 1)[-1])
    return said.field if said else "other"


def _names_people(sheet: Sheet) -> bool:
    return bool({_meaning(heading) for heading in _headings(sheet)[1]} & _OF_PERSON)


def _with_parent(sheet: Sheet, parent: Sheet, keys: tuple[str, str]) -> tuple[Sheet, int]:
    top, own = _headings(sheet)
    mothers_top, theirs = _headings(parent)
    taken = {_meaning(heading) for heading in own}
    wanted: dict[int, str] = {}
    for heading, column in theirs.items():
        field = _meaning(heading)
        if field in _OF_FAMILY and field not in taken and field not in wanted.values():
            wanted[column] = field
    of_column = {column: heading for heading, column in theirs.items()}
    families = parent.cells[mothers_top + 1 :]
    rows = families[f"c{theirs[keys[1]]}"].to_list()
    at_key = {key: at for at, key in enumerate(rows) if key is not None}
    keys_of_rows = sheet.cells[f"c{own[keys[0]]}"].to_list()
    width = max(int(name[1:]) for name in sheet.cells.columns) + 1
    cells, kinds = sheet.cells, sheet.kinds
    for step, column in enumerate(wanted):
        texts = families[f"c{column}"].to_list()
        values = [
            plain(of_column[column].rsplit("/", 1)[-1]).upper()
            if at == top
            else texts[at_key[key]]
            if key in at_key and at > top
            else None
            for at, key in enumerate(keys_of_rows)
        ]
        name = f"c{width + step}"
        cells = cells.with_columns(pl.Series(name, values, dtype=pl.String))
        kinds = kinds.with_columns(pl.lit(ord("s"), dtype=pl.UInt8).alias(name))
    return replace(sheet, cells=cells, kinds=kinds), len(wanted)
