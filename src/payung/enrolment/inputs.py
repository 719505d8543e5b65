"""Reads all rosters, on every core, and the insurer's list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from payung.enrolment.request import RosterFile
from payung.enrolment.senders import with_senders
from payung.enrolment.tasks import Workers
from payung.errors import InputError
from payung.people import listing
from payung.regions import Gazetteer
from payung.rosters import EmptyListError, Reading, read, read_many, shared_numbers
from payung.text import Text

if TYPE_CHECKING:
    from payung.enrolment.progress import Listener

_OF_ALL = {shared_numbers.CODE: "off"}  # judged over all files together
FILES_WORTH_A_POOL = 8
BATCH_FILES = 144
BATCH_BYTES = 4_000_000
INSURED_PREFIX = "bpjs:"  # a roster may have the same file name as the insurer's list


@dataclass(frozen=True, slots=True)
class Rosters:
    """All rosters as read.

    Fields
        readings: one a file, in the order of their names; their rows are in ``listings`` only, their raw cells are let
            go (a million rows would be held twice).
        listings: the rows of all files.
        from_paths: file -> region code that its path gave to rows without a village.
        unclear: the records whose village has the name of several, and no sub-district.
        passed_over: files that could not be read and were left out because the officer said so, with why.
    """

    readings: tuple[Reading, ...]
    listings: pl.DataFrame
    from_paths: dict[str, str]
    unclear: pl.Series
    passed_over: tuple[dict[str, str], ...]


Found = Reading | InputError


def start_reading(
    files: Sequence[RosterFile], on: dt.date, regions: Gazetteer, workers: Workers
) -> Iterator[Found]:
    """Begin to read ``files`` on the date ``on``; return what each says or why it cannot be read, in their order.

    Many files are read by ``workers`` from now on; few are read here, one after the other, as they are asked for.
    """
    batches = _batches(files)
    if len(files) < FILES_WORTH_A_POOL or len(batches) == 1 or workers.count == 1:
        return (found for batch in batches for found in _read_batch(batch, on, regions))
    promises = [workers.submit(_read_in_worker, batch, on) for batch in batches]
    return (found for promise in promises for found in promise.result())


def read_rosters(
    files: Sequence[RosterFile],
    pending: Iterator[Found],
    regions: Gazetteer,
    listener: Listener,
    *,
    skip_unreadable: bool = False,
    area: str | None = None,
) -> Rosters:
    """Return what ``files`` say, from what :func:`start_reading` gives; ``area`` is what the officer named.

    A file that is only perhaps a list stops nobody. Raises ``InputError`` that names every other file that cannot be
    read, unless ``skip_unreadable``; and where no file can be read at all.
    """
    readings: list[Reading] = []
    faults: list[tuple[RosterFile, InputError]] = []
    for file, found in zip(files, pending, strict=True):
        listener.advance()
        if isinstance(found, InputError):
            faults.append((file, found))
        else:
            readings.append(found)
    stopping = [fault for file, fault in faults if not file.perhaps]
    if (stopping and not skip_unreadable) or not readings:
        told = stopping or [fault for _, fault in faults]
        raise InputError(
            Text(
                "\n".join(fault.message.id for fault in told),
                "\n".join(fault.message.en for fault in told),
            )
        )
    passed_over = tuple({"file": file.name, "why": fault.message.id} for file, fault in faults)
    rows = pl.concat([one.rows for one in readings])
    nobody = rows.clear()
    light = [replace(one, rows=nobody) for one in readings]
    del readings
    rows = _shared_numbers(rows, light)
    listings, from_paths, unclear = with_senders(rows, regions, area)
    return Rosters(tuple(light), listings, from_paths, unclear, passed_over)


def _shared_numbers(rows: pl.DataFrame, readings: list[Reading]) -> pl.DataFrame:
    """Return ``rows`` with those asked about whose NIK is several people's, on whatever lists; tell their files."""
    tables = [(one.file, table) for one in readings for table in one.tables]
    rows, told = shared_numbers.ask(rows, tables)
    by_file = {str(key[0]): part for key, part in told.partition_by("file", as_dict=True).items()}
    for at, one in enumerate(readings):
        if (part := by_file.get(one.file)) is not None:
            readings[at] = replace(one, findings=pl.concat([one.findings, part]))
    return rows


def read_insured(path: Path, on: dt.date, regions: Gazetteer) -> pl.DataFrame:
    """Return the listings of the insurer's list, their record ids apart from those of rosters.

    A list with its headings and nobody below them says that nobody is insured yet.

    Raises ``InputError`` where the file cannot be read, or does not say who is insured: it needs the NIK, or the
    name and the birth date, of at least one person.
    """
    try:
        rows = read(path, as_of=on, regions=regions, kind="insured").rows
    except EmptyListError:
        return listing.empty()
    identified = (pl.col("nik_state") == "valid") | (
        pl.col("name").is_not_null() & pl.col("birth_date").is_not_null()
    )
    if rows.filter(identified).is_empty():
        raise InputError(
            Text(
                f"{path.name} tidak memuat NIK, atau nama dan tanggal lahir, seorang pun: "
                "minta daftar peserta kepada BPJS dengan kolom NIK dan nama.",
                f"{path.name} holds nobody's NIK, or name and birth date: "
                "ask BPJS for the list of insured people with the columns NIK and name.",
            )
        )
    return rows.with_columns((pl.lit(INSURED_PREFIX) + pl.col("record")).alias("record"))


def _batches(files: Sequence[RosterFile]) -> list[list[RosterFile]]:
    """Cut the files into batches that are judged together: many small ones, or few large ones."""
    batches: list[list[RosterFile]] = []
    room = 0
    for file in files:
        size = file.path.stat().st_size
        if not batches or len(batches[-1]) == BATCH_FILES or size > room:
            batches.append([])
            room = BATCH_BYTES
        batches[-1].append(file)
        room -= size
    return batches


def _read_in_worker(batch: list[RosterFile], on: dt.date) -> list[Found]:
    return _read_batch(batch, on, _regions_of_worker())


@cache
def _regions_of_worker() -> Gazetteer:
    return Gazetteer.load()


def _read_batch(batch: list[RosterFile], on: dt.date, regions: Gazetteer) -> list[Found]:
    """Return the readings without their raw cells, or faults as values: one bad file must not hide the next."""
    found = read_many([(file.path, file.name) for file in batch], as_of=on, regions=regions, severity=_OF_ALL)
    return [one if isinstance(one, InputError) else replace(one, raw=pl.DataFrame()) for one in found]
