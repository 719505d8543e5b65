"""Reads all rosters, on every core, and the insurer's list."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from payung.enrolment.request import RosterFile
from payung.enrolment.senders import with_senders
from payung.enrolment.tasks import worker_pool
from payung.errors import InputError
from payung.regions import Gazetteer
from payung.rosters import read
from payung.text import Text

if TYPE_CHECKING:
    from payung.enrolment.progress import Listener
    from payung.rosters import Reading

FILES_WORTH_A_POOL = 8
INSURED_PREFIX = "bpjs:"  # a roster may have the same file name as the insurer's list


@dataclass(frozen=True, slots=True)
class Rosters:
    """All rosters as read.

    Fields
        readings: one a file, in the order of their names.
        listings: the rows of all files.
        from_paths: file -> region code that its path gave to rows without a village.
        passed_over: files that could not be read and were left out because the officer said so, with why.
    """

    readings: tuple[Reading, ...]
    listings: pl.DataFrame
    from_paths: dict[str, str]
    passed_over: tuple[dict[str, str], ...]


def read_rosters(
    files: Sequence[RosterFile],
    on: dt.date,
    regions: Gazetteer,
    listener: Listener,
    *,
    skip_unreadable: bool = False,
) -> Rosters:
    """Return what ``files`` say on the date ``on``.

    Raises ``InputError`` that names every file that cannot be read, unless ``skip_unreadable``; and where no file
    can be read at all.
    """
    readings: list[Reading] = []
    faults: list[tuple[str, InputError]] = []
    for file, found in zip(files, _read_all(files, on, regions), strict=True):
        listener.advance()
        if isinstance(found, InputError):
            faults.append((file.name, found))
        else:
            readings.append(found)
    if faults and (not skip_unreadable or not readings):
        raise InputError(
            Text(
                "\n".join(fault.message.id for _, fault in faults),
                "\n".join(fault.message.en for _, fault in faults),
            )
        )
    passed_over = tuple({"file": name, "why": fault.message.id} for name, fault in faults)
    listings, from_paths = with_senders(pl.concat([one.rows for one in readings]), regions)
    return Rosters(tuple(readings), listings, from_paths, passed_over)


def read_insured(path: Path, on: dt.date, regions: Gazetteer) -> pl.DataFrame:
    """Return the listings of the insurer's list, their record ids apart from those of rosters.

    Raises ``InputError`` where the file cannot be read, or does not say who is insured: it needs the NIK, or the
    name and the birth date, of at least one person.
    """
    rows = read(path, as_of=on, regions=regions, kind="insured").rows
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


def _read_all(files: Sequence[RosterFile], on: dt.date, regions: Gazetteer) -> Iterator[Reading | InputError]:
    workers = min(os.cpu_count() or 1, len(files))
    if workers == 1 or len(files) < FILES_WORTH_A_POOL:
        for file in files:
            yield _read_one(file, on, regions)
        return
    with worker_pool(workers, _begin_worker) as pool:
        yield from pool.map(_read_in_worker, files, [on] * len(files), chunksize=4)


_gazetteer: Gazetteer | None = None


def _begin_worker() -> None:
    global _gazetteer  # loaded once a process, used by every file that it reads
    _gazetteer = Gazetteer.load()


def _read_in_worker(file: RosterFile, on: dt.date) -> Reading | InputError:
    assert _gazetteer is not None
    return _read_one(file, on, _gazetteer)


def _read_one(file: RosterFile, on: dt.date, regions: Gazetteer) -> Reading | InputError:
    """Return the reading, or the fault as a value: one bad file must not hide the next."""
    try:
        return _under_its_name(read(file.path, as_of=on, regions=regions), file.name)
    except InputError as fault:
        return fault


def _under_its_name(reading: Reading, name: str) -> Reading:
    """Return ``reading`` with the name by which the officer knows the file, in rows and findings alike."""
    if reading.file == name:
        return reading
    length = len(reading.file)
    record = (pl.lit(name) + pl.col("record").str.slice(length)).alias("record")
    called = pl.lit(name).alias("file")
    return replace(
        reading,
        file=name,
        rows=reading.rows.with_columns(called, record),
        findings=reading.findings.with_columns(called),
        raw=reading.raw.with_columns(record),
    )
