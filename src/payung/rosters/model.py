"""What a reading is asked and what it gives."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypedDict

import polars as pl

from payung.people import listing
from payung.rosters.mapping import Column
from payung.said import Said

if TYPE_CHECKING:
    from payung.regions.gazetteer import Gazetteer

FINDINGS: dict[str, pl.DataType | type[pl.DataType]] = {
    "file": pl.String,
    "sheet": pl.String,
    "row": pl.Int64,
    "column": pl.String,  # letter; null where the list has no such column
    "field": pl.String,
    "value": pl.String,  # as written
    "other": pl.String,  # what the check names beside it; as payung.said.kept writes it where it has words
    "code": pl.String,
    "severity": pl.String,  # "note" or "return"
    "message": pl.String,  # Indonesian
    "remedy": pl.String,
}
REPAIRS = "Perbaikan"  # the sheet that the corrected copy carries; of it only :data:`MEANS` is read
MEANS = "ARTI:"  # begins the code of a line there that says what a corrected column means: ``ARTI:name``


Kind = Literal["roster", "insured"]


class Options(TypedDict, total=False):
    """The fields of :class:`Asked` that have a default."""

    regions: Gazetteer | None
    kind: Kind
    severity: Mapping[str, str] | None
    corrections: Mapping[str, str] | None
    village: str | None
    within: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How a file is to be read.

    Fields
        as_of: the day of reading.
        regions: the list of regions, or ``None``: then no village code is given.
        kind: ``insured`` is the insurer's list, where missing facts are notes.
        severity: how heavy a code is in this district: ``note``, ``return`` or ``off``.
        corrections: plain heading -> field (see :mod:`payung.rosters.corrections`).
        village: Kemendagri code of the village that sent the list; within: of the area that it must lie in.
    """

    as_of: dt.date
    regions: Gazetteer | None = None
    kind: Kind = "roster"
    severity: Mapping[str, str] | None = None
    corrections: Mapping[str, str] | None = None
    village: str | None = None
    within: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One file being read.

    Fields
        file: its name in all outputs.
        asked: how it is to be read.
        weights: how heavy every code is.
    """

    file: str
    asked: Asked
    weights: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """One list that was recognised.

    Fields
        sheet, header_row: where its heading begins (row from 1; 0 where it has none).
        first_row: the first row below the heading.
        columns: what every column was taken for.
        refused: columns that are not used, with code, what shows it (``other``), sentence and remedy (Indonesian).
        rows: how many people rows it has.
        others: what the other rows are: word of :data:`payung.rosters.rows.KINDS` -> how many.
        area: village, district, regency as the rows above name them.
        notes: what else there is to know of its columns.
        samples: number of a column -> its first different cells, for a person who judges what it means.
    """

    sheet: str
    header_row: int
    first_row: int
    columns: tuple[Column, ...]
    refused: tuple[dict[str, str], ...]
    rows: int
    others: dict[str, int]
    area: dict[str, str]
    notes: tuple[Said, ...] = ()
    samples: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file says.

    Fields
        path: the file that was read; file: its name in all outputs.
        rows: listings (:data:`payung.people.listing.SCHEMA`), one for every people row, returned ones included.
        findings: :data:`FINDINGS`, one for every faulty cell, and one per refused column at its heading.
        raw: ``record`` and the text of every used cell as written, a column a field.
        tables: the lists that were recognised.
        notes: what else there is to know: macros, links, sheets that hold no list.
    """

    path: Path
    file: str
    kind: str
    rows: pl.DataFrame
    findings: pl.DataFrame
    raw: pl.DataFrame
    tables: tuple[Table, ...]
    notes: tuple[Said, ...] = field(default=())

    @property
    def counts(self) -> dict[str, int]:
        """Return rows, accepted, noted and returned."""
        verdicts = Counter(self.rows["verdict"].to_list())
        return {"rows": self.rows.height, **{verdict: verdicts[verdict] for verdict in listing.VERDICTS}}


def letter(at: int) -> str:
    """Return the letter of a column number from 0.

    >>> letter(0), letter(27)
    ('A', 'AB')
    """
    text = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        text = chr(65 + rest) + text
    return text
