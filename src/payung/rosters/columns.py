"""One column of a list, with the field that it was taken for."""

from __future__ import annotations

from dataclasses import dataclass

from payung.said import Said

CORRECTED = Said("rosters.corrected_before")
LEAST = 0.35  # below this confidence a column is not used


@dataclass(frozen=True, slots=True)
class Column:
    """What one column was taken for.

    Fields
        at: number of the column, 0 for A.
        cell: the heading's cell, such as ``C5``.
        heading: as written; the parts of a heading over several rows joined by `` / ``.
        field: a name of :mod:`payung.rosters.fields`, or ``other``.
        confidence: 0 to 1.
        why: what that was seen by.
    """

    at: int
    cell: str
    heading: str
    field: str
    confidence: float
    why: Said
