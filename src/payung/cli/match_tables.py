"""What `payung match` reads: plain tables as they are, everything else as a village's workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from payung.enrolment.request import ROSTER_ENDINGS, collect_rosters
from payung.errors import InputError
from payung.linkage import tables
from payung.rosters.headings import meaning
from payung.text import Text

PLAIN = (".csv", ".parquet", ".tsv")
SURE = 0.6


def read_lists(paths: Sequence[Path], *, identity: str, as_of: dt.date, known: bool = False) -> pl.DataFrame:
    """Return the rows of all files as listings, in order of their names; ``known`` marks the insurer's side.

    Files of one name are told apart by the folder before it, as the main job does; a file given twice is read once.
    Beside the columns of a listing stands ``path``, the file as given. ``identity`` is the column of the caller's
    record ids ("" without one).

    Raises :class:`InputError` where a file has no names, a known list has neither NIK nor names, or the id column is
    not there.
    """
    return pl.concat(
        _read(one.path, one.name, identity=identity, as_of=as_of, known=known).with_columns(
            pl.lit(one.path.as_posix()).alias("path")
        )
        for one in collect_rosters(paths, endings={*ROSTER_ENDINGS, *PLAIN})
    )


def apart(lists: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Return ``known`` with record ids that no listing has: files of one name on both sides number rows alike."""
    shared = pl.col("record").is_in(lists["record"].implode())
    return known.with_columns(
        pl.when(shared).then(pl.lit("known:") + pl.col("record")).otherwise("record").alias("record")
    )


def _read(path: Path, name: str, *, identity: str, as_of: dt.date, known: bool) -> pl.DataFrame:
    if path.suffix.lower() in PLAIN:
        cells = tables.read_text(path)
        columns = _columns(cells.columns)
        if identity or "name" in columns or path.suffix.lower() == ".parquet":
            return _plain(name, cells, columns, identity=identity, as_of=as_of, known=known)
    if identity:
        raise InputError(
            Text(
                f"{name}: --id hanya untuk tabel biasa (.csv, .parquet) dengan kolom nama.",
                f"{name}: --id is only for plain tables (.csv, .parquet) with a column of names.",
            )
        )
    from payung import rosters

    (reading,) = rosters.read_many([(path, name)], as_of=as_of, kind="insured" if known else "roster")
    if isinstance(reading, InputError):
        raise reading
    rows = reading.rows
    if known:
        _refuse_bare(name, {field for field in ("name", "nik") if rows[field].is_not_null().any()})
    return rows


def _plain(
    file: str, cells: pl.DataFrame, columns: dict[str, str], *, identity: str, as_of: dt.date, known: bool
) -> pl.DataFrame:
    if identity and identity not in cells.columns:
        raise InputError(
            Text(
                f"{file} tidak punya kolom “{identity}” dari --id. Kolomnya: {', '.join(cells.columns)}.",
                f"{file} has no column “{identity}” as --id says. Its columns: {', '.join(cells.columns)}.",
            )
        )
    if known:
        _refuse_bare(file, {field for field, column in columns.items() if cells[column].is_not_null().any()})
    elif "name" not in columns:
        raise InputError(
            Text(
                f"{file} tidak punya kolom nama. Kolomnya: {', '.join(cells.columns)}.",
                f"{file} has no column of names. Its columns: {', '.join(cells.columns)}.",
            )
        )
    if identity:
        cells = cells.with_columns(pl.col(identity).str.strip_chars())
        nameless = int(cells[identity].fill_null("").eq("").sum())
        if nameless:
            raise InputError(
                Text(
                    f"{file}: {nameless} baris tidak punya nomor di kolom “{identity}”.",
                    f"{file}: {nameless} rows have no id in the column “{identity}”.",
                )
            )
    return tables.listings(cells, columns, file=file, as_of=as_of, identity=identity or None)


def _refuse_bare(file: str, has: set[str]) -> None:
    missing = [title for field, title in (("nik", "NIK"), ("name", "nama")) if field not in has]
    if missing:
        raise InputError(
            Text(
                f"Daftar pembanding {file} tidak punya kolom {' dan '.join(missing)}; tanpa itu orang tidak dapat "
                "dicocokkan. Minta daftar yang memuat NIK dan nama.",
                f"The known list {file} has no column {' and '.join(missing)}; without it people cannot be matched. "
                "Ask for a list with NIK and name.",
            )
        )


def _columns(headings: Sequence[str]) -> dict[str, str]:
    """Return which column holds which field: the surest, and of equals the first."""
    best: dict[str, tuple[float, str]] = {}
    for heading in headings:
        found = meaning(heading)
        if found and found.field in tables.FIELDS and found.score >= SURE:
            known = best.get(found.field)
            if known is None or found.score > known[0]:
                best[found.field] = (found.score, heading)
    return {field: heading for field, (_, heading) in best.items()}
