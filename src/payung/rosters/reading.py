"""Reads one workbook: its lists, their rows as listings with verdicts, and every faulty cell."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Unpack

import polars as pl

from payung.rosters.book import Book, open_book
from payung.rosters.fields import PERSON
from payung.rosters.headings import meaning
from payung.rosters.layout import find_blocks
from payung.rosters.model import FINDINGS, REPAIRS, Asked, Job, Options, Reading, Table, letter
from payung.rosters.reasons import severities
from payung.rosters.refusals import refusal
from payung.rosters.tables import read_table

__all__ = ["FINDINGS", "Asked", "Reading", "Table", "letter", "read", "read_book"]


def read(path: Path, *, as_of: dt.date, base: Path | None = None, **asked: Unpack[Options]) -> Reading:
    """Return what the file at ``path`` says on the date ``as_of``.

    ``base`` is the folder that names in the output are relative to; the other options are the fields of
    :class:`Asked`. Results can be pickled, and calls in several processes do not know of each other.

    Raises :class:`payung.errors.InputError` where nothing in the file can be used.
    """
    name = path.relative_to(base).as_posix() if base and path.is_relative_to(base) else path.name
    return read_book(open_book(path, shown_as=name), name, Asked(as_of=as_of, **asked))


def read_book(book: Book, file: str, asked: Asked) -> Reading:
    """Return what the cells of ``book`` say; ``file`` is its name in all outputs. Raises like :func:`read`."""
    job = Job(file, asked, severities(asked.severity))
    parts = [
        part
        for sheet in book.sheets
        if sheet.name != REPAIRS
        for block in find_blocks(sheet)
        if (part := read_table(sheet, block, job))
    ]
    if not parts:
        raise _nothing(book, file)
    return Reading(
        book.path,
        file,
        book.kind,
        pl.concat([part.rows for part in parts]),
        pl.concat([part.findings for part in parts]),
        pl.concat([part.raw for part in parts], how="diagonal"),
        tuple(part.table for part in parts),
        _notes(book, {part.table.sheet for part in parts}),
    )


def _nothing(book: Book, name: str) -> Exception:
    """Return the fault for a book without a list of people."""
    regional = {"village", "village_code", "district", "regency", "province"}
    rows = [
        {found.field for text in row if text and (found := meaning(text))}
        for sheet in book.sheets
        for row in sheet.cells[:60].iter_rows()
    ]
    if any(fields & {"nik", "name"} and len(fields) >= 3 for fields in rows):
        return refusal("no_rows", name)
    if any(fields & regional and not fields & set(PERSON) for fields in rows):
        return refusal("aggregate", name)
    return refusal("no_table", name)


def _notes(book: Book, used: set[str]) -> tuple[str, ...]:
    notes = []
    if book.macros:
        notes.append("Berkas memuat makro; makro tidak dijalankan dan tidak ikut dalam berkas balasan.")
    if book.links:
        notes.append("Berkas bertaut ke buku kerja lain; tautan tidak diikuti.")
    for sheet in book.sheets:
        if sheet.name not in used and sheet.cells.height:
            notes.append(f"Lembar “{sheet.name}” tidak berisi daftar orang.")
        elif sheet.name in used and sheet.hidden:
            notes.append(f"Lembar “{sheet.name}” tersembunyi; isinya tetap dibaca.")
        if sheet.name in used and sheet.hidden_rows:
            notes.append(
                f"Lembar “{sheet.name}” punya {len(sheet.hidden_rows)} baris tersembunyi; isinya tetap dibaca."
            )
    return tuple(notes)
