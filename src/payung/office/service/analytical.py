"""An office as files for engines of any size: who, which decree, which bill, which paid month, which case; no names.

Keys of people are those of this office: whoever has the files knows nobody by them, and whoever has the office knows
all of them. Villages, days and money are there: it is personal data still, to be kept as such.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.db import connection

from payung import __version__
from payung.engine.analytics import BY, PARTED, TABLES, schema
from payung.errors import InputError
from payung.office.bills.states import ISSUED
from payung.office.people.models import DEAD
from payung.office.programme.states import IN_FORCE
from payung.office.service.tables import one_moment
from payung.text import Text

CHUNK = 100_000  # rows held at once
DESCRIPTOR = "analytics.json"
_SEGMENT = "CASE {} WHEN 'bpu' THEN 1 ELSE 2 END"
_NUMBER = "(CAST(substr({0}, 1, 4) AS integer) * 12 + CAST(substr({0}, 6, 2) AS integer) - 1)"


def _listed(values: Iterable[object]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def _statements() -> dict[str, str]:
    """Return table → the query that reads it; parted ones in order of their month, which comes last."""
    of_bill = _SEGMENT.format("b.segment")
    died = "c.state = 'approved' AND c.kind = '" + DEAD + "'"
    return {
        "people": (
            f"SELECT p.id, p.village_code, CASE WHEN p.life_status = '{DEAD}' THEN 1 ELSE 0 END FROM people_person p"
            " WHERE p.merged_into_id IS NULL ORDER BY p.id"
        ),
        "decrees": (
            f"SELECT q.person_id, {_SEGMENT.format('q.segment')}, q.line_id, {_NUMBER.format('q.from_month')},"
            f" {_NUMBER.format('q.last_month')} FROM programme_decreeperson q JOIN programme_decree d"
            f" ON d.id = q.decree_id WHERE q.held AND d.state IN ({_listed(IN_FORCE)}) ORDER BY q.id"
        ),
        "stops": " UNION ALL ".join(
            (
                f"SELECT c.person_id, {number}, c.stops_from FROM changes_change c WHERE c.state = 'approved'"
                f" AND c.stops_from IS NOT NULL AND c.segment IN ('', '{name}') UNION ALL SELECT p.id, {number}, 0"
                f" FROM people_person p WHERE p.life_status = '{DEAD}' AND NOT EXISTS (SELECT 1 FROM changes_change c"
                f" WHERE c.person_id = p.id AND {died})"
            )
            for name, number in (("bpu", 1), ("pu", 2))
        ),
        "cases": (
            'SELECT k.id, COALESCE(i.person_id, 0), k.kind, k.state, i.village_code, CAST(i."on" AS varchar(10)),'
            " COALESCE((SELECT SUM(s.amount) FROM cases_step s WHERE s.case_id = k.id AND s.state = 'dibayar'), 0)"
            " FROM cases_case k JOIN cases_incident i ON i.id = k.incident_id ORDER BY k.id"
        ),
        "months": (
            "SELECT m.person, m.segment, m.line, SUM(CASE WHEN (m.seq & 1) = 1 THEN 1 ELSE -1 END),"
            " SUM(m.jkk + m.jkm), m.month FROM months_month m GROUP BY m.month, m.segment, m.person, m.line"
            " ORDER BY m.month, m.person"
        ),
        "bills": (
            f"SELECT l.bill, l.person, {of_bill}, b.line_id, l.jkk + l.jkm, l.month FROM bills_line l"
            f" JOIN bills_bill b ON b.id = l.bill WHERE b.state IN ({_listed(ISSUED)})"
            " ORDER BY l.month, l.person"
        ),
    }


def export(target: Path) -> dict[str, int]:
    """Write the files into the folder ``target``, which must be empty or not be there; return rows by table.

    One moment of the office. Raises :class:`InputError` for a folder with something in it.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise InputError(
            Text(
                f"{target} tidak kosong: sebutkan folder yang kosong atau belum ada.",
                f"{target} is not empty: name a folder that is empty or not there.",
            ),
            at="target",
        )
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    many = {}
    with one_moment():
        for table, query in _statements().items():
            many[table] = _write(target / table, table, _rows(query))
    columns = {table: dict(columns) for table, columns in TABLES.items()}
    told = {
        "version": __version__,
        "rows": many,
        "columns": columns,
        "parted_by": dict.fromkeys(sorted(PARTED), BY),
    }
    (target / DESCRIPTOR).write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    return many


def _rows(query: str) -> Iterator[Sequence[tuple[Any, ...]]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(query)
        while rows := cursor.fetchmany(CHUNK):
            yield rows


def _write(folder: Path, table: str, chunks: Iterable[Sequence[tuple[Any, ...]]]) -> int:
    """Write the chunks of a table: one file, or one a month where it is parted."""
    folder.mkdir()
    columns = schema(table)
    many, writer, at = 0, None, None
    try:
        for rows in chunks:
            for month, part in _by_month(rows) if table in PARTED else (("", rows),):
                if writer is None or month != at:
                    if writer is not None:
                        writer.close()
                    home = folder / f"{BY}={month}" if table in PARTED else folder
                    home.mkdir(exist_ok=True)
                    writer, at = pq.ParquetWriter(home / "part-0.parquet", columns, compression="zstd"), month
                many += len(part)
                writer.write_table(_table(part, columns))
        if writer is None:  # nothing: an empty file says so
            home = folder / f"{BY}=0" if table in PARTED else folder
            home.mkdir(exist_ok=True)
            writer = pq.ParquetWriter(home / "part-0.parquet", columns)
            writer.write_table(_table((), columns))
    finally:
        if writer is not None:
            writer.close()
    return many


def _by_month(rows: Sequence[tuple[Any, ...]]) -> Iterator[tuple[Any, Sequence[tuple[Any, ...]]]]:
    """Yield the rows of each month, which come in order."""
    first = 0
    for place in range(1, len(rows) + 1):
        if place == len(rows) or rows[place][-1] != rows[first][-1]:
            yield rows[first][-1], rows[first:place]
            first = place


def _table(rows: Sequence[tuple[Any, ...]], columns: pa.Schema) -> pa.Table:
    found = [[row[place] for row in rows] for place in range(len(columns))]
    arrays = []
    for field, values in zip(columns, found, strict=True):
        plain = [bool(value) for value in values] if pa.types.is_boolean(field.type) else values
        arrays.append(
            pa.array([str(one) for one in plain] if pa.types.is_string(field.type) else plain, field.type)
        )
    return pa.Table.from_arrays(arrays, schema=columns)
