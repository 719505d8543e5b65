"""Rows as a workbook or as text with separators; nothing in a cell can run when it is opened."""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import polars as pl
from django.utils import timezone

from payung.office.history import demonstration
from payung.papers.tables import Column, Kind, Table, write_rows, write_workbook

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NUMBERS = ("number", "money")


def write_csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write ``rows`` with semicolons, as a spreadsheet in Indonesian expects; return how many.

    Every text stands in quotes: where commas separate, a cell is still one cell.
    """
    many = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_NONNUMERIC)
        writer.writerow(headings)
        for row in rows:
            many += 1
            writer.writerow([_harmless(value) for value in row])
    return many


def workbook_bytes(
    title: str, headings: Sequence[str], kinds: Sequence[str], rows: Iterable[Sequence[Any]]
) -> tuple[bytes, int]:
    """Return ``rows`` as the bytes of an .xlsx file, and how many there are."""
    names = [f"c{place}" for place in range(len(headings))]
    columns: list[list[Any]] = [[] for _ in names]
    for row in rows:
        for place, value in enumerate(row):
            columns[place].append(value if kinds[place] in NUMBERS or value is None else _text(value))
    schema = {
        name: pl.Int64() if kind in NUMBERS else pl.String() for name, kind in zip(names, kinds, strict=True)
    }
    frame = pl.DataFrame(dict(zip(names, columns, strict=True)), schema=schema)
    table = Table(
        sheet=title[:31],
        title=title,
        note="",
        columns=[
            Column(name, heading, _kind(kind), width=22)
            for name, heading, kind in zip(names, headings, kinds, strict=True)
        ],
        rows=frame,
        plain=True,
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        write_workbook(path, [table], banner=demonstration.banner())
        return path.read_bytes(), frame.height


def write_long_workbook(
    path: Path, title: str, headings: Sequence[str], kinds: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    """Write ``rows`` as an .xlsx file as they come, however many they are; return how many."""
    columns = [
        Column(heading, heading, _kind(kind), width=22) for heading, kind in zip(headings, kinds, strict=True)
    ]
    cells = (
        [
            value if kinds[place] in NUMBERS or value is None else _text(value)
            for place, value in enumerate(row)
        ]
        for row in rows
    )
    return write_rows(path, title[:31], columns, cells, banner=demonstration.banner())


def _kind(kind: str) -> Kind:
    return "number" if kind == "number" else "money" if kind == "money" else "text"


def _text(value: Any) -> str:
    """Return ``value`` as people here write it: ``22-11-2026``, and a moment in local time ``22-11-2026 19.46``."""
    if isinstance(value, dt.datetime):
        return f"{timezone.localtime(value):%d-%m-%Y %H.%M}"
    return f"{value:%d-%m-%Y}" if isinstance(value, dt.date) else str(value)


def _harmless(value: Any) -> Any:
    if value is None or isinstance(value, int):
        return value
    text = _text(value)
    return "'" + text if text.lstrip(" ").startswith(STARTS_A_FORMULA) else text
