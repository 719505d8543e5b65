"""What became of one cell: the field it was taken for and why, its clean value, and what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import polars as pl

from payung.errors import InputError
from payung.people import listing
from payung.rosters.mapping import Column
from payung.rosters.model import Reading, Table, letter
from payung.text import Text

_ADDRESS = re.compile(
    r"(?:(?:'(?P<quoted>(?:[^']|'')+)'|(?P<sheet>[^!]+))!)?\$?(?P<column>[A-Za-z]{1,3})\$?(?P<row>\d{1,7})"
)
# what a field of the sheet becomes in a listing, where the names differ
_BECOMES = {
    "household_head": ("name",),
    "birth_place_date": ("birth_place", "birth_date"),
    "rt_rw": ("rt", "rw"),
    "wage": ("income",),
    "position": ("category",),
    "hamlet": ("address",),
    "nik_or_kpj": ("nik", "kpj"),
    "nik_or_kk": ("nik",),
    "nik_kk": ("nik", "kk"),
    "kk_nik": ("nik", "kk"),
    "name_nik": ("name", "nik"),
    "sls": ("rt", "rw"),
    "job": ("job", "occupation", "transport"),
    "heir": ("heir_name",),
    "village": ("village", "village_code"),
    "district": ("district", "district_code"),
    "nik": ("nik", "nik_state"),
    "birth_date": ("birth_date", "birth_date_from"),
    "note": ("life_status", "member_status", "member_until"),
    "status": ("segment", "life_status", "member_status", "member_until"),
    "end_date": ("member_until",),
    "address": ("address", "rt", "rw"),
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is known about one cell.

    Fields
        cell: sheet and address.
        column: what its column was taken for, or ``None`` where it stands in no list.
        value: the text as written, or ``None``.
        clean: field of the listing -> clean value.
        verdict: of its row, or ``None`` where the row is no person.
        findings: code, severity, message and remedy of every fault of the cell; row_findings: of the rest of its row.
    """

    cell: str
    column: Column | None
    value: str | None
    clean: dict[str, Any]
    verdict: str | None
    findings: tuple[dict[str, str], ...]
    row_findings: tuple[dict[str, str], ...]


def explain(reading: Reading, cell: str) -> Explanation:
    """Return what became of ``cell`` (``C8`` or ``Sheet1!C8``).

    Raises :class:`payung.errors.InputError` where it is no address, or names a sheet without a list.
    """
    match = _ADDRESS.fullmatch(cell.strip())
    if match is None:
        raise InputError(
            Text(
                f"{cell!r} bukan alamat sel. Contoh: C8 atau Sheet1!C8.",
                f"{cell!r} is not a cell. For example: C8 or Sheet1!C8.",
            )
        )
    asked = (match["quoted"] or match["sheet"] or "").replace("''", "'")
    sheet = asked or reading.tables[0].sheet
    row, name = int(match["row"]), match["column"].upper()
    tables = [table for table in reading.tables if table.sheet == sheet]
    if not tables:
        sheets = ", ".join(sorted({table.sheet for table in reading.tables}))
        raise InputError(
            Text(
                f"Lembar {sheet!r} tidak berisi daftar. Lembar yang ada: {sheets}.",
                f"Sheet {sheet!r} holds no list. Sheets that do: {sheets}.",
            )
        )
    table = _table(tables, row, name)
    column = next((one for one in table.columns if letter(one.at) == name), None) if table else None
    person = reading.rows.filter((pl.col("sheet") == sheet) & (pl.col("row") == row))
    found = reading.findings.filter((pl.col("sheet") == sheet) & (pl.col("row") == row))
    if table and person.height > 1:
        person = _on_its_side(person, table)
        own = [letter(one.at) for one in table.columns]
        found = found.filter(pl.col("column").is_in(own) | pl.col("column").is_null())
    wanted = ["column", "code", "severity", "message", "remedy"]
    here = found.filter(pl.col("column") == name).select(wanted).rows(named=True)
    there = found.filter(pl.col("column").ne_missing(name)).select(wanted).rows(named=True)
    value = None
    clean: dict[str, Any] = {}
    if column and person.height:
        raw = reading.raw.filter(pl.col("record") == person["record"][0])
        value = raw[column.field][0] if column.field in raw.columns else None
        fields = _BECOMES.get(column.field, (column.field,))
        clean = {field: person[field][0] for field in fields if field in listing.SCHEMA}
    verdict = person["verdict"][0] if person.height else None
    return Explanation(f"{sheet}!{name}{row}", column, value, clean, verdict, tuple(here), tuple(there))


def _table(tables: list[Table], row: int, name: str) -> Table | None:
    """Return the list that a cell stands in: the nearest above, and of several side by side the one of its column."""
    above = [table for table in tables if table.header_row <= row]
    if not above:
        return None
    nearest = [table for table in above if table.header_row == above[-1].header_row]
    return next((table for table in nearest if name in [letter(one.at) for one in table.columns]), above[-1])


def _on_its_side(person: pl.DataFrame, table: Table) -> pl.DataFrame:
    """Return the person of a row of two lists side by side who stands in ``table`` (see ``Gathered.suffix``)."""
    suffix = f":{letter(table.columns[0].at)}"
    beside = person.filter(pl.col("record").str.ends_with(suffix))
    return beside if beside.height else person.filter(~pl.col("record").str.contains(r":[A-Z]+$"))
