"""Who is who in truth, as `payung match-evaluate` is given it: by record id, or by file, sheet and row."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import polars as pl

from payung.errors import InputError
from payung.linkage.tables import read_text
from payung.text import Text

BY_RECORD = ("rec_id", "entity_id")
# What `payung district` writes.
BY_PLACE = ("file", "sheet", "row", "entity")


def read_truth(path: Path, records: pl.DataFrame) -> pl.DataFrame:
    """Return ``rec_id, entity_id`` for ``records`` (``record, path, sheet, row`` of a folder of `payung match`).

    Raises :class:`InputError` where the file is of neither kind, or names no or several files for a list.
    """
    told = read_text(path)
    if set(BY_RECORD) <= set(told.columns):
        return _whole(told.select(BY_RECORD), path)
    if not set(BY_PLACE) <= set(told.columns):
        columns = ", ".join(told.columns)
        raise InputError(
            Text(
                f"{path.name} bukan berkas kebenaran: perlu kolom rec_id dan entity_id, atau file, sheet, row dan "
                f"entity seperti truth.parquet dari payung district. Kolomnya: {columns}.",
                f"{path.name} is no truth file: it needs the columns rec_id and entity_id, or file, sheet, row and "
                f"entity as truth.parquet of payung district has them. Its columns: {columns}.",
            )
        )
    names = told["file"].unique().sort().to_list()
    lists = records["path"].unique().sort().to_list()
    files = pl.DataFrame(
        {"path": lists, "file": [_file_of(Path(one), names, path) for one in lists]},
        schema={"path": pl.String, "file": pl.String},
    )
    places = told.select(
        "file",
        _sheet(pl.col("file")).alias("sheet"),
        pl.col("row").cast(pl.Int64, strict=False),
        pl.col("entity").alias("entity_id"),
    )
    _whole(places.select("file", "row", "entity_id"), path)
    wanted = records.join(files, on="path").with_columns(_sheet(pl.col("file")).alias("sheet"))
    return wanted.join(places, on=["file", "sheet", "row"], nulls_equal=True).select(
        pl.col("record").alias("rec_id"), "entity_id"
    )


def _whole(truth: pl.DataFrame, path: Path) -> pl.DataFrame:
    """Return ``truth`` where every row says who it is; raise :class:`InputError` where one does not."""
    for column in truth.columns:
        empty = truth[column].null_count()
        if empty:
            raise InputError(
                Text(
                    f"Berkas kebenaran {path.name}: {empty} baris kosong atau tidak terbaca di kolom {column}. Setiap "
                    "baris harus menyebut siapa orangnya.",
                    f"Truth file {path.name}: {empty} rows are empty or unreadable in column {column}. Every row must "
                    "say who it is.",
                )
            )
    return truth


def _sheet(file: pl.Expr) -> pl.Expr:
    """Return the sheet; a text file has none."""
    return pl.when(~file.str.to_lowercase().str.ends_with(".csv")).then(pl.col("sheet").fill_null(""))


def _file_of(given: Path, names: list[str], truth: Path) -> str:
    """Return which of the ``names`` in the file ``truth`` is the list ``given``."""
    exact = [name for name in names if (truth.parent / name).resolve() == given.resolve()]
    parts = PurePosixPath(given.as_posix()).parts
    found = exact or [name for name in names if _ends_alike(PurePosixPath(name).parts, parts)]
    if len(found) != 1:
        raise InputError(
            Text(
                f"Berkas kebenaran {truth.name} menyebut {len(found)} daftar bernama {given}, harus satu. Pakai "
                "truth.parquet dari folder daftar itu.",
                f"The truth file {truth.name} names {len(found)} lists {given}, it must be one. Use truth.parquet of "
                "the folder of that list.",
            )
        )
    return found[0]


def _ends_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    shorter = min(len(one), len(other))
    return one[-shorter:] == other[-shorter:]
