"""The village's own workbook on its way back: as it was sent, with what was mended in the office in its cells."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from payung.office.submissions.models import Row, Upload
from payung.office.submissions.papers import files, lists
from payung.office.submissions.rules.mended import FIELDS, cells_of
from payung.office.submissions.rules.rows import KEPT, row_of
from payung.office.submissions.rules.twins import OURS

if TYPE_CHECKING:
    from payung.rosters import Reading

# Where the value of a field stands when it has no column of its own: the column, and what is written there.
TOGETHER = {
    "birth_place_date": "{birth_place}, {birth_date}",
    "rt_rw": "{rt}/{rw}",
    "nik_kk": "{nik} / {kk}",
    "kk_nik": "{kk} / {nik}",
    "name_nik": "{name} {nik}",
}
ALSO = {"job": "position"}
Values = dict[tuple[str, int, int], str]  # sheet, row from 1, column from 0 → the text of the cell


def workbook(upload: Upload) -> bytes:
    """Return the workbook with what is still faulty marked and what was mended in place of what stood there."""
    from payung.rosters import write_corrected

    with files.opened(upload.path) as path, tempfile.TemporaryDirectory() as folder:
        found, values = as_now(lists.read(upload, path), upload)
        return write_corrected(found, Path(folder) / "perbaikan.xlsx", values).read_bytes()


def counts(upload: Upload) -> dict[str, int]:
    """Return how many rows there are and how many of each verdict, as they are now."""
    many = dict(upload.rows.order_by().values_list("verdict").annotate(Count("pk")))
    return {"rows": sum(many.values()), **many}


def as_now(found: Reading, upload: Upload) -> tuple[Reading, Values]:
    """Return what the file says with the findings of the rows as they are now, and the cells that were mended."""
    import polars as pl

    from payung.rosters.model import FINDINGS, letter

    values: Values = {}
    findings: list[dict[str, Any]] = []
    mended = {row.record: row for row in upload.rows.filter(mended=True)}
    listings = {
        listing["record"]: listing
        for listing in found.rows.filter(pl.col("record").is_in(list(mended))).iter_rows(named=True)
    }
    raw = {
        line["record"]: line
        for line in found.raw.filter(pl.col("record").is_in(list(mended))).iter_rows(named=True)
    }
    beyond = _Beyond(found)
    for record, row in mended.items():
        if record in listings:
            before = cells_of(row_of(listings[record], raw[record], [], upload))
            _put(values, row, before, beyond)
    shared = Q()
    for reason in OURS.values():
        shared |= Q(reasons__contains=f" {reason} ")
    for row in upload.rows.filter(shared | Q(mended=True), dropped=""):
        for finding in row.facts["findings"]:
            if row.mended or finding["code"] in OURS:
                at = beyond.column(row, finding["field"])
                place = {"file": found.file, "sheet": row.sheet, "row": row.row}
                column = None if at is None else letter(at)
                told = {name: finding.get(name) for name in KEPT}
                findings.append({**told, **place, "column": column})
    # Of what somebody left out nothing is asked any more.
    places = set(upload.rows.exclude(dropped="").order_by().values_list("sheet", "row"))
    places |= {(row.sheet, row.row) for row in mended.values()}
    keep = [place not in places for place in found.findings.select("sheet", "row").iter_rows()]
    left = found.findings.filter(pl.Series(keep, dtype=pl.Boolean))
    now = pl.concat([left, pl.DataFrame(findings, schema=FINDINGS)])
    return replace(found, findings=now), values | beyond.headings


class _Beyond:
    """Where the fields stand in the file; a field without a column gets one beside the list."""

    def __init__(self, found: Reading) -> None:
        self.tables = found.tables
        self.headings: Values = {}
        self._made: dict[tuple[str, int, str], int] = {}
        self._next = {
            sheet: 1
            + max(column.at for table in self.tables if table.sheet == sheet for column in table.columns)
            for sheet in {table.sheet for table in self.tables}
        }

    def _table(self, row: Row) -> Any:
        above = [one for one in self.tables if one.sheet == row.sheet and one.first_row <= row.row]
        return max(above, key=lambda one: one.first_row, default=None)

    def column(self, row: Row, field: str | None) -> int | None:
        """Return the column of ``field`` in the list of ``row``, one of two fields in a cell too, or ``None``."""
        table = self._table(row)
        places = {column.field: column.at for column in reversed(table.columns)} if table else {}
        together = [joint for joint, text in TOGETHER.items() if f"{{{field}}}" in text]
        return next((places[one] for one in (field, ALSO.get(field or ""), *together) if one in places), None)

    def joint(self, row: Row, at: int) -> str:
        """Return what a cell of the column ``at`` looks like that holds two fields, or ``""``."""
        field = next((one.field for one in self._table(row).columns if one.at == at), "")
        return TOGETHER.get(field, "")

    def made(self, row: Row, field: str) -> int | None:
        """Return a new column for ``field`` beside the list of ``row``; ``None`` where that has no headings."""
        table = self._table(row)
        if table is None or not table.header_row:
            return None
        key = (table.sheet, table.header_row, field)
        if key not in self._made:
            self._made[key] = self._next[table.sheet]
            self._next[table.sheet] += 1
            self.headings[table.sheet, table.header_row, self._made[key]] = FIELDS[field][0]
        return self._made[key]


def _put(values: Values, row: Row, before: Mapping[str, str], beyond: _Beyond) -> None:
    """Put what was changed in ``row`` since it was read into ``values``."""
    now = cells_of(row)
    for field in (field for field in FIELDS if now[field] != before[field]):
        at = beyond.column(row, field)
        if at is not None:
            joint = beyond.joint(row, at)
            values[row.sheet, row.row, at] = joint.format(**now).strip(" ,/") if joint else now[field]
        elif (new := beyond.made(row, field)) is not None:
            values[row.sheet, row.row, new] = now[field]
