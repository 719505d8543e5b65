"""Judges one row again after a person has changed its cells: by the same rules as the whole file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from payung.office.people import rules as judging
from payung.office.submissions.models import Row
from payung.office.submissions.rules.rows import row_of
from payung.people.nik import mask
from payung.rosters.reasons import REASONS

# The fields of the form, in its order, with the heading that the reader knows and the label.
FIELDS = {
    field: judging.FIELDS[field]
    for field in ("nik", "name", "birth_date", "birth_place", "sex", "kk", "job", "rt", "rw", "phone")
}


# What a list says that no form asks for, and that stays when a row is mended: the term and the decree of an office.
BESIDE = frozenset({"start_date", "end_date", "decree_no"})

NUMBER = re.compile(
    r"\d(?:[ .'-]?\d){9,}"
)  # a NIK, KK, KPJ or phone as a list may write it; no date is as long


def without_numbers(text: str) -> str:
    """Return ``text`` with every long number in it as most may see it: for the history, and for those who only look."""
    return NUMBER.sub(lambda found: mask(re.sub(r"\D", "", found[0])), text)


def cells_of(row: Row) -> dict[str, str]:
    """Return what the form shows: the cells as written, or the clean value where the list says it elsewhere."""
    facts = row.facts
    raw, listing = facts.get("raw", {}), facts.get("listing", {})
    found = {}
    for field in FIELDS:
        value = raw.get(field)
        if value is None and listing.get(field) is not None:
            value = str(listing[field])
            if field == "birth_date":
                value = "-".join(reversed(value.split("-")))
        found[field] = value or ""
    return found


def column_of(row: Row, field: str | None) -> str | None:
    """Return the letter of the column in which the list of ``row`` keeps ``field``."""
    tables = [
        one for one in row.upload.tables if one["sheet"] == row.sheet and one.get("first_row", 0) <= row.row
    ]
    nothing: dict[str, Any] = {"columns": []}
    table = max(tables, key=lambda one: one.get("first_row", 0), default=nothing)
    found = next((column for column in table["columns"] if column["field"] == field), None)
    return re.sub(r"\d", "", found["cell"]) if found else None


def judge(row: Row, values: Mapping[str, str]) -> Row:
    """Return an unsaved row: ``row`` with ``values`` in place of its cells, judged again."""
    cells = {**cells_of(row), **{field: text.strip() for field, text in values.items() if field in FIELDS}}
    judged = judging.judge(cells, village=row.submission.village_code, on=timezone.localdate(row.upload.at))
    listing = judged.listing
    kept = {
        name: value
        for name, value in row.facts.get("listing", {}).items()
        if name in {"category", "income", "segment", "disability", "decile", "welfare", "mother", "address"}
        and listing.get(name) is None
    }
    for (
        finding
    ) in judged.findings:  # its cell is one of the form: the village knows the cell of its own sheet
        column = finding["column"] = column_of(row, finding["field"])
        told = REASONS[finding["code"]].told(
            cell=f"{column}{row.row}" if column else "",
            row=row.row,
            value=finding["value"] or "",
            other=finding["other"] or "",
        )
        finding["message"] = told.id
    beside = {name: text for name, text in row.facts.get("raw", {}).items() if name in BESIDE}
    return row_of({**listing, **kept}, {**beside, **cells}, judged.findings, row.upload)
