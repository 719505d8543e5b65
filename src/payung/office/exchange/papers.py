"""The file of a batch: every cell text, the sheets and the name as the insurer wants them."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from payung.office.exchange.layouts import Layout
from payung.office.history import demonstration
from payung.papers.tables import Column, Table, write_workbook

GUIDE = (
    "Diisi oleh Payung. Semua sel berupa teks; jangan mengubah nama berkas dan judul kolom.",
    "Kode lokasi pekerjaan memakai kode Kemendagri: tanyakan ke kantor cabang bila yang diminta kode BPS (periksa).",
)


def workbook(layout: Layout, cells: Sequence[dict[str, str]], places: dict[str, str]) -> bytes:
    """Return the file of a batch with one row for each of ``cells`` (heading → text). ``places``: code → name."""
    headings = [column.heading for column in layout.columns]
    main = _table(layout.sheet, headings, [[row[heading] for heading in headings] for row in cells])
    tables = [main]
    if layout.places:
        guide = _table("Petunjuk Pengisian", ["PETUNJUK"], [[line] for line in GUIDE])
        listed = _table(
            layout.places, ["KODE", "NAMA"], [[code, name] for code, name in sorted(places.items())]
        )
        tables = [guide, main, listed]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / layout.file
        write_workbook(path, tables, banner=demonstration.banner())
        return path.read_bytes()


def _table(sheet: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    names = [f"c{number}" for number in range(len(headings))]
    frame = pl.DataFrame(
        {name: [row[place] or None for row in rows] for place, name in enumerate(names)},
        schema=dict.fromkeys(names, pl.String()),
    )
    columns = [Column(name, heading, width=18) for name, heading in zip(names, headings, strict=True)]
    return Table(sheet, "", "", columns, frame, plain=True)
