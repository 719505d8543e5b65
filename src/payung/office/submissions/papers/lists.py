"""The list that a village sent, read as that village sent it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from payung.office.submissions.models import Upload
from payung.office.submissions.rules.mended import without_numbers

if TYPE_CHECKING:
    from pathlib import Path

    from payung.rosters import Reading
    from payung.rosters.model import Table

# One number for several people is judged over all files of a submission, and again after every mending.
LEFT_TO_TWINS = {"NIK_BERSAMA": "off"}


def read(upload: Upload, path: Path) -> Reading:
    """Return what the file says, as the village that sent it and on the day it was sent; it lies open at ``path``."""
    from payung.regions import Gazetteer
    from payung.rosters import read as read_roster

    village = upload.submission.village_code
    return read_roster(
        path,
        as_of=timezone.localdate(upload.at),
        regions=Gazetteer.load(),
        corrections=upload.corrections,
        village=village,
        within=village.rpartition(".")[0].rpartition(".")[0],
        severity=LEFT_TO_TWINS,
    )


def samples(tables: Sequence[Table]) -> str:
    """Return the first cells of every column as JSON, long numbers masked: a list a table, by number of column."""
    return json.dumps(
        [
            {at: [without_numbers(text) for text in cells] for at, cells in table.samples.items()}
            for table in tables
        ],
        ensure_ascii=False,
    )


def kept(table: Table) -> dict[str, Any]:
    """Return what was recognised as the database keeps it."""
    plain: dict[str, Any] = json.loads(json.dumps(asdict(table), default=str))
    del plain["samples"]  # cells of people: kept sealed
    for kept, column in zip(plain["columns"], table.columns, strict=True):
        kept["why"] = column.why.plain
    return plain | {"notes": [note.plain for note in table.notes]}
