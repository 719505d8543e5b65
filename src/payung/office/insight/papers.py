"""The figures as a workbook and as JSON: the same declaration, the same numbers as the page."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from payung.office.history import demonstration
from payung.office.insight import rules
from payung.office.insight.counted import Counted
from payung.office.insight.figures import Cut
from payung.office.insight.queries import labels
from payung.papers.tables import Column, Table, write_workbook

NOTE = (
    "“<5”: terlalu sedikit untuk ditunjukkan kepada yang tidak melihat nama. / Too few to show without names."
)


def as_json(counted: Mapping[str, Counted], *, cuts: bool = True) -> list[dict[str, Any]]:
    """Return every figure with its definition, its number, and its parts by each cut; hidden numbers are ``null``."""
    named = _names(counted) if cuts else {}
    found = []
    for code, one in counted.items():
        figure = one.figure
        whole = counted.get(figure.whole)
        line: dict[str, Any] = {
            "code": code,
            "name": {"id": figure.name.id, "en": figure.name.en},
            "definition": {"id": figure.definition.id, "en": figure.definition.en},
            "unit": str(figure.unit),
            "as_of": one.on.isoformat(),
            "counted_at": one.at.isoformat() if one.at else None,
            "number": one.told,
            "denominator": figure.whole or None,
            "share": rules.share(one.number, whole.number)
            if whole is not None and one.told is not None
            else None,
        }
        if cuts:
            line["parts"] = {
                cut.value: [
                    {"key": part.key, "name": named[cut][part.key], "number": part.number}
                    for part in one.shown(cut)
                ]
                for cut in figure.parted_by
            }
        found.append(line)
    return found


def _names(counted: Mapping[str, Counted]) -> dict[Cut, dict[str, str]]:
    """Return cut → key → name for all figures, in one query a cut."""
    keys: dict[Cut, set[str]] = {}
    for one in counted.values():
        for cut in one.figure.parted_by:
            keys.setdefault(cut, set()).update(one.parts(cut))
    return {
        cut: {key: text.id for key, text in labels(cut, sorted(found)).items()} for cut, found in keys.items()
    }


def workbook(counted: Mapping[str, Counted], title: str) -> bytes:
    """Return all figures as the bytes of an .xlsx: a sheet of the figures, and one for each cut."""
    lines = as_json(counted)
    tables = [_first(lines, title)]
    for cut in Cut:
        rows = [
            (line["name"]["id"], part["key"], part["name"], part["number"], line["unit"])
            for line in lines
            for part in line["parts"].get(cut.value, ())
        ]
        if rows:
            tables.append(_of_cut(cut, rows))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ringkasan.xlsx"
        write_workbook(path, tables, banner=demonstration.banner())
        return path.read_bytes()


def _first(lines: list[dict[str, Any]], title: str) -> Table:
    rows = [
        (
            line["code"], line["name"]["id"], line["number"], line["unit"], line["as_of"],
            line["share"] / 1000 if line["share"] is not None else None, line["denominator"] or "",
            line["definition"]["id"],
        )
        for line in lines
    ]  # fmt: skip
    columns = [
        Column("kode", "Kode", width=22),
        Column("nama", "Angka", width=34),
        Column("jumlah", "Jumlah", "number", width=20),
        Column("satuan", "Satuan", width=14),
        Column("per", "Per tanggal", width=12),
        Column("bagian", "Bagian", "share", width=10),
        Column("penyebut", "Dari", width=16),
        Column("arti", "Arti", width=90),
    ]
    return Table("Ringkasan", title, NOTE, columns, _frame(rows, columns))


def _of_cut(cut: Cut, rows: list[tuple[Any, ...]]) -> Table:
    columns = [
        Column("angka", "Angka", width=34),
        Column("kode", "Kode", width=18),
        Column("nama", cut.text.id, width=34),
        Column("jumlah", "Jumlah", "number", width=20),
        Column("satuan", "Satuan", width=14),
    ]
    return Table(cut.text.id, cut.text.id, NOTE, columns, _frame(rows, columns))


def _frame(rows: list[tuple[Any, ...]], columns: list[Column]) -> pl.DataFrame:
    kinds = {"number": pl.Int64(), "share": pl.Float64()}  # a share is shown, nothing is computed from it
    schema = {column.name: kinds.get(column.kind, pl.String()) for column in columns}
    return pl.DataFrame(rows, schema=schema, orient="row")
