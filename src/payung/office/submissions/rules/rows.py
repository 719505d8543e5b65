"""From a listing, as the reader gives it, to a row of a submission, and back."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from payung.codes import Verdict
from payung.office.desk.words import shortened
from payung.office.submissions.models import Row, Upload
from payung.office.submissions.states import DEFAULT_CATEGORY, KINDS, Kind
from payung.office.vault.sealed import blind

if TYPE_CHECKING:
    from payung.rosters import Reading

# What is kept of a finding; pages make their sentence of it, papers have the Indonesian one ready.
KEPT = ("column", "field", "value", "other", "code", "severity", "message", "remedy")


def rows_of(reading: Reading, upload: Upload) -> Iterable[Row]:
    """Return an unsaved row for every row of ``reading``."""
    findings: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for finding in reading.findings.iter_rows(named=True):
        findings[finding["sheet"], finding["row"]].append(finding)
    raw = {line["record"]: line for line in reading.raw.iter_rows(named=True)}
    for listing in reading.rows.iter_rows(named=True):
        yield row_of(
            listing,
            raw.get(listing["record"], {}),
            findings[listing["sheet"], listing["row"]],
            upload,
        )


def row_of(
    listing: dict[str, Any], raw: Mapping[str, Any], findings: list[dict[str, Any]], upload: Upload
) -> Row:
    """Return an unsaved row."""
    content = {
        "listing": {name: _plain(value) for name, value in listing.items() if value is not None},
        "raw": {name: value for name, value in raw.items() if value is not None and name != "record"},
        "findings": [{name: finding[name] for name in KEPT} for finding in findings],
    }
    nik = listing["nik"] if listing["nik_state"] == "valid" else None
    return Row(
        submission_id=upload.submission_id,
        upload=upload,
        record=listing["record"][:300],
        sheet=(listing["sheet"] or "")[:80],
        row=listing["row"],
        verdict=Verdict.member(listing["verdict"]),
        reasons=" ".join(["", *(listing["reasons"] or []), ""])[:200] if listing["reasons"] else "",
        name=shortened(listing["name"] or "", 150),
        nik=listing["nik"],
        nik_index=blind(nik, "nik"),
        category=category_of(listing["category"], upload.submission.kind),
        content=json.dumps(content, ensure_ascii=False),
    )


def category_of(written: str | None, kind: str) -> str:
    """Return the category of a row: as written where this kind of submission brings it, else the kind's own."""
    brought = Kind.member(kind)
    return written if written in KINDS[brought] else DEFAULT_CATEGORY[brought]


def listing_of(row: Row) -> dict[str, Any]:
    """Return the listing of ``row`` with its dates as dates."""
    listing: dict[str, Any] = {**row.facts["listing"]}
    if listing.get("birth_date"):
        listing["birth_date"] = dt.date.fromisoformat(listing["birth_date"])
    return listing


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
