"""Reads one workbook: its lists, their rows as listings with verdicts, and every faulty cell."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Unpack

import polars as pl

from payung.errors import InputError
from payung.rosters import meanings, repeats, shared_numbers
from payung.rosters.book import Book, open_book
from payung.rosters.gathered import Gathered, gather
from payung.rosters.layout import find_blocks
from payung.rosters.model import FINDINGS, REPAIRS, Asked, Job, Options, Reading, Table, letter
from payung.rosters.no_list import why_nothing
from payung.rosters.reasons import severities
from payung.rosters.tables import Part, judge
from payung.said import Said

EXAMPLES = 5  # rows that a sheet of instructions may show
_INSTRUCTIONS = re.compile(r"(?i)^\W*(petunjuk|contoh|panduan|(tata\s*)?cara|instruksi|pedoman)\b")

__all__ = ["FINDINGS", "Asked", "Reading", "Table", "letter", "read", "read_book", "read_many"]


def read(path: Path, *, as_of: dt.date, base: Path | None = None, **asked: Unpack[Options]) -> Reading:
    """Return what the file at ``path`` says on the date ``as_of``.

    ``base`` is the folder that names in the output are relative to; the other options are the fields of
    :class:`Asked`. Results can be pickled, and calls in several processes do not know of each other.

    Raises :class:`payung.errors.InputError` where nothing in the file can be used.
    """
    name = path.relative_to(base).as_posix() if base and path.is_relative_to(base) else path.name
    return read_book(open_book(path, shown_as=name), name, Asked(as_of=as_of, **asked))


def read_many(
    files: Sequence[tuple[Path, str]], *, as_of: dt.date, **asked: Unpack[Options]
) -> list[Reading | InputError]:
    """Return what each of ``files`` (path, name in all outputs) says, or why nothing in it can be used.

    The same as :func:`read` file by file, but lists of one shape are judged together: a hundred lists of forty rows
    cost little more than one of four thousand.
    """
    how = Asked(as_of=as_of, **asked)
    gathered: list[tuple[Book, Job, list[Gathered]] | InputError] = []
    for path, name in files:
        try:
            gathered.append(_gather(open_book(path, shown_as=name), name, how))
        except InputError as fault:
            gathered.append(fault)
    parts = iter(judge([one for found in gathered if isinstance(found, tuple) for one in found[2]]))
    return [
        found
        if isinstance(found, InputError)
        else _assemble(found[0], found[1], [next(parts) for _ in found[2]])
        for found in gathered
    ]


def read_book(book: Book, file: str, asked: Asked) -> Reading:
    """Return what the cells of ``book`` say; ``file`` is its name in all outputs. Raises like :func:`read`."""
    book, job, lists = _gather(book, file, asked)
    return _assemble(book, job, judge(lists))


def _gather(book: Book, file: str, asked: Asked) -> tuple[Book, Job, list[Gathered]]:
    """Return the lists of a book, not judged yet; raise ``InputError`` where it holds none."""
    job = Job(file, asked, severities(asked.severity))
    if said := meanings.carried(book.sheets):
        job = replace(job, asked=replace(asked, corrections={**said, **(asked.corrections or {})}))
    sheets, told = repeats.join(book.sheets)
    book = replace(book, notes=told)
    lists = [
        found
        for sheet in sheets
        if sheet.name != REPAIRS
        for block in find_blocks(sheet)
        if (found := gather(sheet, block, job))
    ]
    if not lists:
        raise why_nothing(book, file)
    return book, job, _without_examples(lists)


def _without_examples(lists: list[Gathered]) -> list[Gathered]:
    """Leave out the sheets of instructions: a handful of example rows beside a real list."""
    real = [one for one in lists if not _INSTRUCTIONS.search(one.sheet.name)]
    few = sum(one.raw.height for one in lists) - sum(one.raw.height for one in real)
    return real if real and few <= EXAMPLES else lists


def _assemble(book: Book, job: Job, parts: Sequence[Part]) -> Reading:
    rows = pl.concat([part.rows for part in parts])
    findings = [part.findings for part in parts]
    if (severity := job.weights[shared_numbers.CODE]) != "off":
        tables = [(job.file, part.table) for part in parts]
        rows, of_numbers = shared_numbers.ask(rows, tables, severity=severity)
        findings.append(of_numbers)
    return Reading(
        book.path,
        job.file,
        book.kind,
        rows,
        pl.concat(findings),
        pl.concat([part.raw for part in parts], how="diagonal"),
        tuple(part.table for part in parts),
        (
            *book.notes,
            *_notes(book, {part.table.sheet for part in parts}),
            *(note for part in parts for note in part.table.notes),
        ),
    )


def _notes(book: Book, used: set[str]) -> tuple[Said, ...]:
    notes = []
    if book.macros:
        notes.append(Said("rosters.macros"))
    if book.links:
        notes.append(Said("rosters.links"))
    for sheet in book.sheets:
        if (
            sheet.name not in used
            and sheet.cells.height
            and not any(sheet.name in note.values.values() for note in book.notes)
        ):
            instructs = _INSTRUCTIONS.search(sheet.name)
            code = "rosters.sheet_of_instructions" if instructs else "rosters.sheet_without_list"
            notes.append(Said(code, {"sheet": sheet.name}))
        elif sheet.name in used and sheet.hidden:
            notes.append(Said("rosters.sheet_hidden", {"sheet": sheet.name}))
        if sheet.name in used and sheet.mended:
            notes.append(Said("rosters.letters_mended", {"sheet": sheet.name, "many": sheet.mended}))
        if sheet.name in used and sheet.hidden_rows:
            notes.append(Said("rosters.rows_hidden", {"sheet": sheet.name, "many": len(sheet.hidden_rows)}))
    return tuple(notes)
